"""A line as words with their places: what every family of slots reads."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nixforhumanity.understanding.extraction.segmenting import marks_around, pieces
from nixforhumanity.understanding.extraction.tables import ENGLISH
from nixforhumanity.understanding.invisible import visible

MOST_LETTERS = 4_000
"""Letters of a line that are looked at; a sentence is far shorter."""
MOST_WORDS = 400

_CHUNK = re.compile(r"\S+")
_OPENING = "\"'`“”‘’„«»([{<*¿¡"
_CLOSING = "\"'`“”‘’„«»)]}>*,.;:!?…"
_DOUBLE = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
_SINGLE = {"'": "'", "‘": "’", "`": "`'"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, without the punctuation around it."""

    raw: str
    low: str
    """In small letters."""
    start: int
    end: int
    opens: str
    """Punctuation right before it."""
    closes: str
    """Punctuation right after it."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed, on one line, with its words."""

    text: str
    words: tuple[Word, ...]
    language: str = ENGLISH

    def lows(self, first: int, last: int) -> tuple[str, ...]:
        """Return the words from `first` up to, not including, `last` in small letters."""
        return tuple(word.low for word in self.words[max(first, 0) : max(last, 0)])

    def between(self, first: int, last: int) -> str:
        """Return the text from word `first` up to, not including, word `last`."""
        if not 0 <= first < last <= len(self.words):
            return ""
        return self.text[self.words[first].start : self.words[last - 1].end]

    @property
    def joined(self) -> str:
        """All words in small letters with one blank around each, to look for phrases in."""
        return f" {' '.join(word.low for word in self.words)} "


def line_of(text: str, language: str = ENGLISH) -> Line:
    """Return the beginning of a text as a line of a language."""
    composed = unicodedata.normalize("NFC", visible(text[:MOST_LETTERS]))
    clean = " ".join(composed.split())
    if language != ENGLISH:
        return Line(clean, _words_of(clean, language), language)
    words: list[Word] = []
    for match in _CHUNK.finditer(clean):
        if len(words) == MOST_WORDS:
            break
        if (word := _word(match[0], match.start())) is not None:
            words.append(word)
    return Line(clean, tuple(words))


def _words_of(text: str, language: str) -> tuple[Word, ...]:
    places = list(islice(pieces(text, language), MOST_WORDS))
    words = []
    for at, (start, end) in enumerate(places):
        before = places[at - 1][1] if at else 0
        after = places[at + 1][0] if at + 1 < len(places) else len(text)
        opens, closes = marks_around(text, before, start, end, after)
        raw = text[start:end]
        words.append(
            Word(raw, unicodedata.normalize("NFKC", _ascii_digits(raw)).casefold(), start, end, opens, closes)
        )
    return tuple(words)


def _ascii_digits(word: str) -> str:
    if word.isascii():
        return word
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in word)


def _word(chunk: str, start: int) -> Word | None:
    left = len(chunk) - len(chunk.lstrip(_OPENING))
    body = chunk[left:]
    bare = body.rstrip(_CLOSING)
    if not any(letter.isalnum() or letter in "/+" for letter in bare):
        return None
    closes = body[len(bare) :]
    return Word(bare, bare.casefold(), start + left, start + left + len(bare), chunk[:left], closes)


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where quoted text begins and ends, in order; the marks are left out."""
    place = 0
    while place < len(text):
        mark = text[place]
        ends = _DOUBLE.get(mark) or (_SINGLE.get(mark) if _opens(text, place) else None)
        end = _closing(text, place + 1, ends, single=mark in _SINGLE) if ends else -1
        if end > place + 1:
            yield place + 1, end
            place = end
        elif ends and mark in _DOUBLE:
            return  # nothing closes it: nothing after it is looked at twice
        place += 1


def _opens(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in " (["


def _closing(text: str, place: int, ends: str, *, single: bool) -> int:
    most = min(len(text), place + 400)
    for at in range(place, most):
        if text[at] in ends and (not single or at + 1 == len(text) or not text[at + 1].isalnum()):
            return at
    return -1
