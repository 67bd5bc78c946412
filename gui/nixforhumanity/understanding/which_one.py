"""Words such as "remove the first one" where nothing was offered: which program is meant has to be asked."""

from collections.abc import Callable

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.follow_up_words import FollowUpWords
from nixforhumanity.understanding.requests import Context, Decision, Request, Understanding

_MOST_WORDS = 8
_ANY_PROGRAM = "firefox"
"""Stands where the place in the list stood, so that the words around it are read as about a program."""
_SLOT = "package"


def which_program(
    text: str,
    normalised: str,
    words: FollowUpWords,
    context: Context,
    read: Callable[[str], Understanding],
) -> Understanding | None:
    """Return the question for the program; None unless the line is a request for one, and nothing is open.

    `read`: returns what a line means that stands alone.
    """
    place = words.place_at_end(normalised)
    if context.choices or place is None or place[0] == 0 or len(normalised.split()) > _MOST_WORDS:
        return None
    understood = read(f"{normalised[: place[0]]}{_ANY_PROGRAM}")
    request = understood.requests[0]
    if len(understood.requests) != 1 or not _is_about_that_program(understood):
        return None
    kept = {name: value for name, value in request.slots.items() if name != _SLOT}
    lacking = Request(request.name, kept, request.confidence)
    return Understanding(text, (lacking,), Decision.ASK, alternatives=(request.name,), missing=(_SLOT,))


def _is_about_that_program(understood: Understanding) -> bool:
    kind = catalogue().get(understood.requests[0].name)
    if kind is None or [slot.name for slot in kind.slots if slot.required] != [_SLOT]:
        return False
    if str(understood.requests[0].slots.get(_SLOT, "")).startswith(_ANY_PROGRAM):
        return True
    return understood.missing == (_SLOT,) or understood.unknown_name == _ANY_PROGRAM
