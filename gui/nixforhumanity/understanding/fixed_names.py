"""Requests and slots under the names of the first catalogue, for whoever knows no others."""

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.requests import Request, SlotValue


def fixed_name(request: str) -> str:
    """Return the name of the first catalogue that a request goes by."""
    kind = catalogue().get(request)
    return request if kind is None else kind.fixed_name


def fixed_slots(request: Request) -> dict[str, SlotValue]:
    """Return the slots of a request that the first catalogue has for it, under its fixed name."""
    kind = catalogue().get(fixed_name(request.name))
    known = {slot.name for slot in kind.slots if not slot.ours} if kind is not None else set()
    return {name: value for name, value in request.slots.items() if name in known}
