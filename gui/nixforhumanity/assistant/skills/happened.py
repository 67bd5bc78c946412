"""Skills that say what happened: the last change, whether it worked, and whether anything was deleted."""

from datetime import datetime

from nixforhumanity.assistant.actions import InstallPackage, RemovePackage
from nixforhumanity.assistant.answers import Answer, Bullets, Suggested, suggested
from nixforhumanity.assistant.journal import Entry
from nixforhumanity.assistant.naming import suggested_program
from nixforhumanity.assistant.situation import Outcome, Situation, known_name
from nixforhumanity.assistant.skills.generations import local_time, start_of_day
from nixforhumanity.assistant.skills.undoing import undo_actions
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.understanding.requests import Request

_SHOWN = 8
_LOOKED_AT = 200
_SAYS_UNCHANGED = frozenset(
    {"nothing-was-changed", "something-was-changed", "package-unfree-advice", "disk-full-advice"}
)
"""Parts of an error that say already whether anything was changed."""


async def last_change(request: Request, situation: Situation) -> Outcome:
    """Say what the last change was and what became of it."""
    if situation.waiting is not None:
        return Answer((message("last-waits", title=situation.waiting.title),))
    said = situation.said_last
    if said is not None and said.kind == "error":
        told_already = any(isinstance(part, Message) and part.id in _SAYS_UNCHANGED for part in said.parts)
        unchanged = () if told_already else (message("nothing-was-changed"),)
        return Answer((*said.parts, *unchanged), said.suggestions)
    entries = situation.journal.entries(1)
    if not entries:
        return Answer((message("history-empty"),), (suggested("list"), suggested("help")))
    entry = entries[0]
    told = message(
        f"last-change-{entry.state}", title=entry.title, at=local_time(_when(entry)), said=entry.state_text
    )
    return Answer((told,), await _next_steps(entry, situation), last_package=_package(entry))


async def what_was_deleted(request: Request, situation: Situation) -> Outcome:
    """Say what was deleted for good and what was only taken out, from the journal."""
    entries = [entry for entry in situation.journal.entries(_LOOKED_AT) if entry.state in ("done", "stopped")]
    final = [entry for entry in entries if any(action.effect == "final" for action in entry.actions)]
    removed = [
        entry
        for entry in entries
        if entry.state == "done" and any(isinstance(action, RemovePackage) for action in entry.actions)
    ]
    lines = tuple(_line("history-done", entry) for entry in (*final[:_SHOWN], *removed[:_SHOWN]))
    if not lines:
        return Answer((message("deleted-nothing"),), (suggested("list"),))
    heading = message("deleted-these" if final else "taken-out-these")
    undo = (suggested("undo"),) if not final and await _can_undo(removed[0], situation) else ()
    return Answer((heading, Bullets(lines), message("own-files-stay")), (*undo, suggested("history")))


async def show_history(request: Request, situation: Situation) -> Outcome:
    """List the last changes, or those since a day."""
    entries = situation.journal.entries(_SHOWN)
    since = request.slots.get("from")
    if isinstance(since, str):
        start = start_of_day(since, situation.now)
        entries = [entry for entry in entries if _when(entry) >= start]
        if not entries:
            return Answer((message("history-none-since"),), (suggested("history"),))
    if not entries:
        return Answer((message("history-empty"),), (suggested("help"),))
    lines = tuple(_line(f"history-{entry.state}", entry) for entry in entries)
    holding = situation.journal.that_hold(1)
    undo = (suggested("undo"),) if holding and await _can_undo(holding[0], situation) else ()
    return Answer((message("history-heading"), Bullets(lines)), undo)


async def _next_steps(entry: Entry, situation: Situation) -> tuple[Suggested, ...]:
    """Return what can be done about an entry; after a failure nothing is there to take back."""
    if entry.state != "done":
        return (suggested("history"),)
    start: tuple[Suggested, ...] = ()
    match entry.actions:
        case (InstallPackage(attribute=attribute),):
            start = (suggested_program("run", attribute, situation.finder),)
    undo = (suggested("undo"),) if await _can_undo(entry, situation) else ()
    return (*start, *undo, suggested("history"))


async def _can_undo(entry: Entry, situation: Situation) -> bool:
    try:
        found = await undo_actions(entry, situation.host, situation.description.profile)
    except UserError:  # what cannot be looked at cannot be changed either
        return False
    return not isinstance(found, Message)


def _package(entry: Entry) -> str | None:
    match entry.actions:
        case (InstallPackage(attribute=attribute) | RemovePackage(attribute=attribute),):
            return attribute
    return None


def _line(message_id: str, entry: Entry) -> Message:
    return message(message_id, title=entry.title, at=local_time(_when(entry)))


def _when(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.at)


async def how_to_start(request: Request, situation: Situation) -> Outcome:
    """Say how a program is started, and offer to do it."""
    attribute = str(request.slots["package"])
    facts = situation.finder.facts(attribute)
    name = known_name(attribute, situation.finder)
    command = (facts.main_program if facts else "") or attribute.rpartition(".")[2]
    installed = {item.attribute for item in await situation.host.installed()}
    if attribute not in installed:
        buttons = [suggested_program(one, attribute, situation.finder) for one in ("try", "install")]
        return Answer((message("start-not-installed", name=name),), tuple(buttons), last_package=attribute)
    return Answer(
        (message("start-this-way", name=name, command=command),),
        (suggested_program("run", attribute, situation.finder),),
        last_package=attribute,
    )


SKILLS = {
    "last_change": last_change,
    "what_was_deleted": what_was_deleted,
    "show_history": show_history,
    "how_to_start": how_to_start,
}
