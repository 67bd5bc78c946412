"""Requests with a name that is not certain: whether it may be a program's at all, and what it may mean."""

import re
from collections.abc import Sequence

from nixforhumanity.understanding.requests import (
    Choice,
    Decision,
    NameMatch,
    Request,
    SlotValue,
    Understanding,
)
from nixforhumanity.understanding.slots import FilledSlots
from nixforhumanity.understanding.templates import TemplateMatch

_SHORT_NAME = 2
"""Words that the name of an unknown program may have."""
OWN = re.compile(r"(?:a|an|my|the|me|this|our) ")
"""Begins what a person speaks of as a thing of their own, not as a program."""
_ONLY_WHEN_KNOWN = frozenset({"package_info", "package_licence"})
"""Requests whose templates fit nearly any question: not meant, unless the name is at least near one."""


def asked_about(text: str, request: str, slots: FilledSlots) -> Understanding:
    """Return the question which program a request is for, with what the name may mean."""
    choices = tuple(_choice(request, slots, guess) for guess in _distinct(slots.guesses)[:3])
    return Understanding(
        text,
        (Request(request, slots.values, 0.5),),
        Decision.ASK,
        alternatives=(request,),
        choices=choices,
        unknown_name=slots.unknown_name,
    )


def _choice(request: str, slots: FilledSlots, guess: NameMatch) -> Choice:
    value: SlotValue = guess.attribute
    if slots.unknown_slot == "tools":
        known = slots.values.get("tools", [])
        value = [*(known if isinstance(known, list) else ()), guess.attribute]
    filled = Request(request, {**slots.values, slots.unknown_slot: value}, guess.score)
    return Choice(guess.attribute, filled, (guess.attribute,))


def worth_asking(match: TemplateMatch, slots: FilledSlots, *, plain: bool) -> bool:
    """Tell whether an unknown name may be a program's: it is near one, or short after a `plain` verb."""
    words = len(slots.unknown_name.split())
    if match.request in _ONLY_WHEN_KNOWN:
        return bool(slots.guesses) and words <= _SHORT_NAME and not OWN.match(match.words.get("package", ""))
    return words == 1 or (words <= _SHORT_NAME and (bool(slots.guesses) or plain))


def _distinct(guesses: Sequence[NameMatch]) -> list[NameMatch]:
    return list({guess.attribute: guess for guess in guesses}.values())
