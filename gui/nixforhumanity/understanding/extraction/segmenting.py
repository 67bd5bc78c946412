"""Cuts a line of any language into words: at blanks, where the script changes, at joined small words.

Chinese and Japanese have no blanks: each Chinese character and each hiragana is a word of its own.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from nixforhumanity.understanding.extraction.tables import language_words

UNSPACED = frozenset({"zh_CN", "ja"})
"""Languages that are written without blanks."""
NOT_LATIN = frozenset({"zh_CN", "ja", "ru", "ar", "hi"})
"""Languages whose words are not in Latin letters, but for names."""
LATIN, HAN, HIRAGANA, KATAKANA, ARABIC, DEVANAGARI, CYRILLIC, OTHER = "LHhkADCo"
_OPENING = "\"'`“‘„«([{<*¿¡「『（【《〈〔［｛"
_INSIDE = "-_.+/@:#=~%&,'’*$!?;\"<>[](){}|\\^`"
"""Marks that may stand inside a word or name."""
_COMPOUNDS = frozenset({"de"})
"""Languages that join a name to a noun by a hyphen: `VLC-Player`."""

Piece = tuple[int, int]


@lru_cache(8_192)
def script(letter: str) -> str:
    """Return which script a letter belongs to; empty for a mark."""
    code = ord(letter)
    if code < 0x80:
        return LATIN if letter.isalnum() else ""
    if 0x3041 <= code <= 0x309F:
        return HIRAGANA
    if 0x30A1 <= code <= 0x30FF and code != 0x30FB:
        return KATAKANA
    if 0x3400 <= code <= 0x9FFF or code in (0x3005, 0x3007):
        return HAN
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return LATIN
    if 0x0600 <= code <= 0x06FF or 0xFB50 <= code <= 0xFEFC:
        return ARABIC if kind[0] in "LM" else ""
    if 0x0900 <= code <= 0x097F:
        return DEVANAGARI if kind[0] in "LM" else ""
    if 0x0400 <= code <= 0x04FF:
        return CYRILLIC
    if kind[0] in "LM":
        return LATIN if code < 0x0300 or 0xFF00 <= code < 0xFF60 or 0x0300 <= code < 0x0370 else OTHER
    return ""


def pieces(text: str, language: str) -> Iterator[Piece]:
    """Yield where each word begins and ends, marks around it left out."""
    place = 0
    while place < len(text):
        kind = script(text[place])
        starts_path = text[place] in "/+" and place + 1 < len(text) and script(text[place + 1]) == LATIN
        if not kind and not starts_path:
            place += 1
            continue
        end = _end_of(text, place, kind or LATIN)
        if kind in ("", LATIN):
            yield from _latin(text, place, end, language)
        else:
            yield place, end
        place = end


def _end_of(text: str, start: int, kind: str) -> int:
    """Return where the word of one script ends."""
    if kind in (HAN, HIRAGANA):
        return start + 1
    end = start + 1
    while end < len(text):
        other = script(text[end])
        if other == kind:
            end += 1
        elif not other and kind == LATIN and text[end] in _INSIDE:
            after = end
            while after < len(text) and after - end < 3 and text[after] in _INSIDE:
                after += 1
            if after == len(text) or script(text[after]) != LATIN or text[end] in ",;?":
                return end + (text[end : end + 2] == "++") * 2
            end = after
        else:
            return end
    return end


def _latin(text: str, start: int, end: int, language: str) -> Iterator[Piece]:
    """Yield a word, or the parts of one that is joined: `l'image`, `ouvre-moi`, `VLC-Player`."""
    word = text[start:end]
    mark = next((at for at, letter in enumerate(word[:9]) if letter in "'’"), 0)
    if mark and word[:mark].casefold() in language_words(language, "elisions"):
        yield start, start + mark
        yield from _latin(text, start + mark + 1, end, language)
        return
    if "-" in word and not any(letter in "./=:" for letter in word):
        first, _, rest = word.partition("-")
        joined = language in _COMPOUNDS and rest[:1].isupper() and not word.isupper()
        if first and rest and (joined or rest.casefold() in language_words(language, "joined")):
            yield start, start + len(first)
            yield from _latin(text, start + len(first) + 1, end, language)
            return
    yield start, end


def marks_around(text: str, before: int, start: int, end: int, after: int) -> tuple[str, str]:
    """Return the marks right before and right after a word; `before` and `after`: its neighbours' edges."""
    opens = start
    while opens > before and text[opens - 1] in _OPENING:
        opens -= 1
    closes = end
    while closes < after and not text[closes].isspace() and text[closes] not in "「『（【《〈-/":
        closes += 1
    return text[opens:start], text[end:closes]
