"""Names that are written by ear in another script: to the Latin letters they were most likely made from."""

from collections.abc import Mapping
from types import MappingProxyType

_RUSSIAN = MappingProxyType(
    dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziyklmnoprstufhcye", strict=True))
    | {"ж": "j", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "e"}
)
_HINDI_VOWELS = MappingProxyType(
    {
        "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "े": "e", "ै": "ai", "ो": "o", "ौ": "au",
        "अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au",
        "ं": "n", "्": "",
    }
)  # fmt: skip
_HINDI_CONSONANTS = MappingProxyType(
    {
        "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "च": "ch", "छ": "ch", "ज": "j", "झ": "jh", "ट": "t",
        "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n",
        "प": "p", "फ": "f", "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r", "ल": "l", "व": "v",
        "श": "sh", "ष": "sh", "स": "s", "ह": "h",
    }
)  # fmt: skip
_KANA_ROWS = MappingProxyType(
    {
        "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
        "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
        "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
    }
)  # fmt: skip
_KANA = MappingProxyType(
    {kana: row + vowel for row, line in _KANA_ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)}
    | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ー": "", "っ": "", "ゔ": "v"}
)
_BY_LANGUAGE: Mapping[str, Mapping[str, str]] = MappingProxyType({"ru": _RUSSIAN, "ja": _KANA})


def in_latin(word: str, language: str) -> str:
    """Return a folded word in Latin letters; empty where a letter has none, or the language has no way."""
    if language == "hi":
        return _hindi(word)
    letters = _BY_LANGUAGE.get(language, {})
    return "".join(letters[one] for one in word) if all(one in letters for one in word) else ""


def _hindi(word: str) -> str:
    found: list[str] = []
    for letter in word:
        if letter in _HINDI_VOWELS:
            found.append(_HINDI_VOWELS[letter])
        elif letter in _HINDI_CONSONANTS:
            found.append(_HINDI_CONSONANTS[letter])
        else:
            return ""
    return "".join(found)
