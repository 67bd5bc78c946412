"""Learns the weights of `spans` from example sentences: run when they change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nixforhumanity.understanding.extraction.candidates import candidates_for
from nixforhumanity.understanding.extraction.spans import (
    Candidate,
    end_features,
    most_words,
    none_features,
    prefixes_of,
    span_features,
    start_features,
)
from nixforhumanity.understanding.extraction.surroundings import Surroundings
from nixforhumanity.understanding.extraction.tables import ENGLISH
from nixforhumanity.understanding.extraction.words import line_of
from nixforhumanity.understanding.requests import NameIndex

_MOST_WRONG = 240
"""Candidates of a line that are learned from, in languages whose words are letters."""
_ARTICLES = frozenset(
    """
    the a an der die das den dem des ein eine einen einem einer el la los las un una unos unas le les une des
    o os as um uma uns umas
    """.split()  # noqa: SIM905
)
_EDGES = " .,;:!?\"'“”`„«»「」『』《》，。、：；？！،؛؟।"
_BATCH = 24
_STEP = 0.25
_LEAST = 0.04
"""Smaller weights are left out of the file."""

Ids = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SpanExample:
    """A line of a request, and the value of one slot; an empty value: the line says none."""

    request: str
    slot: str
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    starts: Ids
    ends: Ids
    wholes: Ids
    start_of: Ids
    end_of: Ids
    right: npt.NDArray[np.bool_]


def learn_spans(
    examples: Iterable[SpanExample],
    index: NameIndex,
    language: str = ENGLISH,
    *,
    rounds: int = 14,
    decay: float = 0.002,
    seed: int = 1,
) -> dict[str, dict[str, int]]:
    """Return the weights in hundredths, by slot (or request and slot) and feature."""
    numbers: dict[str, int] = {"": 0}
    prepared = [
        one
        for one in (_prepare(example, index, language, numbers) for example in examples)
        if one is not None
    ]
    weights = np.zeros(len(numbers))
    squares = np.full(len(numbers), 1e-3)
    random = np.random.default_rng(seed)
    for _ in range(rounds):
        order = random.permutation(len(prepared))
        for place in range(0, len(order), _BATCH):
            slope = np.zeros(len(numbers))
            for at in order[place : place + _BATCH]:
                _add_slope(prepared[at], weights, slope)
            slope -= decay * _BATCH * weights
            slope[0] = 0.0
            squares += slope * slope
            weights += _STEP * slope / np.sqrt(squares)
    return _as_parts(numbers, weights)


def same_words(one: str, other: str) -> bool:
    """Tell whether two values say the same: case, articles and marks at the edges do not count."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> list[str]:
    words = text.casefold().replace("l'", "").replace("l’", "").strip(_EDGES).split()
    return [word for word in words if word not in _ARTICLES]


def _prepare(
    example: SpanExample, index: NameIndex, language: str, numbers: dict[str, int]
) -> _Prepared | None:
    line = line_of(example.text, language)
    most = most_words(line)
    around = Surroundings(line, most)
    prefixes = prefixes_of(example.request, example.slot)
    kept = candidates_for(example.request, example.slot, line, index)
    kept = [one for one in kept if one.last <= most]
    if language != ENGLISH:
        kept = _fewer(kept, example)
    right = [bool(example.value) and same_words(one.value, example.value) for one in kept]
    if example.value and not any(right):
        return None
    firsts = sorted({one.first for one in kept})
    lasts = sorted({one.last for one in kept})
    starts = [_ids(prefixes, start_features(around, first), numbers) for first in firsts]
    ends = [_ids(prefixes, end_features(around, last), numbers) for last in lasts]
    wholes = [_ids(prefixes, span_features(around, one), numbers) for one in kept]
    # The place of "nothing": it has no start and no end.
    starts.append([0])
    ends.append([0])
    wholes.append(_ids(prefixes, none_features(around), numbers))
    start_of = [firsts.index(one.first) for one in kept] + [len(firsts)]
    end_of = [lasts.index(one.last) for one in kept] + [len(lasts)]
    return _Prepared(
        _padded(starts), _padded(ends), _padded(wholes), np.array(start_of), np.array(end_of),
        np.array([*right, not example.value]),
    )  # fmt: skip


def _fewer(kept: list[Candidate], example: SpanExample) -> list[Candidate]:
    """Return what is right, and no more of the rest than is worth the time."""
    if len(kept) <= _MOST_WRONG:
        return kept
    random = np.random.default_rng(len(example.text))
    chosen = set(random.choice(len(kept), _MOST_WRONG, replace=False).tolist())
    return [
        one
        for place, one in enumerate(kept)
        if place in chosen or (example.value and same_words(one.value, example.value))
    ]


def _ids(prefixes: Iterable[str], features: Iterable[str], numbers: dict[str, int]) -> list[int]:
    return [numbers.setdefault(prefix + feature, len(numbers)) for feature in features for prefix in prefixes]


def _padded(rows: list[list[int]]) -> Ids:
    table = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return table


def _add_slope(one: _Prepared, weights: Numbers, slope: Numbers) -> None:
    scores = (
        weights[one.starts].sum(1)[one.start_of]
        + weights[one.ends].sum(1)[one.end_of]
        + weights[one.wholes].sum(1)
    )
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    wanted = np.where(one.right, chance, 0.0)
    wanted /= max(wanted.sum(), 1e-12)
    pull = wanted - chance
    at_start = np.bincount(one.start_of, pull, len(one.starts))
    at_end = np.bincount(one.end_of, pull, len(one.ends))
    for ids, amount in ((one.starts, at_start), (one.ends, at_end), (one.wholes, pull)):
        np.add.at(slope, ids, np.broadcast_to(amount[:, None], ids.shape))


def _as_parts(numbers: Mapping[str, int], weights: Numbers) -> dict[str, dict[str, int]]:
    parts: dict[str, dict[str, int]] = {}
    for name, number in sorted(numbers.items()):
        if number and abs(weights[number]) >= _LEAST:
            slot, _, feature = name.partition("|")
            parts.setdefault(slot, {})[feature] = round(100 * float(weights[number]))
    return parts
