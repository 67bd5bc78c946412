"""After a restart: what an earlier run of the server left unfinished is told truly, and never done twice."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from nixforhumanity.assistant.journal import Entry, EntryState
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_cards import plan_update, status_key, steps_that_did_not_run
from nixforhumanity.assistant.rendering import plain
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.protocol.cards import PackageChange, PlanCard, PlanState, plan_in
from nixforhumanity.protocol.messages import PlanUpdate, ToolCall, ToolCallUpdate, ToolStatus

_LOOKED_AT = 5
_EMPTY_KEPT = timedelta(days=7)
"""Conversations in which nothing was said are kept so long: a window may still have one open."""


async def settle_interrupted(parts: Parts) -> None:
    """Settle journal entries that say "running", then every plan card that has not ended, and open prompts.

    The journal is the truth: a card may be older than it, for it is not synced with every write.
    """
    entries = parts.journal.running()
    for entry in entries:
        await _settle_entry(entry, parts)
    sessions = {entry.session_id for entry in entries}
    sessions |= parts.sessions.take_interrupted()
    sessions |= {record.id for record in parts.sessions.sessions(_LOOKED_AT)}
    for session_id in sessions:
        _settle_cards(session_id, parts)
    parts.sessions.purge_empty(iso(parts.clock() - _EMPTY_KEPT))


async def _settle_entry(entry: Entry, parts: Parts) -> None:
    """Find out what became of a change that was going on when the server ended."""
    before = None if entry.generation_before is None else (entry.generation_before, entry.path_before)
    after: tuple[int, str] | None = None
    changes: list[PackageChange] = []
    try:
        generations = await parts.host.generations()
        after = next(((item.number, item.store_path) for item in generations if item.current), None)
        if after != before:
            changes = list(await parts.host.difference(before[0] if before else 0, after[0] if after else 0))
        known = True
    except UserError:
        known = False
    if not known:
        told = message("interrupted-unknown")
    elif any(action.effect == "final" for action in entry.actions):
        told = message("interrupted-final")
    elif after != before:
        told = message("interrupted-done")
    else:
        told = message("interrupted-unchanged")
    number, path = after or (None, "")
    parts.journal.finish(
        entry.id,
        "done" if told.id == "interrupted-done" else "interrupted",
        state_text=plain(told, parts.wording, "beginner"),
        generation_after=number,
        path_after=path,
        packages=changes,
    )


def _settle_cards(session_id: str, parts: Parts) -> None:
    """Bring every card that has not ended to what the journal says of it; without an entry it is expired."""
    if parts.sessions.session(session_id) is None:
        return
    expired = plain(message("plan-expired"), parts.wording, "beginner")
    updates = parts.sessions.updates(session_id)
    reached = {
        update.tool_call_id: update.status
        for update in updates
        if isinstance(update, ToolCall | ToolCallUpdate) and update.status is not None
    }
    for update in updates:
        card = plan_in(update.meta) if isinstance(update, PlanUpdate) else None
        if card is None or card.state not in ("waiting", "queued", "running"):
            continue
        entry = parts.journal.of_plan(card.plan_id)
        state: PlanState = "expired" if entry is None else _STATES[entry.state]
        settled = msgspec.structs.replace(
            card,
            state=state,
            state_text=expired if entry is None else entry.state_text,
            entry_id=None if entry is None else entry.id,
            can_undo_now=state == "done" and not card.final,
        )
        parts.sessions.record(session_id, plan_update(settled), f"plan:{card.plan_id}")
        _end_steps(session_id, settled, reached, parts)


def _end_steps(
    session_id: str, card: PlanCard, reached: Mapping[str, ToolStatus | None], parts: Parts
) -> None:
    """Leave no step that says for ever that it waits or is being done."""
    waiting = [step for step in card.steps if reached.get(step.tool_call_id) == "pending"]
    for key, update in steps_that_did_not_run(waiting, parts.wording):
        parts.sessions.record(session_id, update, key)
    for step in card.steps:
        if reached.get(step.tool_call_id) == "in_progress":
            status: ToolStatus = "completed" if card.state == "done" else "failed"
            ended = ToolCallUpdate(tool_call_id=step.tool_call_id, status=status)
            parts.sessions.record(session_id, ended, status_key(step))


_STATES: dict[EntryState, PlanState] = {
    "running": "interrupted",
    "done": "done",
    "undone": "done",
    "failed": "failed",
    "stopped": "stopped",
    "interrupted": "interrupted",
}
