"""Requests that follow from others: the same for something else, taken back, or completed."""

from collections.abc import Sequence

from nixforhumanity.core.catalogue import Effect, Slot, catalogue
from nixforhumanity.understanding.requests import Choice, Decision, Request, SlotValue, Understanding

OWN_WORDS = frozenset({"purpose", "query"})
"""Slots that take any words."""


def slot_of(request: Request) -> Slot | None:
    """Return the slot that a follow-up changes: the first that has a value."""
    kind = catalogue().get(request.name)
    slots = () if kind is None else kind.slots
    return next((slot for slot in slots if slot.name in request.slots), None)


def takes_any_words(request: Request) -> bool:
    """Tell whether the slot of a request takes any words, so that a name in it proves nothing."""
    slot = slot_of(request)
    return slot is None or slot.name in OWN_WORDS


def with_value(request: Request, value: SlotValue) -> Request:
    """Return the request with another value in the slot that a follow-up changes."""
    slot = slot_of(request)
    assert slot is not None
    return request.about(slot.name, value)


def undo(package: str) -> Request:
    """Return the request that takes the change of one program back."""
    return Request("undo_last_change", {"package": package})


def completed(request: Request, package: str) -> Request:
    """Return a request with the program that it lacks; any other as it is."""
    kind = catalogue().get(request.name)
    lacks = kind is not None and any(slot.required and slot.name == "package" for slot in kind.slots)
    if not lacks or "package" in request.slots:
        return request
    return Request(request.name, {**request.slots, "package": package}, request.confidence)


def can_be_repeated(request: Request) -> bool:
    """Tell whether "again" may mean this request: one about the talk itself is never meant."""
    kind = catalogue().get(request.name)
    return (
        kind is not None
        and kind.effect is not Effect.DIALOGUE
        and request.name not in ("help", "out_of_scope")
    )


def can_be_changed(request: Request) -> bool:
    """Tell whether "and vlc too" may mean this request: it has a value that can be another."""
    return can_be_repeated(request) and request.name != "undo_last_change" and slot_of(request) is not None


def act(text: str, requests: tuple[Request, ...]) -> Understanding:
    """Return the understanding that does all of these."""
    names = tuple(dict.fromkeys(request.name for request in requests))
    return Understanding(text, requests, Decision.ACT, alternatives=names)


def ask(text: str, request: Request, choices: Sequence[Choice]) -> Understanding:
    """Return the understanding that asks which one is meant."""
    return Understanding(text, (request,), Decision.ASK, alternatives=(request.name,), choices=tuple(choices))
