"""Names of programs in lines of other languages: in the language's script, glued, with endings, or Latin."""

from functools import cache

from nixforhumanity.understanding.extraction.folding import folded, stem
from nixforhumanity.understanding.extraction.lexicon import lexicon
from nixforhumanity.understanding.extraction.names import (
    CERTAIN,
    NamesInLine,
    is_attribute,
    prefixed_name,
)
from nixforhumanity.understanding.extraction.segmenting import LATIN, script
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.spelling import key_of
from nixforhumanity.understanding.extraction.tables import english_words, everyday_words, language_words
from nixforhumanity.understanding.extraction.transliteration import in_latin
from nixforhumanity.understanding.extraction.words import Line
from nixforhumanity.understanding.requests import NameIndex

_MOST_WORDS = 120
_LONGEST = 4
_MOST_SEVERAL = 14
"""Look-ups of names of several words in one line."""
_MOST_SLIPS = 4
_SHORTEST_HEARD = 4
_LIKELY = 0.8
"""The score of a popular program's name with one slip."""


class LocalNames:
    """Looks up the names of one line that is not English."""

    def __init__(self, line: Line, index: NameIndex) -> None:
        self._line = line
        self._lookup = NamesInLine(line, index)
        self._words = line.words[:_MOST_WORDS]
        self._plain = [is_plain(word.low, line.language) for word in self._words]
        self._latin = [script(word.raw[0]) == LATIN or word.raw[0] in "/+" for word in self._words]

    def candidates(self) -> list[Candidate]:
        """Return every name that the line may hold."""
        found = self._listed()
        taken = {place for one in found for place in range(one.first, one.last)}
        looked_up = 0
        for first, word in enumerate(self._words):
            if not self._latin[first]:
                continue
            versions = self._lookup.versions(first)
            found += versions
            for last in range(min(first + _LONGEST, len(self._words)), first + 1, -1):
                if looked_up < _MOST_SEVERAL and self._may_be_one_name(first, last):
                    looked_up += 1
                    found += self._several(first, last)
            if first not in taken and not (word.low.isdigit() or len(word.raw) > 80):
                found += self._single(first)
        prefixed = [one for one in found if "prefixed" in one.marks]
        if prefixed:
            return [one for one in prefixed if is_attribute(one.value)]
        found = _without_parts(found)
        if not any("everyday" not in one.marks and "english" not in one.marks for one in found):
            found += self._slips({one.first for one in found})
            found += self._heard({one.first for one in found})
        return [one for one in found if is_attribute(one.value)]

    def _listed(self) -> list[Candidate]:
        """Return the names that the language's own table lists, as in `фаерфокс`."""
        return [
            Candidate(
                hit.first, hit.last, hit.value, ("local", f"local{hit.last - hit.first}", f"is:{hit.words}")
            )
            for hit in lexicon("programs", "names", self._line.language).hits(self._line)
        ]

    def _may_be_one_name(self, first: int, last: int) -> bool:
        inner = any(self._words[place].closes.strip("'\"") for place in range(first, last - 1))
        letters = all(len(word.low) == 1 for word in self._words[first:last])
        plain = not letters and (self._plain[first] or self._plain[last - 1])
        return all(self._latin[first:last]) and not inner and not plain

    def _several(self, first: int, last: int) -> list[Candidate]:
        text = self._line.between(first, last)
        letters = all(len(word.low) == 1 for word in self._words[first:last])
        name = "".join(word.low for word in self._words[first:last]) if letters else text
        found = self._lookup.sure(name)
        if found is None or found.score < CERTAIN or len(key_of(text)) < 2:
            return []
        kind = "spelt" if letters else "several"
        return [Candidate(first, last, found.attribute, (kind, f"{kind}{last - first}"))]

    def _single(self, first: int) -> list[Candidate]:
        word = self._words[first]
        name = prefixed_name(word.raw)
        if name is not None:
            found = self._lookup.sure(name)
            return [Candidate(first, first + 1, found.attribute, ("prefixed",))] if found else []
        if self._plain[first] and not word.capital:
            return []
        for text, kind in _spellings(word.raw, self._line.language):
            found = self._lookup.sure(text)
            if found is None or (len(text) < 2 and word.low not in ("r", "c")):
                continue
            if "." in found.attribute and "." not in text and found.score < CERTAIN:
                continue
            english = word.low in english_words()
            mark = "everyday" if self._plain[first] else "english" if english else "name"
            sure = "sure" if found.score >= CERTAIN else "few"
            same = found.attribute.casefold() == text.casefold()
            capital = word.capital
            marks = (mark, f"{mark}-{sure}", f"{mark}-same{same}", f"{mark}-capital{capital}", kind)
            return [Candidate(first, first + 1, found.attribute, marks)]
        return []

    def _slips(self, taken: set[int]) -> list[Candidate]:
        found: list[Candidate] = []
        tried = 0
        for first, word in enumerate(self._words):
            if first in taken or not self._latin[first] or self._plain[first] or tried >= _MOST_SLIPS:
                continue
            tried += len(word.low) > 3
            if (one := self._lookup.slip(first)) is not None:
                found.append(one)
        return found

    def _heard(self, taken: set[int]) -> list[Candidate]:
        """Return names that are written by ear in the language's letters, as in `тестдиск`."""
        found: list[Candidate] = []
        tried = 0
        for first, word in enumerate(self._words):
            if first in taken or self._latin[first] or self._plain[first] or tried >= _MOST_SLIPS:
                continue
            name = in_latin(folded(word.low, self._line.language), self._line.language)
            if len(name) < _SHORTEST_HEARD:
                continue
            tried += 1
            best = self._lookup.best(name)
            if best is not None and best.score >= _LIKELY:
                sure = "sure" if best.score >= CERTAIN else "like"
                found.append(Candidate(first, first + 1, best.attribute, ("heard", f"heard-{sure}")))
        return found


def _without_parts(found: list[Candidate]) -> list[Candidate]:
    """Leave out names that are a part of a longer one: `free` in `free cad`."""
    longer = [one for one in found if {"several", "spelt"} & set(one.marks)]
    return [
        one
        for one in found
        if not any(
            long.first <= one.first
            and one.last <= long.last
            and long.last - long.first > one.last - one.first
            for long in longer
        )
    ]


def is_plain(low: str, language: str) -> bool:
    """Whether a word is an everyday one of the language: no name on its own."""
    return folded(low, language) in everyday_words(language)


def _spellings(raw: str, language: str) -> list[tuple[str, str]]:
    """Return a word as it may be looked up: as it is, and less what is joined to it."""
    found = [(raw, "whole")]
    head, mark, tail = raw.partition("-")
    if mark and stem(tail, language) in _joined_nouns(language):
        found.append((head, "head"))
    found += [(raw.partition(mark)[0], "head") for mark in ("'", "’") if mark in raw]
    if "/" in raw:
        found.append((raw.rpartition("/")[2], "tail"))
    return found


@cache
def _joined_nouns(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in language_words(language, "joined"))
