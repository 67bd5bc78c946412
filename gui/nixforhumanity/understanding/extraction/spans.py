"""Chooses the words of a line that fill a slot: weights learned from example sentences score each place."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from itertools import pairwise
from types import MappingProxyType

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.extraction.segmenting import UNSPACED
from nixforhumanity.understanding.extraction.surroundings import Surroundings
from nixforhumanity.understanding.extraction.tables import ENGLISH
from nixforhumanity.understanding.extraction.words import Line

MOST_WORDS = 90
"""Words of a line in which a value is looked for."""
_MOST_LETTERS = 220
"""The same for languages whose words are letters."""
_MOST_WEIGHED = 90
"""Candidates of a line, in other languages than English, that are weighed as a whole."""
_ENDS = ".!?;。！？；؟।"
_QUOTES = "\"'“‘„«`「『《"
_FAMILY = MappingProxyType({"concept": "subject", "topic": "subject"})
"""Slots that are said in the same ways learn together."""

Weights = Mapping[str, float]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of a line that may fill a slot, and the value that they would give."""

    first: int
    """The first word."""
    last: int
    """The word after the last."""
    value: str
    marks: tuple[str, ...] = ()
    """What is known of the words, for the weights."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, and how well it fits."""

    candidate: Candidate
    score: float


def spans_of(line: Line, longest: int, *, across: bool = False) -> list[Span]:
    """Return every place of up to `longest` words; none goes over the end of a sentence unless `across`."""
    spans = []
    count = min(len(line.words), most_words(line))
    for first in range(count):
        for last in range(first + 1, min(first + longest, count) + 1):
            spans.append((first, last))
            if not across and set(line.words[last - 1].closes) & set(_ENDS):
                break
    return spans


def most_words(line: Line) -> int:
    """Return in how many words of a line a value is looked for."""
    return _MOST_LETTERS if line.language in UNSPACED else MOST_WORDS


def ranked(request: str, slot: str, line: Line, candidates: Iterable[Candidate]) -> list[Scored]:
    """Return the candidates with their scores, best first."""
    around = Surroundings(line, most_words(line))
    weights = learned_weights(line.language)
    prefixes = prefixes_of(request, slot)
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    halves = []
    for one in candidates:
        if one.last > len(around.words):
            continue
        if one.first not in starts:
            starts[one.first] = _sum(weights, prefixes, start_features(around, one.first))
        if one.last not in ends:
            ends[one.last] = _sum(weights, prefixes, end_features(around, one.last))
        halves.append(Scored(one, starts[one.first] + ends[one.last]))
    if line.language != ENGLISH and len(halves) > _MOST_WEIGHED:
        halves = nlargest(_MOST_WEIGHED, halves, key=lambda one: one.score)
    scored = [
        Scored(one.candidate, one.score + _sum(weights, prefixes, span_features(around, one.candidate)))
        for one in halves
    ]
    return sorted(scored, key=lambda one: -one.score)


def none_score(request: str, slot: str, line: Line) -> float:
    """Return how well it fits that the line says nothing for a slot that may be left out."""
    around = Surroundings(line, most_words(line))
    return _sum(learned_weights(line.language), prefixes_of(request, slot), none_features(around))


def prefixes_of(request: str, slot: str) -> tuple[str, str]:
    """Return what the features of a slot begin with: shared by all requests with it, and its own."""
    return f"{_FAMILY.get(slot, slot)}|", f"{request}.{slot}|"


def start_features(around: Surroundings, first: int) -> list[str]:
    """Return what speaks for a value that begins here."""
    one, two, three = (around.low(first - back) for back in (1, 2, 3))
    before = around.words[first - 1].closes if first else "^"
    word = around.lows[first]
    kind = around.shapes[first]
    bare = around.before_articles(first)
    more = _more_before(around, first) if around.language != ENGLISH else []
    return [
        *more,
        f"<{one}", f"<<{two} {one}", f"<<<{three} {two} {one}", f"<,{before}", f"<{one}[{word}", f"[{word}",
        f"[+{around.low(first + 1)}", f"<-2{two}", f"[shape{kind}", f"<{one}[{kind}", f"<!{bare}",
        f"<!{bare}[{kind}", f"[commas{around.commas_after[first]}", f"[asked{first > around.last_ask}",
        f"[back{around.taken_back(first)}", f"[{kind}rival{around.stranger}", f"[{kind}named{around.named}",
        f"<opens{around.words[first].opens[-1:]}",
    ]  # fmt: skip


