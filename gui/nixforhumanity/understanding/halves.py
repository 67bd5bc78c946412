"""Two requests in one sentence, found by the model: "close port 8080 and open 8443 instead"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.requests import Likelihood, RequestModel

_BETWEEN = re.compile(
    r"\s*(?:;|&&)\s*|,?\s(?:and then|and also|and|then|afterwards|after that|but|so)\s"
    r"|,\s(?:and then |and |then |but |so )?"
)
_BOTH_AT_LEAST = 0.6
_WHOLE_BELOW = 0.99
"""A line that is so surely one request is not looked at in halves."""
_MOST_PLACES = 6
_WORTH_THE_WHOLE_MODEL = 0.5


@dataclass(frozen=True, slots=True)
class Halves:
    """The two parts of a line, and what each asks for."""

    first: str
    second: str
    first_request: Likelihood
    second_request: Likelihood


def halves(line: str, whole: Likelihood, model: RequestModel) -> Halves | None:
    """Return the best way to read a normalised line as two different requests; None when it is one.

    The places are compared with the quick half of the model; only the best one costs the whole model.
    """
    if whole.probability >= _WHOLE_BELOW:
        return None
    best: tuple[float, str, str] | None = None
    for first, second in _places(line):
        quick = _both(first, second, model, quick=True)
        if quick is not None and (best is None or quick[0] > best[0]):
            best = (quick[0], first, second)
    if best is None or best[0] < _WORTH_THE_WHOLE_MODEL:
        return None
    _, first, second = best
    sure = _both(first, second, model, quick=False)
    return Halves(first, second, *sure[1:]) if sure is not None and sure[0] >= _BOTH_AT_LEAST else None


def _places(line: str) -> Iterator[tuple[str, str]]:
    for number, mark in enumerate(_BETWEEN.finditer(line)):
        if number == _MOST_PLACES:
            return
        first, second = line[: mark.start()].strip(" ,"), line[mark.end() :].strip(" ,")
        if first and second:
            yield first, second


def _both(
    first: str, second: str, model: RequestModel, *, quick: bool
) -> tuple[float, Likelihood, Likelihood] | None:
    """Return how likely both parts are requests, and which; None when one is none or both are the same."""
    one = model.likelihoods(first, quick=quick)[0]
    other = model.likelihoods(second, quick=quick)[0]
    if one.request == other.request or not (_acts(one.request) and _acts(other.request)):
        return None
    return min(one.probability, other.probability), one, other


def _acts(request: str) -> bool:
    kind = catalogue().get(request)
    return kind is not None and kind.effect is not Effect.DIALOGUE and request not in ("help", "out_of_scope")
