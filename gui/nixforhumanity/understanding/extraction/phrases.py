"""Finds names of several words in a line: the longest first, split, spelt or misspelt ones as well."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nixforhumanity.understanding.extraction.folding import folded
from nixforhumanity.understanding.extraction.spelling import all_nearest, allowed_slips, key_of
from nixforhumanity.understanding.extraction.tables import english_words, everyday_words
from nixforhumanity.understanding.extraction.words import Line

_SHORTEST_SPLIT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A known name in a line."""

    value: str
    first: int
    """Its first word."""
    last: int
    """The word after its last."""
    slip: bool = False
    """It was misspelt."""


def known_names(
    line: Line, names: Mapping[str, str], *, most_words: int = 4, avoid: Collection[str] = ()
) -> Iterator[Found]:
    """Yield names in order. `names`: what each stands for, by key; none of `avoid` counts on its own."""
    place = 0
    while place < len(line.words):
        found = _at(line, place, names, most_words, avoid)
        if found is None:
            place += 1
        else:
            yield found
            place = found.last


def _at(
    line: Line, first: int, names: Mapping[str, str], most_words: int, avoid: Collection[str]
) -> Found | None:
    longest = 12 if len(line.words[first].low) == 1 else most_words
    for last in range(min(first + longest, len(line.words)), first, -1):
        words = line.lows(first, last)
        if any(line.words[place].closes.strip("'\"") for place in range(first, last - 1)):
            continue
        key = key_of("".join(words))
        if last - first > 1 and len(key) < _SHORTEST_SPLIT and any(len(word) > 1 for word in words):
            continue
        if key in names and not (last - first == 1 and words[0] in avoid):
            return Found(names[key], first, last)
    return None


def misspelt_names(line: Line, names: Mapping[str, str]) -> Iterator[Found]:
    """Yield names that a word of the line is a slip of; everyday words are never taken for one."""
    english = english_words()
    everyday = everyday_words(line.language)
    keys = tuple(names)
    for place, word in enumerate(line.words[:80]):
        if (
            key_of(word.low) in names
            or word.low in english
            or folded(word.low, line.language) in everyday
            or not allowed_slips(word.low)
            or not word.low.replace("-", "").isalnum()
        ):
            continue
        near = {names[name] for name in all_nearest(key_of(word.low), keys)}
        if len(near) == 1:
            yield Found(near.pop(), place, place + 1, slip=True)
