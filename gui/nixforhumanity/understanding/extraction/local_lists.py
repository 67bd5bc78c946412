"""Closed lists in other languages: each value of the list is a candidate, with what the words say of it."""

from itertools import pairwise

from nixforhumanity.understanding.extraction.folding import stem
from nixforhumanity.understanding.extraction.levels import action, level, protocol, scope
from nixforhumanity.understanding.extraction.lexicon import lexicon
from nixforhumanity.understanding.extraction.segmenting import UNSPACED
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.words import Line

_VALUES = {
    "level": ("beginner", "intermediate", "expert"),
    "action": ("switch", "test", "boot", "dry"),
    "scope": ("user", "system", "temporary"),
    "protocol": ("tcp", "udp"),
}
_BY_ENGLISH = {"level": level, "action": action, "scope": scope, "protocol": protocol}
LISTS = frozenset(_VALUES)
_ONLY_SAID = frozenset({"scope"})
"""Lists whose values are seldom meant: only phrases of the table speak for them."""


def listed_values(slot: str, line: Line) -> list[Candidate]:
    """Return every value of a closed list; the marks say what speaks for it."""
    if not line.words:
        return []
    english = _BY_ENGLISH[slot](line)
    hits = lexicon("levels", slot, line.language).hits(line)
    said = {hit.value for hit in hits}
    last = hits[-1].value if hits else ""
    said_words = _words(line)
    found = []
    for value in _VALUES[slot]:
        if slot in _ONLY_SAID and value not in said and value != english:
            continue
        marks = [f"={value}", f"english{english == value}"]
        if value in said:
            marks += ["said", f"said{len(said)}", f"last{last == value}"]
            marks += [f"hit:{hit.words}" for hit in hits if hit.value == value][:4]
        elif said:
            marks.append("other-said")
        marks += [f"={value}:{word}" for word in said_words]
        found.append(Candidate(0, 1, value, tuple(marks)))
    return found


def _words(line: Line) -> list[str]:
    lows = [stem(word.low, line.language) for word in line.words[:160]]
    if line.language in UNSPACED:
        lows = [*lows, *(one + other for one, other in pairwise(lows))]
    return list(dict.fromkeys(lows))
