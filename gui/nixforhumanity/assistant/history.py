"""The journal, the generations and what was found on this computer, for the window's places."""

from collections.abc import Sequence

from nixforhumanity.assistant.host import Generation, HostDescription, HostKind
from nixforhumanity.assistant.journal import Entry
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.rendering import plain, quoted_command
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.assistant.skills.undoing import undo_refusal
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol.cards import (
    GenerationCard,
    HostCard,
    JournalEntry,
    JournalRequest,
    JournalResponse,
)

_MOST = 500
_GENERATIONS = 60


async def journal_response(request: JournalRequest, parts: Parts) -> JournalResponse:
    """Return entries newest first, and (on the first page) the generations with what differs."""
    limit = max(1, min(request.limit, _MOST))
    entries = parts.journal.entries(limit, request.before, request.session_id)
    description = await parts.host.describe()
    return JournalResponse(
        entries=[_entry(entry, description.profile, parts.wording) for entry in entries],
        generations=await _generations(parts, description) if request.before is None else [],
    )


def _entry(entry: Entry, profile: str, wording: Wording) -> JournalEntry:
    refusal = undo_refusal(entry, profile)
    return JournalEntry(
        entry_id=entry.id,
        session_id=entry.session_id,
        request=entry.request,
        title=entry.title,
        at=entry.at,
        state=entry.state,
        state_text=entry.state_text,
        commands=[quoted_command(arguments) for arguments in entry.commands],
        packages=list(entry.packages),
        can_undo=refusal is None,
        undo_reason="" if refusal is None else wording.text(refusal),
        undoes=entry.undoes,
    )


async def _generations(parts: Parts, description: HostDescription) -> list[GenerationCard]:
    if description.profile_kind is None or description.problem is not None:
        return []
    try:
        generations: Sequence[Generation] = (await parts.host.generations())[:_GENERATIONS]
    except UserError:
        return []
    result = []
    for position, generation in enumerate(generations):
        older = generations[position + 1].number if position + 1 < len(generations) else 0
        result.append(
            GenerationCard(
                number=generation.number,
                at=iso(generation.at),
                current=generation.current,
                packages=list(await parts.host.difference(older, generation.number)),
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
            installed = len(await parts.host.installed())
        except UserError:
            usable = False
    return HostCard(
        kind=description.kind.value,
        nix_version=description.nix_version,
        profile_kind=description.profile_kind.value if description.profile_kind else "",
        installed=installed,
        sentences=[
            plain(item, parts.wording, "beginner")
            for item in _found(description, installed if usable else None)
        ],
    )


def _found(description: HostDescription, installed: int | None) -> list[Message]:
    lines = [message(f"found-{description.kind.value}", system=description.operating_system)]
    if description.problem is not None:
        lines.append(description.problem)
    elif description.kind is HostKind.NO_NIX:
        lines.append(message("found-no-nix-so"))
    else:
        lines.append(message("found-nix", version=description.nix_version))
    if installed is not None:
        lines.append(message("found-programs", count=installed))
    return lines
