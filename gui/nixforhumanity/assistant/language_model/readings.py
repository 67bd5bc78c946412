"""The requests that a model may choose from, and the words that stand for each."""

from collections.abc import Collection, Mapping, Sequence

from nixforhumanity.core.catalogue import Effect, RequestKind, catalogue
from nixforhumanity.core.text import Message, message
from nixforhumanity.core.wording import DEFAULT_LANGUAGE, Wording
from nixforhumanity.understanding.requests import SlotValue

NEVER = frozenset(
    {
        "undo_last_change", "change_mode", "diagnose_error", "out_of_scope",  # about the talk, not a wish
        "try_package", "run_package",  # these start a program at once, without a plan that asks
    }
)  # fmt: skip
"""Requests besides those of the dialogue (yes, no, stop, ...) that no model may choose."""


def readable(known: Collection[str]) -> Mapping[str, RequestKind]:
    """Return the requests that a model may choose from; `known`: those that can be carried out."""
    words = Wording()
    return {
        name: kind
        for name, kind in catalogue().items()
        if name in known
        and kind.effect is not Effect.DIALOGUE
        and name not in NEVER
        and words.has(_plain_id(name))
    }


def offered_slots(kind: RequestKind) -> Mapping[str, bool]:
    """Return the slots that a model may fill, and whether each is needed: optional ones only with words."""
    words = Wording()
    return {
        slot.name: slot.required
        for slot in kind.slots
        if slot.required or words.has(_plain_id(kind.name, slot.name))
    }


def in_words(request: str, slots: Mapping[str, SlotValue]) -> Message:
    """Return the words that say a request with these slots, which are offered ones."""
    offered = offered_slots(catalogue()[request])
    optional = [name for name, needed in offered.items() if not needed and name in slots]
    values = {
        name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in slots.items()
    }
    return message(_plain_id(request, *optional), **values)


def as_a_line(request: str, slots: Mapping[str, SlotValue]) -> str:
    """Return the request as a line that a person could have typed: it is then read like any other."""
    return Wording(DEFAULT_LANGUAGE).text(in_words(request, slots))


def described(requests: Mapping[str, RequestKind]) -> Sequence[str]:
    """Return one line a request for a model: its name, its slots, and what it means."""
    lines = []
    for name, kind in requests.items():
        offered = offered_slots(kind)
        placed: dict[str, SlotValue] = {slot: slot.upper() for slot, needed in offered.items() if needed}
        slots = ", ".join(slot if needed else f"{slot} (optional)" for slot, needed in offered.items())
        lines.append(f"- {name} | slots: {slots or 'none'} | {as_a_line(name, placed)}")
    return lines


def _plain_id(*names: str) -> str:
    return "-".join(("reading", *names)).replace("_", "-")
