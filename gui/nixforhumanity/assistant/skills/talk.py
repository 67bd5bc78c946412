"""Skills of the conversation itself: greetings, repeating, yes and no."""

from dataclasses import replace

from nixforhumanity.assistant.answers import (
    Answer,
    Code,
    answer,
    suggested,
)
from nixforhumanity.assistant.rendering import quoted_command
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Request


async def repeat(request: Request, situation: Situation) -> Outcome:
    """Say the last answer again."""
    return replace(situation.previous) if situation.previous else answer("nothing-to-repeat")


async def greeting(request: Request, situation: Situation) -> Outcome:
    """Greet back."""
    hour = situation.now.astimezone().hour
    time = "morning" if 4 <= hour < 12 else "evening" if hour >= 18 or hour < 4 else "day"
    return Answer(
        (message("greeting", time=time),),
        (suggested("find-photos"), suggested("list"), suggested("help")),
    )


async def text_size(request: Request, situation: Situation) -> Outcome:
    """Say how letters are made larger or smaller; that is done in the window, not here."""
    return answer("text-size")


async def thanks(request: Request, situation: Situation) -> Outcome:
    """Answer thanks."""
    return answer("thanks")


async def nothing_waits(request: Request, situation: Situation) -> Outcome:
    """Answer a yes or no that nothing asked for; a no to what was offered closes the list."""
    if request.name == "deny" and situation.said_last is not None and situation.said_last.choices:
        return Answer((message("none-of-these"),), (suggested("help"),))
    return Answer((message(f"nothing-to-{request.name}"),), (suggested("help"),))


async def show_command(request: Request, situation: Situation) -> Outcome:
    """Show the command behind the last change."""
    entries = situation.journal.entries(1)
    if not entries:
        return answer("no-command-yet")
    lines = "\n".join(quoted_command(command) for command in entries[0].commands)
    return Answer((message("command-behind", title=entries[0].title), Code(lines)))


SKILLS = {
    "repeat": repeat,
    "greeting": greeting,
    "thanks": thanks,
    "text_size": text_size,
    "confirm": nothing_waits,
    "deny": nothing_waits,
    "cancel": nothing_waits,
    "show_command": show_command,
}
