"""After a restart: what an earlier run of the server left unfinished is told truly, and never done twice."""

import msgspec

from nixforhumanity.assistant.journal import Entry
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_cards import plan_update
from nixforhumanity.assistant.rendering import plain
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.cards import PackageChange, PlanState, plan_in
from nixforhumanity.protocol.messages import PlanUpdate


async def settle_interrupted(parts: Parts) -> None:
    """Settle journal entries that say "running", plan cards that wait, and prompts that are open."""
    for entry in parts.journal.running():
        await _settle_entry(entry, parts)
    for prompt in parts.sessions.take_interrupted():
        _settle_cards(prompt.session_id, parts)


async def _settle_entry(entry: Entry, parts: Parts) -> None:
    """Find out what became of a change that was going on when the server ended."""
    after: int | None = None
    changes: list[PackageChange] = []
    try:
        generations = await parts.host.generations()
        after = next((item.number for item in generations if item.current), None)
        if after != entry.generation_before:
            changes = list(await parts.host.difference(entry.generation_before or 0, after or 0))
        known = True
    except UserError:
        known = False
    if not known:
        told = message("interrupted-unknown")
    elif any(action.effect == "final" for action in entry.actions):
        told = message("interrupted-final")
    elif changes:
        told = message("interrupted-done")
    else:
        told = message("interrupted-unchanged")
    done = told.id == "interrupted-done"
    text = plain(told, parts.wording, "beginner")
    parts.journal.finish(
        entry.id,
        "done" if done else "interrupted",
        state_text=text,
        generation_after=after,
        packages=changes,
    )
    _set_cards(entry.session_id, parts, entry.plan_id, "done" if done else "interrupted", told)


def _settle_cards(session_id: str, parts: Parts) -> None:
    _set_cards(session_id, parts, None, "expired", message("plan-expired"))


def _set_cards(session_id: str, parts: Parts, plan_id: str | None, state: PlanState, told: Message) -> None:
    """Set the state of one card, or of every card that still waits."""
    if parts.sessions.session(session_id) is None:
        return
    for update in parts.sessions.updates(session_id):
        card = plan_in(update.meta) if isinstance(update, PlanUpdate) else None
        if card is None:
            continue
        if card.plan_id != plan_id and (plan_id is not None or card.state not in ("waiting", "queued")):
            continue
        settled = msgspec.structs.replace(
            card,
            state=state,
            state_text=plain(told, parts.wording, "beginner"),
            can_undo_now=state == "done" and not card.final,
        )
        parts.sessions.record(session_id, plan_update(settled), f"plan:{card.plan_id}")
