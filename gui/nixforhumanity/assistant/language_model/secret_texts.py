"""Tells texts that may hold a password or a key: these are sent nowhere. Rather once too often."""

import math
import re
from collections import Counter

_WORDS = (
    r"pass(?:word|wd|phrase|code)?|pwd|passwort|kennwort|contraseña|clave|senha|mot de passe|пароль|密码"
    r"|パスワード|secret|token|api[ _-]?key|access[ _-]?key|private[ _-]?key|credentials?|psk|passkey|pin"
)
_NAMED = re.compile(
    rf"\b(?:[\w-]*_)?(?:{_WORDS})\b[\"']?\s*(?:is|ist|es|est|é|это|=|:=|:|=>|：|是)\s*[\"']?\S", re.IGNORECASE
)
_FOLLOWED = re.compile(rf"\b(?:{_WORDS})\s+[\"']?(?=\S{{4,}})(?=\S*[\d!$%&*+@#^])\S+", re.IGNORECASE)
_KNOWN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{12,}|\bgh[opsur]_[A-Za-z0-9]{16,}"
    r"|\bgithub_pat_|\bglpat-|\bxox[a-z]-|\bhf_[A-Za-z0-9]{16,}|\bnpm_[A-Za-z0-9]{16,}|\bAKIA[0-9A-Z]{12,}"
    r"|\bAIza[\w-]{20,}|\beyJ[\w-]{8,}\.[\w-]{8,}|\bAGE-SECRET-KEY-|\bssh-(?:rsa|ed25519) AAAA"
    r"|\b(?:bearer|basic)\s+[A-Za-z0-9+/=._-]{8,}|://[^/\s:@]+:[^/\s@]+@|\baccess-tokens\b",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"/nix/store/[0-9a-z]{32}-|\b[0-9a-z]{32}-(?=[a-z])|\bsha(?:1|256|512)[-:][A-Za-z0-9+/=]+"
)
"""What Nix prints and everyone may see: store paths and checksums."""
_LONG = re.compile(r"[A-Za-z0-9+_=-]{20,}")
_MANY_LETTERS_BITS = 3.4


def looks_like_a_secret(text: str) -> bool:
    """Tell whether a text looks as if it held a password, a key or a token."""
    text = _NO_SECRET.sub(" ", text)
    if _KNOWN.search(text) or _NAMED.search(text) or _FOLLOWED.search(text):
        return True
    return any(_looks_random(one) for one in _LONG.findall(text))


def _looks_random(word: str) -> bool:
    """Tell whether a long word has digits, letters, and next to nothing that repeats."""
    if not (re.search(r"[0-9]", word) and re.search(r"[A-Za-z]", word)):
        return False
    if all(len(part) < 12 for part in re.split(r"[-_=+]", word)) and word.islower():
        return False  # several words with a number, such as a name with its version
    counts = Counter(word)
    bits = -sum(count / len(word) * math.log2(count / len(word)) for count in counts.values())
    return bits >= _MANY_LETTERS_BITS
