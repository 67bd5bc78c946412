"""Answers for what cannot be done as it was said: the name is not known, or Nix is not there."""

from dataclasses import replace

from nixforhumanity.assistant.answers import Answer, Suggested, suggested
from nixforhumanity.assistant.naming import names_apart
from nixforhumanity.assistant.refusals import how_to_get_nix
from nixforhumanity.assistant.situation import Finder
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Understanding

_MOST_OF_A_NAME = 60


def asked_back(understood: Understanding, finder: Finder) -> Answer:
    """Ask which program was meant."""
    name = understood.unknown_name[:_MOST_OF_A_NAME]
    if not understood.choices:
        buttons: tuple[Suggested, ...] = (suggested("search", query=name), suggested("help"))
        return Answer((message("name-unknown", name=name),), buttons)
    unclear = message("name-unclear", name=name, count=len(understood.choices))
    names = names_apart([choice.label for choice in understood.choices], finder)
    choices = tuple(replace(one, label=shown) for one, shown in zip(understood.choices, names, strict=True))
    return Answer((unclear,), (suggested("search", query=name),), choices)


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