def end_features(around: Surroundings, last: int) -> list[str]:
    """Return what speaks for a value that ends before this word."""
    one, two = around.low(last), around.low(last + 1)
    word, kind = around.lows[last - 1], around.shapes[last - 1]
    after = around.words[last - 1].closes or ("$" if last == len(around.line.words) else "")
    following = around.shapes[last] if last < len(around.shapes) else "$"
    more = _more_after(around, last) if around.language != ENGLISH else []
    return [
        *more,
        f">{one}", f">>{one} {two}", f">,{after}", f"]{word}", f"]{word}>{one}", f">+2{two}",
        f"]shape{kind}", f">,{after}{one}", f"]{kind}>{following}{after}",
    ]  # fmt: skip


def _more_before(around: Surroundings, first: int) -> list[str]:
    """Return what speaks for a beginning in languages with endings, and in those without blanks."""
    one, two = around.low(first - 1), around.low(first - 2)
    if around.language in UNSPACED:
        four = "".join(around.low(first - back) for back in (4, 3, 2, 1))
        glued = 0 < first < len(around.words) and around.words[first - 1].end == around.words[first].start
        return [f"<4{four}", f"[2{around.lows[first]}{around.low(first + 1)}", f"<glued{glued}"]
    return [f"<~{one[:4]}", f"<<~{two[:4]} {one[:4]}", f"[~{around.lows[first][:4]}", f"<-1~{two[:4]}"]


def _more_after(around: Surroundings, last: int) -> list[str]:
    one, two = around.low(last), around.low(last + 1)
    if around.language in UNSPACED:
        three = f"{one}{two}{around.low(last + 2)}"
        glued = last < len(around.words) and around.words[last - 1].end == around.words[last].start
        before = f"{around.low(last - 2)}{around.low(last - 1)}"
        return [f">3{three}", f">4{three}{around.low(last + 3)}", f"]2{before}", f">glued{glued}"]
    return [f">~{one[:4]}", f">>~{one[:4]} {two[:4]}", f"]~{around.lows[last - 1][:4]}"]


def span_features(around: Surroundings, one: Candidate) -> list[str]:
    """Return what speaks for a candidate as a whole."""
    first, last = one.first, one.last
    count = last - first
    opening, closing = around.words[first], around.words[last - 1]
    quoted = bool(opening.opens) and opening.opens[-1:] in _QUOTES and bool(closing.closes)
    inner = any(word.closes.strip("'\"") for word in around.words[first : last - 1])
    capitals = all(word.capital for word in around.words[first:last])
    before = first > 1 and around.words[first - 1].capital
    after = last < len(around.words) and not closing.closes and around.shapes[last].endswith(("C", "9"))
    found = [f"#{min(count, 9)}", f"q{quoted}", f",{inner}", f"C{capitals}{before}{after}"]
    if first == 0:
        found.append(f"^#{min(count, 9)}")
    if last == len(around.line.words):
        found.append("$whole" if first == 0 else "$end")
    found += [f"in:{low}" for low in around.lows[first + 1 : last - 1][:8]]
    found += [f"mark:{mark}" for mark in one.marks]
    return found


def none_features(around: Surroundings) -> list[str]:
    """Return what speaks for a line that says nothing for the slot."""
    found = ["none", f"none#{min(len(around.words), 12)}", *(f"none:{low}" for low in around.lows)]
    if around.language in UNSPACED:
        found += [f"none:{one}{two}" for one, two in pairwise(around.lows)]
    elif around.language != ENGLISH:
        found += [f"none~{low[:4]}" for low in around.lows]
    return found


def _sum(weights: Weights, prefixes: Sequence[str], features: Iterable[str]) -> float:
    return math.fsum(weights.get(prefix + feature, 0.0) for feature in features for prefix in prefixes)


@cache
def learned_weights(language: str = ENGLISH) -> Weights:
    """Return the weights that were learned for a language; none where the file is missing."""
    folder = () if language == ENGLISH else (language,)
    path = resource("understanding", *folder, "spans.json")
    if not path.is_file():
        return {}
    parts: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    return {
        f"{slot}|{feature}": weight / 100
        for slot, group in parts.items()
        for feature, weight in group.items()
    }
