"""The journal, the generations and what was found on this computer, for the window's places."""

from collections.abc import Sequence
from dataclasses import dataclass

from nixforhumanity.assistant.actions import SwitchGeneration
from nixforhumanity.assistant.fitting_examples import Place, first_examples
from nixforhumanity.assistant.host import Generation, HostDescription, HostKind, InstalledPackage
from nixforhumanity.assistant.installed import one_each
from nixforhumanity.assistant.journal import Entry
from nixforhumanity.assistant.naming import named_changes, with_known_name
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.rendering import plain, quoted_command
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.assistant.situation import known_name
from nixforhumanity.assistant.skills.undoing import undo_actions_on, undo_refusal
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.cards import (
    GenerationCard,
    HostCard,
    JournalEntry,
    JournalRequest,
    JournalResponse,
)

_MOST = 2000


async def journal_response(request: JournalRequest, parts: Parts) -> JournalResponse:
    """Return entries newest first, and (on the first page) as many generations with what differs."""
    limit = max(1, min(request.limit, _MOST))
    entries = parts.journal.entries(limit, request.before, request.session_id)
    description = await parts.host.describe()
    profile = await _read_profile(parts, description)
    first_page = request.before is None
    return JournalResponse(
        entries=[_entry(entry, profile, parts) for entry in entries],
        generations=await _generation_cards(parts, profile.generations, limit) if first_page else [],
    )


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is in the profile now, read once for all entries; nothing where it cannot be read."""

    name: str
    generations: Sequence[Generation] = ()
    installed: Sequence[InstalledPackage] | None = None


async def _read_profile(parts: Parts, description: HostDescription) -> _Profile:
    if description.profile_kind is None or description.problem is not None:
        return _Profile(description.profile)
    try:
        return _Profile(description.profile, await parts.host.generations(), await parts.host.installed())
    except UserError:
        return _Profile(description.profile)


def _why_not_undone(entry: Entry, profile: _Profile) -> Message | None:
    """Return why an entry cannot be taken back now, so that nothing is offered that would be refused."""
    if (refusal := undo_refusal(entry, profile.name)) is not None or profile.installed is None:
        return refusal
    found = undo_actions_on(entry, profile.generations, profile.installed)
    return found if isinstance(found, Message) else None


def _generation_made(entry: Entry, generations: Sequence[Generation]) -> int | None:
    """Return the generation that an entry made; going back makes none, and a number is used again."""
    if any(isinstance(action, SwitchGeneration) for action in entry.actions):
        return None
    for generation in generations:
        same = entry.path_after in ("", generation.store_path)
        if same and generation.number == entry.generation_after != entry.generation_before:
            return generation.number
    return None


def _entry(entry: Entry, profile: _Profile, parts: Parts) -> JournalEntry:
    def name_of(attribute: str) -> str:
        return known_name(attribute, parts.finder)

    refusal = _why_not_undone(entry, profile)
    return JournalEntry(
        entry_id=entry.id,
        session_id=entry.session_id,
        request=entry.request,
        title=entry.title,
        at=entry.at,
        state=entry.state,
        state_text=entry.state_text,
        commands=[quoted_command(arguments) for arguments in entry.commands],
        packages=named_changes(entry.packages, name_of),
        can_undo=refusal is None,
        undo_reason="" if refusal is None else parts.wording.text(with_known_name(refusal, name_of)),
        undoes=entry.undoes,
        generation=_generation_made(entry, profile.generations),
    )


async def _generation_cards(
    parts: Parts, generations: Sequence[Generation], limit: int
) -> list[GenerationCard]:
    result = []
    for position, generation in enumerate(generations[:limit]):
        older = generations[position + 1].number if position + 1 < len(generations) else 0
        result.append(
            GenerationCard(
                number=generation.number,
                at=iso(generation.at),
                current=generation.current,
                packages=named_changes(
                    await parts.host.difference(older, generation.number),
                    lambda name: known_name(name, parts.finder),
                ),
            )
        )
    return result


async def host_card(parts: Parts) -> HostCard:
    """Return what was found on this computer, in plain words."""
    description = await parts.host.describe()
    usable = description.profile_kind is not None and description.problem is None
    installed = 0
    if usable:
        try:
            installed = len(one_each(await parts.host.installed()))
        except UserError:
            usable = False
    can = frozenset(parts.skills)
    place = Place(description, parts.finder, parts.journal, can, "beginner", parts.wording.language)
    return HostCard(
        examples=first_examples(place),
        kind=description.kind.value,
        nix_version=description.nix_version,
        profile_kind=description.profile_kind.value if description.profile_kind else "",
        installed=installed,
        sentences=[
            plain(item, parts.wording, "beginner")
            for item in _found(description, installed if usable else None)
        ],
        notices=[plain(item, parts.wording, "beginner") for item in parts.notices],
        problem=plain(_broken(description), parts.wording, "beginner") if description.problem else "",
        problem_detail=plain(description.problem, parts.wording, "beginner") if description.problem else "",
    )


def _broken(description: HostDescription) -> Message:
    return message("found-broken-nix", system=description.operating_system)


def _found(description: HostDescription, installed: int | None) -> list[Message]:
    lines = [message(f"found-{description.kind.value}", system=description.operating_system)]
    if description.problem is not None:
        pass  # shown apart from what is as it should be
    elif description.kind is HostKind.NO_NIX:
        lines.append(message("found-no-nix-so"))
    else:
        lines.append(message("found-nix", version=description.nix_version))
    if installed is not None:
        lines.append(message("found-programs", count=installed))
    return lines
