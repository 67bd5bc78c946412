"""The skill that opens a terminal in which some programs are there, without installing them."""

from nixforhumanity.assistant.answers import Answer, Bullets, Code
from nixforhumanity.assistant.naming import suggested_program
from nixforhumanity.assistant.rendering import quoted_command
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.packages import name_of
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Request


async def create_dev_shell(request: Request, situation: Situation) -> Outcome:
    """Open a shell with some packages, and show its command and the exact versions."""
    asked = request.slots["tools"]
    tools = [str(one) for one in (asked if isinstance(asked, list) else [asked])]
    shell = await situation.host.open_shell(tools)
    lines = tuple(
        message("shell-line", name=name_of(attribute, situation), attribute=attribute, version=version)
        for attribute, version in shell.versions
    )
    return Answer(
        (
            message("shell-opened" if shell.opened else "shell-command"),
            Code(quoted_command(shell.command)),
            message("shell-versions"),
            Bullets(lines),
            message("shell-ends"),
        ),
        (suggested_program("install", tools[0], situation.finder),) if len(tools) == 1 else (),
    )


SKILLS = {"create_dev_shell": create_dev_shell}
