"""The skill that explains a pasted error message."""

import asyncio

from nixforhumanity.assistant.answers import Answer, Code, Part, suggested
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.nix.diagnosis import explain
from nixforhumanity.understanding.requests import Request

_SHOWN_CHARACTERS = 1_200
_FROM_THE_BEGINNING = 1_000
_FROM_THE_END = 3_000


async def diagnose_error(request: Request, situation: Situation) -> Outcome:
    """Say what an error means and what to do; change nothing."""
    text = shortened(str(request.slots["error_text"]))
    found = await asyncio.to_thread(explain, [text])
    parts: list[Part] = [found.message]
    if found.meaning is not None:
        parts.append(found.meaning)
    if found.advice is not None:
        parts.append(found.advice)
    if found.detail and situation.level != "beginner":
        parts.append(Code(found.detail[:_SHOWN_CHARACTERS]))
    return Answer(tuple(parts), (suggested("help"),))


def shortened(text: str, around: int = 0) -> str:
    """Return at most about 4,000 characters: the beginning, and the end, where errors usually are.

    `around`: how many more characters to keep on each side of what is left out.
    """
    first, last = _FROM_THE_BEGINNING + around, _FROM_THE_END + around
    if len(text) <= first + last:
        return text
    # The mark keeps half a line from looking like the start of an error.
    return f"{text[:first]}\n[…] {text[-last:]}"


SKILLS = {"diagnose_error": diagnose_error}
