"""How a line was understood, step by step: for people who want to look into it. Never needed to act."""

from dataclasses import dataclass
from enum import Enum

from nixforhumanity.understanding.apart import Apart
from nixforhumanity.understanding.by_model import ENOUGH, OUT_OF_SCOPE, ModelStage
from nixforhumanity.understanding.normalise import clean
from nixforhumanity.understanding.origins import Origin, origins
from nixforhumanity.understanding.requests import (
    Decision,
    Likelihood,
    OpenModel,
    Opinions,
    Request,
    Understanding,
)
from nixforhumanity.understanding.typed_commands import typed_command
from nixforhumanity.understanding.understander import ENGLISH, Understander

_NEXT_BEST = 3


class Reason(Enum):
    """Why it was decided so."""

    EMPTY = "empty"
    PASTED_ERROR = "pasted_error"
    SLASH = "slash"
    TYPED_COMMAND = "typed_command"
    FORESEEN = "foreseen"
    SURE = "sure"
    OVERRULED = "overruled"
    TWO_REQUESTS = "two_requests"
    NAME_UNKNOWN = "name_unknown"
    SLOT_MISSING = "slot_missing"
    OWN_WORDS = "own_words"
    UNSURE = "unsure"
    OUT_OF_SCOPE = "out_of_scope"
    NOTHING_FITS = "nothing_fits"


@dataclass(frozen=True, slots=True)
class Trace:
    """What each step did with a line that stands alone, in the order of the steps."""

    text: str
    language: str
    normalised: str
    command_tool: str
    """The tool of a typed command; empty for a sentence."""
    foreseen: tuple[str, ...]
    """The requests of the sentences that were foreseen; empty when none fits."""
    read_by_model: str
    """The line as the model read it, before slips were repaired; empty when it was not asked."""
    repaired: tuple[tuple[str, str], ...]
    """Slips, and what they were taken for by the model."""
    by_words: tuple[Likelihood, ...]
    by_meaning: tuple[Likelihood, ...]
    together: tuple[Likelihood, ...]
    parts: tuple[str, ...]
    """The words of each request, where the model found two."""
    requests: tuple[Request, ...]
    slots: tuple[tuple[Origin, ...], ...]
    """For each request."""
    decision: Decision
    reason: Reason
    lacking: str
    """With SLOT_MISSING the slot, with NAME_UNKNOWN the name."""
    offered: tuple[str, ...]
    """With ASK: what can be picked."""
    next_best: tuple[tuple[str, float | None], ...]
    """Requests that were not taken, best first, and how likely the model finds them; None: not known."""


def traced(understander: Understander, understood: Understanding) -> Trace:
    """Go through the steps again, one by one; `understood` is what came of a line that stands alone."""
    apart = understander.apart(understood.text)
    stage, text, foreseen = apart.stage, understood.text, _by_sentences(apart)
    opinions = _opinions(stage)
    together = tuple(stage.likely) if stage is not None else ()
    both = stage.both if stage is not None else None
    by_model = stage is not None and _by_model(foreseen, understood)
    parts = (both.first, both.second) if both is not None and by_model else ()
    command = typed_command(clean(text))
    whole = [text] * len(understood.requests)
    said = parts if len(parts) == len(understood.requests) else whole
    reason = _reason(
        apart, foreseen, understood, by_model=by_model, command=command is not None, two=bool(parts)
    )
    return Trace(
        text=text,
        language=apart.language,
        normalised=apart.normalised,
        command_tool=command.tool if command is not None else "",
        foreseen=_names(foreseen),
        read_by_model=stage.normalised if stage is not None else "",
        repaired=_slips(stage.normalised, opinions.repaired) if stage is not None else (),
        by_words=tuple(opinions.by_words),
        by_meaning=tuple(opinions.by_meaning),
        together=together,
        parts=parts,
        requests=understood.requests,
        slots=tuple(
            _origins(request, words, text, apart)
            for request, words in zip(understood.requests, said, strict=True)
        ),
        decision=understood.decision,
        reason=reason,
        lacking=understood.unknown_name or next(iter(understood.missing), ""),
        offered=tuple(choice.label for choice in understood.choices),
        next_best=_next_best(understood, together),
    )


