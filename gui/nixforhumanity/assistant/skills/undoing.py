"""The skill that takes a change back: the exact generation where that is still right, else the opposite."""

from collections.abc import Sequence

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
)
from nixforhumanity.assistant.answers import Answer, suggested
from nixforhumanity.assistant.host import Generation, Host, InstalledPackage
from nixforhumanity.assistant.journal import Entry
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.packages import find_installed
from nixforhumanity.core.text import Message, message
from nixforhumanity.understanding.requests import Request


async def undo_last_change(request: Request, situation: Situation) -> Outcome:
    """Plan to take back the newest change that still holds, or the journal entry in the slot `entry`."""
    chosen = request.slots.get("entry")
    entry = situation.journal.entry(int(str(chosen))) if chosen else situation.journal.newest_that_holds()
    if entry is None:
        return Answer((message("nothing-to-undo"),), (suggested("history"), suggested("generations")))
    found = await undo_actions(entry, situation.host, situation.description.profile)
    if isinstance(found, Message):
        return Answer((found,), (suggested("history"), suggested("generations")))
    return PlanDraft(
        request=request.name,
        actions=found,
        title=message("undo-title", title=entry.title),
        sentence=message("undo-sentence", title=entry.title),
        undo=message("undo-can-be-undone"),
        allow=message("undo-allow"),
        done=message("undo-done", title=entry.title),
        explanation=(message("undo-explanation", exact="yes" if _exact(found) else "no"),),
        undoes=entry.id,
    )


async def undo_actions(entry: Entry, host: Host, profile: str) -> tuple[AnyAction, ...] | Message:
    """Return the actions that take an entry back, or why it cannot be taken back."""
    reason = undo_refusal(entry, profile)
    if reason is not None:
        return reason
    generations = await host.generations()
    if _still_current(entry, generations):
        assert entry.generation_before is not None
        return (SwitchGeneration(generation=entry.generation_before),)
    installed = await host.installed()
    opposite: list[AnyAction] = []
    for action in reversed(entry.actions):
        found = _opposite(action, entry, installed, generations)
        if isinstance(found, Message):
            return found
        opposite.append(found)
    return tuple(opposite)


def undo_refusal(entry: Entry, profile: str) -> Message | None:
    """Return why an entry can never be taken back, without looking at the computer; None if it may be."""
    if entry.state == "undone":
        return message("undo-already")
    if entry.state != "done":
        return message("undo-not-done")
    if any(action.effect == "final" for action in entry.actions):
        return message("undo-final")
    if entry.profile != profile:
        return message("undo-other-profile", profile=entry.profile)
    return None


def _still_current(entry: Entry, generations: Sequence[Generation]) -> bool:
    current = next((item.number for item in generations if item.current), None)
    numbers = {item.number for item in generations}
    return (
        entry.generation_after is not None
        and entry.generation_after == current
        and entry.generation_before in numbers
    )


def _exact(actions: Sequence[AnyAction]) -> bool:
    return any(isinstance(action, SwitchGeneration) for action in actions)


def _opposite(
    action: AnyAction,
    entry: Entry,
    installed: Sequence[InstalledPackage],
    generations: Sequence[Generation],
) -> AnyAction | Message:
    match action:
        case InstallPackage(attribute=attribute):
            known = find_installed(installed, attribute)
            if known is None:
                return message("undo-not-installed", name=attribute)
            return RemovePackage(attribute=known.attribute, element=known.element)
        case RemovePackage(attribute=attribute):
            if find_installed(installed, attribute) is not None:
                return message("undo-installed-again", name=attribute)
            before = next((item for item in entry.elements_before if item.attribute == attribute), None)
            paths = before.store_paths if before else ()
            return InstallPackage(attribute=attribute, store_path=paths[0] if paths else None)
        case SwitchGeneration():
            if entry.generation_before in {item.number for item in generations}:
                assert entry.generation_before is not None
                return SwitchGeneration(generation=entry.generation_before)
            return message("undo-generation-gone", number=str(entry.generation_before))
        case DeleteGenerations() | CollectGarbage():
            return message("undo-final")


SKILLS = {"undo_last_change": undo_last_change}
