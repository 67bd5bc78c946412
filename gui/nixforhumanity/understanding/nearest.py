"""Which requests lie nearest to words that were not understood: by the words that they share."""

import math
import re
from collections import Counter
from functools import cache

from nixforhumanity.understanding.sentences import sentences

_WORD = re.compile(r"[a-zа-яё]+")
_SMALL = frozenset(
    """
    mean meaning means a an and are as at be by can could did do does for from has have how i if in is
    it its me my of on or our please so some that the their them then there these they this to us was we
    were what when where which who why will with would you your want need like get give let make am not
    no all any here just now up out
    """.split()  # noqa: SIM905
)
_OFFERED = 3
HARMLESS = frozenset(
    """
    suggest_package list_installed diff_generations explain_concept help show_history disk_usage
    """.split()  # noqa: SIM905
)
"""Words that were not understood must never end at a button that changes or deletes something."""
_LEAST = 0.8


def nearest_requests(text: str, language: str) -> tuple[str, ...]:
    """Return up to three requests that share telling words with the text, nearest first; perhaps none."""
    said = {_stem(word) for word in _WORD.findall(text.casefold())} - _SMALL
    scores: dict[str, float] = {}
    for request, words in _keywords(language).items():
        if request not in HARMLESS:
            continue
        score = sum(weight for word, weight in words.items() if word in said)
        if score >= _LEAST:
            scores[request] = score
    return tuple(sorted(scores, key=lambda name: -scores[name])[:_OFFERED])


@cache
def _keywords(language: str) -> dict[str, dict[str, float]]:
    """Return the telling words of each request: the fewer requests use a word, the more it tells."""
    known = sentences(language) if sentences(language).requests else sentences("en")
    uses: dict[str, Counter[str]] = {}
    for name, row in known.requests.items():
        lines = " ".join((*row.templates, *map(str, row.examples), name.replace("_", " ")))
        literal = re.sub(r"\{\w+\}", " ", lines)
        literal = re.sub(r"<(\w+)>", lambda found: known.rules.get(found[1], ""), literal)
        uses[name] = Counter(_stem(word) for word in _WORD.findall(literal.casefold()))
    spread = Counter(word for words in uses.values() for word in words)
    return {
        name: {
            word: math.log(len(uses) / spread[word]) * (0.5 + min(count, 4) / 4)
            for word, count in words.items()
            if word not in _SMALL and len(word) > 2
        }
        for name, words in uses.items()
    }


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word
