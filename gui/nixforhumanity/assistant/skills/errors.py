"""The skill that explains a pasted error message."""

from nixforhumanity.assistant.answers import Answer, Code, Part, suggested
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.nix.diagnosis import explain
from nixforhumanity.understanding.requests import Request

_SHOWN_CHARACTERS = 1_200


async def diagnose_error(request: Request, situation: Situation) -> Outcome:
    """Say what an error means and what to do; change nothing."""
    found = explain([str(request.slots["error_text"])])
    parts: list[Part] = [found.message]
    if found.advice is not None:
        parts.append(found.advice)
    if found.detail and situation.level != "beginner":
        parts.append(Code(found.detail[:_SHOWN_CHARACTERS]))
    return Answer(tuple(parts), (suggested("help"),))


SKILLS = {"diagnose_error": diagnose_error}
