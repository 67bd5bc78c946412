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
from nixforhumanity.assistant.installed import find_installed, parts_of
from nixforhumanity.assistant.journal import Entry
from nixforhumanity.assistant.naming import with_known_name
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.situation import Outcome, Situation, known_name
from nixforhumanity.core.text import Message, message
from nixforhumanity.nix.store_names import main_path
from nixforhumanity.understanding.requests import Request

_LOOKED_AT = 20


async def undo_last_change(request: Request, situation: Situation) -> Outcome:
    """Plan to take back the newest change that still holds, those of this conversation first.

    The slot `entry` names a journal entry, `package` the program of the change that is meant; `again` means
    the newest undo itself, so that what it took back is done again.
    """
    if request.slots.get("again"):
        return await _done_again(request, situation)
    chosen = request.slots.get("entry")
    asked = situation.journal.entry(int(str(chosen))) if chosen else None
    entries = [asked] if asked is not None else situation.journal.that_hold(_LOOKED_AT, situation.session_id)
    refusal = message("nothing-to-undo")
    if (package := request.slots.get("package")) is not None:
        entries = [entry for entry in entries if _is_about(entry, str(package))]
        refusal = message("nothing-to-undo-of", name=known_name(str(package), situation.finder))
    for number, entry in enumerate(entries):
        found = await undo_actions(entry, situation.host, situation.description.profile)
        if not isinstance(found, Message):
            return _undo_plan(request, entry, found, _undone_by(entry, situation))
        if number == 0:
            refusal = with_known_name(found, lambda attribute: known_name(attribute, situation.finder))
        if found.id == "undo-final":
            break
    return Answer((refusal,), (suggested("history"), suggested("generations")))


async def _done_again(request: Request, situation: Situation) -> Outcome:
    undos = situation.journal.undos_that_hold(1, situation.session_id)
    if not undos:
        return Answer((message("nothing-to-redo"),), (suggested("history"), suggested("undo")))
    found = await undo_actions(undos[0], situation.host, situation.description.profile)
    if isinstance(found, Message):
        refusal = with_known_name(found, lambda attribute: known_name(attribute, situation.finder))
        return Answer((refusal,), (suggested("history"), suggested("generations")))
    return _undo_plan(request, undos[0], found, _undone_by(undos[0], situation))


def _is_about(entry: Entry, attribute: str) -> bool:
    """Return whether a change put this program on or took it off."""
    return any(
        isinstance(action, InstallPackage | RemovePackage) and action.attribute == attribute
        for action in entry.actions
    )


def _undone_by(entry: Entry, situation: Situation) -> Entry | None:
    """Return what an undo had taken back; None for a change that is no undo."""
    return None if entry.undoes is None else situation.journal.entry(entry.undoes)


def _undo_plan(
    request: Request, entry: Entry, found: tuple[AnyAction, ...], undone: Entry | None
) -> PlanDraft:
    word, title = ("undo", entry.title) if undone is None else ("redo", undone.title)
    return PlanDraft(
        request=request.name,
        actions=found,
        title=message(f"{word}-title", title=title),
        sentence=message(f"{word}-sentence", title=title),
        undo=message("undo-can-be-undone"),
        allow=message(f"{word}-allow"),
        done=message(f"{word}-done", title=title),
        explanation=(message("undo-explanation", exact="yes" if _exact(found) else "no"),),
        undoes=entry.id,
    )


async def undo_actions(entry: Entry, host: Host, profile: str) -> tuple[AnyAction, ...] | Message:
    """Return the actions that take an entry back, or why it cannot be taken back."""
    reason = undo_refusal(entry, profile)
    if reason is not None:
        return reason
    return undo_actions_on(entry, await host.generations(), await host.installed())


def undo_actions_on(
    entry: Entry, generations: Sequence[Generation], installed: Sequence[InstalledPackage]
) -> tuple[AnyAction, ...] | Message:
    """Return the actions that take back an entry that may be taken back, on a computer in this state."""
    if _still_current(entry, generations):
        assert entry.generation_before is not None
        return (SwitchGeneration(generation=entry.generation_before),)
    opposite: list[AnyAction] = []
    for action in reversed(entry.actions):
        found = _opposite(action, entry, installed, generations)
        if isinstance(found, Message):
            return found
        opposite.extend(found)
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
    """Return whether the entry's own generation is the current one, and the one before it still there.

    By number and store path: the number of a deleted generation is used again.
    """
    known = {(item.number, item.store_path) for item in generations}
    current = {(item.number, item.store_path) for item in generations if item.current}
    after, before = (entry.generation_after, entry.path_after), (entry.generation_before, entry.path_before)
    return after in current and before in known


def _exact(actions: Sequence[AnyAction]) -> bool:
    return any(isinstance(action, SwitchGeneration) for action in actions)


def _opposite(
    action: AnyAction,
    entry: Entry,
    installed: Sequence[InstalledPackage],
    generations: Sequence[Generation],
) -> tuple[AnyAction, ...] | Message:
    match action:
        case InstallPackage(attribute=attribute):
            known = find_installed(installed, attribute)
            if known is None:
                return message("undo-not-installed", package=attribute)
            return tuple(
                RemovePackage(attribute=item.attribute, element=item.element)
                for item in parts_of(installed, known)
            )
        case RemovePackage(attribute=attribute, element=element):
            if find_installed(installed, attribute) is not None:
                return message("undo-installed-again", package=attribute)
            before = next((item for item in entry.elements_before if item.element == element), None)
            if before is None or not before.store_paths:
                return (InstallPackage(attribute=attribute),)
            main = main_path(before.store_paths)
            others = tuple(path for path in before.store_paths if path != main)
            return (InstallPackage(attribute=attribute, store_path=main, other_outputs=others),)
        case SwitchGeneration():
            if entry.generation_before not in {item.number for item in generations}:
                return message("undo-generation-gone", number=str(entry.generation_before))
            return message("undo-later-changes")
        case DeleteGenerations() | CollectGarbage():
            return message("undo-final")


SKILLS = {"undo_last_change": undo_last_change}
