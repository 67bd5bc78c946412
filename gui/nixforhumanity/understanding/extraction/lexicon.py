"""Finds the words and phrases of a language's tables in a line: the longest first, endings do not count."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from nixforhumanity.understanding.extraction.folding import folded, same_length, stem, stems
from nixforhumanity.understanding.extraction.segmenting import UNSPACED, pieces
from nixforhumanity.understanding.extraction.tables import everyday_words, table
from nixforhumanity.understanding.extraction.words import Line

_SHORTEST_SLIP = 5
"""Shorter words are not repaired."""
_MOST_REPAIRS = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a table in a line, and what it stands for."""

    value: str
    first: int
    """Its first word."""
    last: int
    """The word after its last."""
    words: str
    """The phrase, as it is compared."""


class Lexicon:
    """Phrases of one language, each with its value."""

    def __init__(self, listed: Iterable[tuple[str, str]], language: str) -> None:
        self._language = language
        self._values: dict[tuple[str, ...], str] = {}
        for value, phrases in listed:
            for phrase in phrases.split(","):
                if key := self._key(phrase.strip()):
                    self._values.setdefault(key, value)
        self._longest = max(map(len, self._values), default=0)
        self._firsts = {key[0] for key in self._values}
        self._words = tuple(
            sorted({word for key in self._values for word in key if len(word) >= _SHORTEST_SLIP})
        )
        self._repairs: dict[str, str] = {}

    def _key(self, phrase: str) -> tuple[str, ...]:
        if self._language in UNSPACED:
            return tuple(same_length(phrase, self._language))
        return tuple(stem(phrase[a:b], self._language) for a, b in pieces(phrase, self._language))

    def hits(self, line: Line) -> list[Hit]:
        """Return the phrases of a line in order; none overlaps another."""
        if not self._values:
            return []
        return self._in_letters(line) if self._language in UNSPACED else self._in_words(line)

    def _in_words(self, line: Line) -> list[Hit]:
        found: list[Hit] = []
        place = 0
        plain = [self._repaired(word.low) for word in line.words]
        while place < len(plain):
            hit = self._at(line, plain, place)
            if hit is not None:
                found.append(hit)
            place = hit.last if hit else place + 1
        return found

    def _repaired(self, low: str) -> str:
        """Return a word's stem, one slip repaired when it is no everyday word."""
        plain = stem(low, self._language)
        if len(plain) < _SHORTEST_SLIP or plain in self._words or not plain.isalpha():
            return plain
        if folded(low, self._language) in everyday_words(self._language):
            return plain
        if plain not in self._repairs:
            if len(self._repairs) >= _MOST_REPAIRS:
                self._repairs.clear()
            near = extract(plain, self._words, scorer=OSA.distance, score_cutoff=1, limit=2)
            self._repairs[plain] = near[0][0] if len(near) == 1 and near[0][0][0] == plain[0] else plain
        return self._repairs[plain]

    def _at(self, line: Line, plain: list[str], place: int) -> Hit | None:
        for first in (plain[place], *stems(line.words[place].low, self._language)):
            if first not in self._firsts:
                continue
            for count in range(min(self._longest, len(plain) - place), 0, -1):
                key = (first, *plain[place + 1 : place + count])
                if key in self._values:
                    return Hit(self._values[key], place, place + count, " ".join(key))
        return None

    def _in_letters(self, line: Line) -> list[Hit]:
        text = same_length(line.text, self._language)
        starts = [word.start for word in line.words]
        found: list[Hit] = []
        place = 0
        while place < len(text):
            count = self._letters_at(text, place) if text[place] in self._firsts else 0
            if count:
                first = bisect_right(starts, place) - 1
                last = bisect_right(starts, place + count - 1)
                key = tuple(text[place : place + count])
                if 0 <= first < last:
                    found.append(Hit(self._values[key], first, last, "".join(key)))
            place += count or 1
        return found

    def _letters_at(self, text: str, place: int) -> int:
        for count in range(min(self._longest, len(text) - place), 0, -1):
            key = tuple(text[place : place + count])
            if key not in self._values:
                continue
            before, after = text[place - 1 : place], text[place + count : place + count + 1]
            cut = (key[0].isascii() and before.isascii() and before.isalnum()) or (
                key[-1].isascii() and after.isascii() and after.isalnum()
            )
            if not cut:
                return count
        return 0


@cache
def lexicon(name: str, key: str, language: str) -> Lexicon:
    """Return the phrases of one entry of a language's table, which lists them for each value.

    What is generated stands in a table of this name; what people add to it stands in `more_NAME`.
    """
    added, made = table(f"more_{name}", language).get(key, {}), table(name, language).get(key, {})
    return Lexicon([*added.items(), *made.items()], language)
