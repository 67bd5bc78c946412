"""Tells texts that may hold a password or a key: these are sent nowhere. Rather once too often.

Every pattern takes time in proportion to the text, whatever it is.
"""

import math
import re
import unicodedata
from collections import Counter

_END = r"(?![^\W\d_])"
"""No letter follows; a digit or a sign may."""
_JOINED = (
    r"密码|密碼|口令|密钥|密鑰|パスワード|パスコード|パスフレーズ|暗証番号|合言葉"
    r"|كلم[ةه] ?(?:ال)?(?:سر|مرور)|باسوو?رد|(?:ال)?رقم (?:ال)?سري|(?:ال)?رمز (?:ال)?سري|رمز الدخول"
    r"|पासवर्ड|पासकोड|कूटशब्द|गुप्त शब्द|पिन कोड"
)
"""Written joined to letters, or with marks that count as no letters: no borders are looked for."""
_PASSWORDS = (
    rf"(?:passw(?:or[dt]|ort[es]|ords|örter[n]?)|kennw(?:ort|ortes|örter)|парол[ьяюией]\w{{0,2}}){_END}"
    r"|(?<![^\W_])(?:passwd|passphrase|passcode|pwd|psk|passkey|contraseñas?|contrasenas?|claves?|senhas?"
    r"|palavra[ -]passe|mots? de passe|code secret|cl[ée] (?:wifi|wpa)|netzwerkschlüssel|wlan[ -]?schlüssel"
    r"|(?:api|access|private|secret)[ _-]?key|credentials?|код доступа)"
    rf"{_END}|{_JOINED}"
)
_OTHERS = rf"(?<![^\W_])(?:pass|secret|token|pin|пин|пин-код){_END}"
"""Words with other uses as well: these need more than a number that is near."""
_LINKS = r"is|ist|lautet|heißt|es|será|est|é|это|هي|هو|है"
_NAMED = re.compile(
    rf"(?:{_PASSWORDS}|{_OTHERS})[\"'”»]?"
    r"(?:(?:\s+(?:for|of|to|at|für|von|vom|de|del|do|da|du|pour|para|от|для)(?:\s+\S{1,40}){1,3})?"
    rf"\s+(?:{_LINKS})\s+\S|\s*(?:=|:=|:|=>|是(?!什么|啥|多少|不是))\s*[\"'“«]?\S|\s*[はが]\s*[\"'「『]?[!-~])",
    re.IGNORECASE,
)
_NEAR = re.compile(rf"(?:{_PASSWORDS})(?:(?<=[a-z])[-_./]\w[\w./-]{{0,60}})?", re.IGNORECASE)
_BESIDE = re.compile(rf"{_OTHERS}\s+(?P<word>\S+)", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?P<word>\S{{4,80}})\s+(?:{_LINKS}|as|als|como|comme|как|是)\s*(?:\S{{1,20}}\s+){{0,2}}\S{{0,8}}?(?:{_PASSWORDS})",
    re.IGNORECASE,
)
_WORDS_AFTER = 5
_LETTERS_AFTER = 120
_KNOWN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{12}|\bgh[opsur]_[A-Za-z0-9]{16}"
    r"|\bgithub_pat_|\bglpat-|\bxox[a-z]-|\bhf_[A-Za-z0-9]{16}|\bnpm_[A-Za-z0-9]{16}|\bAKIA[0-9A-Z]{12}"
    r"|\bAIza[\w-]{20}|\beyJ[\w-]{14}|\bAGE-SECRET-KEY-|\bssh-(?:rsa|ed25519) AAAA"
    r"|\b(?:bearer|basic)\s+[A-Za-z0-9+/=._-]{8}|://[^/\s:@]+:[^/\s@]+@|\baccess-tokens\b",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"/nix/store/[0-9a-z]{32}-|\b[0-9a-z]{32}-(?=[a-z])|\bsha(?:1|256|512)[-:][A-Za-z0-9+/=]+"
)
"""What Nix prints and everyone may see: store paths and checksums."""
_VERSION = re.compile(r"v?\d+(?:\.\d+)+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_EDGES = "\"'“”„«»「」『』()[]<>.,;:!?…、。，：；！？؟،।"
_TELLING = re.compile(r"[\d!$%&*+@#^]")
_LONG = re.compile(r"[A-Za-z0-9+_=-]{20,}")
_MANY_LETTERS_BITS = 3.4


def looks_like_a_secret(text: str) -> bool:
    """Tell whether a text looks as if it held a password, a key or a token."""
    text = _NO_SECRET.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    if _KNOWN.search(text) or _NAMED.search(text):
        return True
    if any(_is_near(text[one.end() : one.end() + _LETTERS_AFTER]) for one in _NEAR.finditer(text)):
        return True
    beside = (one["word"] for pattern in (_BESIDE, _BEFORE) for one in pattern.finditer(text))
    return any(map(_could_be_one, beside)) or any(map(_looks_random, _LONG.findall(text)))


def _is_near(after: str) -> bool:
    """Tell whether one of the next words has a digit or a sign in it, as a password mostly has."""
    return any(_could_be_one(word) for word in after.split()[:_WORDS_AFTER])


def _could_be_one(word: str) -> bool:
    """Tell whether a word may be a password: not short, not a version, with a digit or a sign."""
    bare = word.strip(_EDGES)
    return len(bare) >= 4 and _TELLING.search(bare) is not None and _VERSION.fullmatch(bare) is None


def _looks_random(word: str) -> bool:
    """Tell whether a long word has digits, letters, and next to nothing that repeats."""
    if not (re.search(r"[0-9]", word) and re.search(r"[A-Za-z]", word)):
        return False
    if all(len(part) < 12 for part in re.split(r"[-_=+]", word)) and word.islower():
        return False  # several words with a number, such as a name with its version
    counts = Counter(word)
    bits = -sum(count / len(word) * math.log2(count / len(word)) for count in counts.values())
    return bits >= _MANY_LETTERS_BITS
