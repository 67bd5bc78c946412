"""Two requests in one sentence, found by the model: "close port 8080 and open 8443 instead"."""

from collections.abc import Iterator
from dataclasses import dataclass

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.between import between_requests
from nixforhumanity.understanding.requests import Likelihood, RequestModel

_BOTH_AT_LEAST = 0.7
_WHOLE_BELOW, _QUICK_WHOLE_BELOW = 0.99, 0.999
"""A line that is so surely one request is not looked at in halves."""
_MOST_PLACES = 6
_WORTH_THE_WHOLE_MODEL = 0.3


@dataclass(frozen=True, slots=True)
class Halves:
    """The two parts of a line, and what each asks for."""

    first: str
    second: str
    first_request: Likelihood
    second_request: Likelihood


def likeliest_halves(line: str, model: RequestModel, language: str = "en") -> tuple[str, str] | None:
    """Return where a normalised line may best be cut into two requests, by the quick half of the model."""
    whole = model.likelihoods(line, quick=True, language=language)
    if not whole or whole[0].probability >= _QUICK_WHOLE_BELOW:
        return None
    best: tuple[float, str, str] | None = None
    for first, second in _places(line, language):
        one, other = (model.likelihoods(part, quick=True, language=language)[0] for part in (first, second))
        chance = min(one.probability, other.probability) if _are_two(one, other) else 0.0
        if chance >= _WORTH_THE_WHOLE_MODEL and (best is None or chance > best[0]):
            best = (chance, first, second)
    return None if best is None else best[1:]


def halves(parts: tuple[str, str], whole: Likelihood, one: Likelihood, other: Likelihood) -> Halves | None:
    """Return the parts as two requests, by what the whole model says of each; None when it is one."""
    if whole.probability >= _WHOLE_BELOW or not _are_two(one, other):
        return None
    sure = min(one.probability, other.probability) >= _BOTH_AT_LEAST
    return Halves(*parts, one, other) if sure else None


def _are_two(one: Likelihood, other: Likelihood) -> bool:
    return one.request != other.request and _acts(one.request) and _acts(other.request)


def _places(line: str, language: str) -> Iterator[tuple[str, str]]:
    for number, mark in enumerate(between_requests(language).finditer(line)):
        if number == _MOST_PLACES:
            return
        first, second = line[: mark.start()].strip(" ,"), line[mark.end() :].strip(" ,")
        if first and second:
            yield first, second


def _acts(request: str) -> bool:
    kind = catalogue().get(request)
    return kind is not None and kind.effect is not Effect.DIALOGUE and request not in ("help", "out_of_scope")
