"""Answers for what cannot be done as it was said: the name is not known, or Nix is not there."""

from collections.abc import Collection
from dataclasses import replace

from nixforhumanity.assistant.answers import Answer, Suggested, numbered, suggested
from nixforhumanity.assistant.naming import names_apart
from nixforhumanity.assistant.refusals import how_to_get_nix
from nixforhumanity.assistant.situation import Finder
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Understanding
from nixforhumanity.understanding.slots import IT

_MOST_OF_A_NAME = 60


def within(understood: Understanding, known: Collection[str]) -> Understanding | None:
    """Return a question without what cannot be carried out anyway; None when nothing is left of it."""
    choices = tuple(choice for choice in understood.choices if choice.request.name in known)
    if choices or (understood.requests[0].name in known and not understood.choices):
        return replace(understood, choices=choices)
    return None


def asked_back(understood: Understanding, finder: Finder) -> Answer:
    """Ask which program was meant, which of several requests, or for what the request lacks."""
    if understood.missing and not understood.unknown_name:
        return Answer((message("what-is-missing", slot=understood.missing[0]),), (suggested("help"),))
    if understood.choices and not understood.unknown_name:
        lines = [message("help-line", example=choice.label) for choice in understood.choices]
        return Answer(
            (message("which-is-meant"), numbered(understood.choices, lines)),
            (suggested("help"),),
            understood.choices,
            asks=True,
        )
    if not understood.unknown_name:
        return Answer((message("not-sure"),), (suggested("help"),))
    name = understood.unknown_name[:_MOST_OF_A_NAME]
    if name in IT:
        return Answer((message("which-is-it"),), (suggested("list"), suggested("find-photos")))
    if not understood.choices:
        buttons: tuple[Suggested, ...] = (suggested("search", query=name), suggested("help"))
        return Answer((message("name-unknown", name=name),), buttons)
    unclear = message("name-unclear", name=name, count=len(understood.choices))
    names = names_apart([choice.label for choice in understood.choices], finder)
    choices = tuple(replace(one, label=shown) for one, shown in zip(understood.choices, names, strict=True))
    return Answer((unclear,), (suggested("search", query=name),), choices, asks=True)


def without_nix(request: str, operating_system: str) -> Answer:
    """Say that this needs Nix, and what can be done without it."""
    return Answer(
        (
            message("needs-nix-request", request=request),
            *how_to_get_nix(operating_system),
            message("needs-nix-instead"),
        ),
        (suggested("concept", concept="Nix"), suggested("help")),
    )
