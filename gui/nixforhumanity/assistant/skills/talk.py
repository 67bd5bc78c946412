"""Skills of the conversation itself: help, explanations, greetings, history, levels."""

from dataclasses import replace

from nixforhumanity.assistant.answers import (
    Answer,
    Bullets,
    Code,
    Markdown,
    Part,
    Suggested,
    answer,
    suggested,
)
from nixforhumanity.assistant.rendering import quoted_command
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.happened import last_change
from nixforhumanity.core.concepts import concepts
from nixforhumanity.core.text import message
from nixforhumanity.understanding.requests import Request
from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.slash_commands import SLASH_COMMANDS

_HELP = (
    (
        "help-programs",
        ("suggest_package", "install_package", "try_package", "list_installed", "remove_package"),
    ),
    ("help-back", ("diff_generations", "list_generations", "rollback", "undo_last_change")),
    ("help-space", ("disk_usage", "garbage_collect")),
    ("help-learn", ("explain_concept", "package_info", "package_licence")),
    ("help-talk", ("more_detail", "simpler", "show_command", "show_history", "text_size")),
)
_DEEPER = {"beginner": "intermediate", "intermediate": "expert", "expert": "expert"}
_EASIER = {"expert": "intermediate", "intermediate": "beginner", "beginner": "beginner"}


async def help_(request: Request, situation: Situation) -> Outcome:
    """Say what can be said, from the same sentences that are understood."""
    parts: list[Part] = [message("help-heading")]
    for heading, names in _HELP:
        parts += [message(heading), _examples(names, situation)]
    commands = ", ".join(f"/{name}" for name in SLASH_COMMANDS)
    return Answer(
        (*parts, message("help-slash", commands=commands), message("help-end")),
        (suggested("find-photos"), suggested("list"), suggested("concept", concept="generation")),
    )


def _examples(names: tuple[str, ...], situation: Situation) -> Bullets:
    known = sentences(situation.language).requests or sentences("en").requests
    return Bullets(tuple(message("help-line", example=str(known[name].examples[0])) for name in names))


async def explain_concept(request: Request, situation: Situation) -> Outcome:
    """Explain an idea at the person's level."""
    return _explained(str(request.slots["concept"]), situation.level, situation)


def _explained(concept_id: str, depth: str, situation: Situation) -> Answer:
    known = concepts(situation.language)
    concept = known[concept_id]
    buttons: list[Suggested] = []
    if depth != "expert":
        buttons.append(suggested("more"))
    if depth != "beginner":
        buttons.append(suggested("simpler"))
    buttons += [suggested("concept", concept=known[name].title) for name in concept.needs[:2]]
    return Answer(
        (
            Markdown(f"**{concept.title}**"),
            Markdown(concept.depths[depth]),
            Markdown(concept.example),
        ),
        tuple(buttons),
    )


async def more_detail(request: Request, situation: Situation) -> Outcome:
    """Explain the same idea one step deeper."""
    return _other_depth(situation, _DEEPER)


async def simpler(request: Request, situation: Situation) -> Outcome:
    """Explain the same idea one step easier."""
    return _other_depth(situation, _EASIER)


def _other_depth(situation: Situation, steps: dict[str, str]) -> Answer:
    shown = _shown_concept(situation)
    if shown is None:
        return Answer((message("nothing-to-explain"),), (suggested("help"),))
    concept_id, depth = shown
    return _explained(concept_id, steps[depth], situation)


def _shown_concept(situation: Situation) -> tuple[str, str] | None:
    """Return the concept and depth that the answer before this one explained."""
    texts = (
        [part.text for part in situation.previous.parts if isinstance(part, Markdown)]
        if (situation.previous)
        else []
    )
    for concept in concepts(situation.language).values():
        for depth in ("beginner", "intermediate", "expert"):
            if concept.depths[depth] in texts:
                return concept.id, depth
    return None


async def explain_last(request: Request, situation: Situation) -> Outcome:
    """Say the last answer's idea more simply, why the last thing went as it did, or what can be explained."""
    if _shown_concept(situation) is not None:
        return await simpler(request, situation)
    failed = situation.said_last is not None and situation.said_last.kind == "error"
    if failed or any(entry.state == "failed" for entry in situation.journal.entries(1)):
        return await last_change(request, situation)
    return Answer((message("explain-what"),), (suggested("concept", concept="generation"),))


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
    """Answer a yes or no that nothing asked for."""
    return Answer((message(f"nothing-to-{request.name}"),), (suggested("help"),))


async def show_command(request: Request, situation: Situation) -> Outcome:
    """Show the command behind the last change."""
    entries = situation.journal.entries(1)
    if not entries:
        return answer("no-command-yet")
    lines = "\n".join(quoted_command(command) for command in entries[0].commands)
    return Answer((message("command-behind", title=entries[0].title), Code(lines)))


SKILLS = {
    "help": help_,
    "explain_concept": explain_concept,
    "more_detail": more_detail,
    "simpler": simpler,
    "explain_last": explain_last,
    "repeat": repeat,
    "greeting": greeting,
    "thanks": thanks,
    "text_size": text_size,
    "confirm": nothing_waits,
    "deny": nothing_waits,
    "cancel": nothing_waits,
    "show_command": show_command,
}