def _opinions(stage: ModelStage | None) -> Opinions:
    if stage is None:
        return Opinions("", (), ())
    if isinstance(stage.model, OpenModel):
        return stage.model.opinions(stage.normalised, language=stage.language)
    return Opinions(stage.normalised, (), ())


def _by_sentences(apart: Apart) -> Understanding:
    """Return what was not left to the model; declined where all was: only English has sentences."""
    if apart.language == ENGLISH or apart.stage is None:
        return apart.foreseen
    by_model = apart.stage.understanding(apart.foreseen.text)
    if _by_model(by_model, apart.foreseen):
        return apart.foreseen
    return Understanding(apart.foreseen.text, (Request(OUT_OF_SCOPE),), Decision.DECLINE)


def _names(understood: Understanding) -> tuple[str, ...]:
    if understood.decision is Decision.DECLINE:
        return ()
    return tuple(request.name for request in understood.requests)


def _by_model(foreseen: Understanding, understood: Understanding) -> bool:
    """Tell whether the model was believed rather than the sentences."""
    names = [request.name for request in understood.requests]
    same = names == [request.name for request in foreseen.requests]
    return not same or understood.decision is not foreseen.decision


def _slips(before: str, after: str) -> tuple[tuple[str, str], ...]:
    pairs = zip(before.split(" "), after.split(" "), strict=False)
    return tuple((old.rstrip(","), new.rstrip(",")) for old, new in pairs if old != new)


def _origins(request: Request, words: str, text: str, apart: Apart) -> tuple[Origin, ...]:
    """Return the origins in the request's part of the line; what it left out is looked for in all of it."""
    found = origins(request, words, apart.index, apart.language)
    if words == text or all(one.said for one in found):
        return found
    whole = origins(request, text, apart.index, apart.language)
    return tuple(one if one.said else other for one, other in zip(found, whole, strict=True))


def _next_best(
    understood: Understanding, together: tuple[Likelihood, ...]
) -> tuple[tuple[str, float | None], ...]:
    taken = {request.name for request in understood.requests}
    chances = {one.request: one.probability for one in together}
    names = sorted(dict.fromkeys([*chances, *understood.alternatives]), key=lambda one: -chances.get(one, 0))
    return tuple((name, chances.get(name)) for name in names if name not in taken)[:_NEXT_BEST]


def _reason(
    apart: Apart,
    foreseen: Understanding,
    understood: Understanding,
    *,
    by_model: bool,
    command: bool,
    two: bool,
) -> Reason:
    if not apart.normalised:
        return Reason.EMPTY
    if understood.unknown_name:
        return Reason.NAME_UNKNOWN
    if understood.missing:
        return Reason.SLOT_MISSING
    if by_model and apart.stage is not None:
        return _reason_of_model(apart.stage, foreseen, understood, two=two)
    if understood.decision is Decision.DECLINE:
        return _reason_to_decline(apart.stage)
    if understood.decision is Decision.ASK:
        return Reason.UNSURE
    if command:
        return Reason.TYPED_COMMAND
    if apart.normalised.startswith("/"):
        return Reason.SLASH
    if understood.requests[0].name == "diagnose_error":
        return Reason.PASTED_ERROR
    return Reason.FORESEEN


def _reason_of_model(
    stage: ModelStage, foreseen: Understanding, understood: Understanding, *, two: bool
) -> Reason:
    if understood.decision is Decision.DECLINE:
        return _reason_to_decline(stage)
    if two:
        return Reason.TWO_REQUESTS
    if understood.decision is Decision.ACT:
        return Reason.OVERRULED if foreseen.decision is Decision.ACT else Reason.SURE
    return Reason.OWN_WORDS if stage.top.probability >= ENOUGH else Reason.UNSURE


def _reason_to_decline(stage: ModelStage | None) -> Reason:
    unlike = stage is not None and stage.top.request == OUT_OF_SCOPE
    return Reason.OUT_OF_SCOPE if unlike else Reason.NOTHING_FITS
