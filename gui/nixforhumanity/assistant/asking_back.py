"""Answers for what cannot be done as it was said: the name is not known, or Nix is not there."""

from nixforhumanity.assistant.answers import Answer, Suggested, suggested
from nixforhumanity.assistant.refusals import how_to_get_nix
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Understanding

_MOST_OF_A_NAME = 60


def asked_back(understood: Understanding) -> Answer:
    """Ask which program was meant."""
    name = understood.unknown_name[:_MOST_OF_A_NAME]
    if not understood.choices:
        buttons: tuple[Suggested, ...] = (suggested("search", query=name), suggested("help"))
        return Answer((message("name-unknown", name=name),), buttons)
    unclear = message("name-unclear", name=name, count=len(understood.choices))
    return Answer((unclear,), (suggested("search", query=name),), understood.choices)


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
