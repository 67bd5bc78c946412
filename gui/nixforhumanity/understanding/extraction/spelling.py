"""Names as they are compared: without blanks and punctuation, letters spelt one by one, slips counted."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_NOT_IN_KEY = re.compile(r"[^\w+#]|_")
_LONGEST_KEY = 60


def key_of(text: str) -> str:
    """Return what is left of a name when spelling does not matter: `Home Assistant` is `homeassistant`."""
    return _NOT_IN_KEY.sub("", text[: 4 * _LONGEST_KEY].casefold())


def slips(first: str, second: str, most: int) -> int:
    """Return how many letters are added, lost, changed or swapped with the next; `most + 1` when more."""
    if abs(len(first) - len(second)) > most or max(len(first), len(second)) > _LONGEST_KEY:
        return most + 1
    return OSA.distance(first, second, score_cutoff=most)


def allowed_slips(word: str) -> int:
    """Return how many slips a word of this length may have."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one known name that a misspelt word is nearest to; None when none is, or two are."""
    best = all_nearest(word, known)
    return best[0] if len(set(best)) == 1 else None


def all_nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the known names that a misspelt word is nearest to; none when it has too many slips."""
    most = allowed_slips(word)
    best: list[str] = []
    for name in known:
        if not most or abs(len(name) - len(word)) > most or len(name) < 4 or name[0] not in word[:2]:
            continue
        count = slips(word, name, most)
        if count < most:
            best, most = [name], count
        elif count == most:
            best.append(name)
    return best
