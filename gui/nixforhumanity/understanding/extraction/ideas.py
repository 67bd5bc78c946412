"""The word that a person wants explained: the whole name of a known idea, or the person's own words."""

from nixforhumanity.core.concepts import concept_called, concept_meant, without_small_words
from nixforhumanity.understanding.extraction.segmenting import UNSPACED
from nixforhumanity.understanding.extraction.spans import Candidate, most_words
from nixforhumanity.understanding.extraction.words import Line

_LONGEST = 5
_LONGEST_UNSPACED = 16
"""Words, or letters, of the longest name of an idea."""


def whole_idea(line: Line, chosen: Candidate) -> str:
    """Return the words that name the idea of which `chosen` is a part; else what was chosen, as it is.

    Where only small words were chosen ("a"), the line's one known idea is meant, if it names just one.
    """
    named = _named(line)
    says_nothing = not without_small_words(chosen.value)
    for first, last in named:
        grown = first <= chosen.first and chosen.last <= last
        if grown or (says_nothing and len(named) == 1):
            return line.between(first, last)
    if concept_meant(chosen.value, line.language) is not None:
        bare = without_small_words(chosen.value)
        at = chosen.value.casefold().find(bare)
        return chosen.value[at : at + len(bare)] if bare and at >= 0 else chosen.value
    return chosen.value


def _named(line: Line) -> list[tuple[int, int]]:
    """Return where a line names ideas, the longest names only."""
    longest = _LONGEST_UNSPACED if line.language in UNSPACED else _LONGEST
    count = min(len(line.words), most_words(line))
    found: list[tuple[int, int]] = []
    for length in range(min(longest, count), 0, -1):
        for first in range(count - length + 1):
            last = first + length
            inside = any(one[0] < last and first < one[1] for one in found)
            words = line.between(first, last)
            bare = without_small_words(words) == words.casefold()  # "the store" is not longer than "store"
            if bare and not inside and concept_called(words, line.language) is not None:
                found.append((first, last))
    return sorted(found)
