"""One spelling for a word of any language: accents, vowel marks, forms of letters, endings do not count."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from nixforhumanity.understanding.extraction.tables import language_words

_ARABIC = MappingProxyType(
    {
        **dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه", ord("ؤ"): "و", ord("ئ"): "ي",
        ord("ـ"): None, ord("ڤ"): "ف", ord("پ"): "ب", ord("چ"): "ج", ord("گ"): "ج",
        **dict.fromkeys(range(0x064B, 0x0653)), 0x0670: None,
    }
)  # fmt: skip
_DEVANAGARI = MappingProxyType(
    {0x093C: None, 0x200C: None, 0x200D: None, ord("ँ"): "ं", ord("ॅ"): "े", ord("ऑ"): "ओ", ord("ॉ"): "ो"}
)
_AS_HEARD = MappingProxyType(
    {
        0x094D: None, ord("ट"): "त", ord("ठ"): "थ", ord("ड"): "द", ord("ढ"): "ध", ord("ण"): "न",
        ord("ं"): "न", ord("ी"): "ि", ord("ू"): "ु", ord("ई"): "इ", ord("ऊ"): "उ", ord("ष"): "श",
        ord("ै"): "े", ord("ौ"): "ो", ord("ऐ"): "ए", ord("औ"): "ओ",
    }
)  # fmt: skip
"""Hindi letters that are often taken for each other when a foreign name is written by ear."""
_GERMAN = MappingProxyType({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
_KATAKANA = MappingProxyType({code: code - 0x60 for code in range(0x30A1, 0x30F7)})
_BY_LANGUAGE: Mapping[str, Mapping[int, str | int | None]] = MappingProxyType(
    {"ar": _ARABIC, "hi": _DEVANAGARI, "de": _GERMAN, "ja": _KATAKANA}
)
_ACCENTED = frozenset({"de", "es", "fr", "pt_BR", "ru"})
_SHORTEST_STEM = 3
_NOT_IN_WORD = re.compile(r"[\s_.-]")


@lru_cache(16_384)
def folded(word: str, language: str) -> str:
    """Return a word as it is compared: small letters, without what may be left out in writing."""
    low = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    low = low.translate(_BY_LANGUAGE.get(language, {}))
    if language in _ACCENTED:
        parts = unicodedata.normalize("NFD", low)
        low = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return low


@lru_cache(16_384)
def stem(word: str, language: str) -> str:
    """Return a word less its ending and the marks in it."""
    low = _NOT_IN_WORD.sub("", folded(word, language))
    for ending in _endings(language):
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST_STEM:
            low = low[: -len(ending)]
            break
    return low.translate(_AS_HEARD) if language == "hi" else low


@lru_cache(16_384)
def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stem, and those that are left without what is written before a word and joined to it."""
    low = folded(word, language)
    bare = [low.removeprefix(one) for one in _beginnings(language) if low.startswith(one)]
    found = [low, *(rest for rest in bare if len(rest) >= _SHORTEST_STEM)]
    return tuple(dict.fromkeys(stem(one, language) for one in found))


def same_length(text: str, language: str) -> str:
    """Return a text folded letter by letter: every letter keeps its place."""
    table = _BY_LANGUAGE.get(language, {})
    return "".join(_one_letter(letter).translate(table) for letter in text)


def _one_letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return plain if len(plain) == 1 else letter


@cache
def _endings(language: str) -> tuple[str, ...]:
    return _longest_first(language, "endings")


@cache
def _beginnings(language: str) -> tuple[str, ...]:
    return _longest_first(language, "beginnings")


def _longest_first(language: str, key: str) -> tuple[str, ...]:
    listed = {folded(word, language) for word in language_words(language, key)}
    return tuple(sorted(listed, key=lambda one: (-len(one), one)))
