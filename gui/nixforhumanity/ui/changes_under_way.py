"""The changes that run or wait for their turn in the conversations that this window has open. Knows no Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from nixforhumanity.client.interface import AssistantConnection, ConnectionPhase
from nixforhumanity.protocol.cards import PlanState, plan_in
from nixforhumanity.protocol.messages import PlanUpdate, SessionUpdate


@dataclass(frozen=True, slots=True)
class Change:
    """A plan that was allowed and has not ended."""

    plan_id: str
    session_id: str
    title: str
    queued: bool
    """It waits for another one to end."""


@dataclass(frozen=True, slots=True)
class EndedChange:
    """What became of one of them."""

    title: str
    state: PlanState
    text: str
    """How it ended, as the assistant says it; may be empty."""


class ChangesUnderWay:
    """Follows the plan cards of every open conversation, on the screen or not."""

    def __init__(self) -> None:
        self._changes: dict[str, Change] = {}
        self.last_ended: EndedChange | None = None
        """The one that ended last, as long as this window has seen it."""
        self.changed: Callable[[], None] | None = None
        """Called when there is one more or one less."""
        self.connection: AssistantConnection | None = None

    @property
    def all(self) -> tuple[Change, ...]:
        """What is under way, the oldest first."""
        return tuple(self._changes.values())

    @property
    def go_on(self) -> bool:
        """Whether a change is under way, as far as there is a connection to know it."""
        connected = self.connection is not None and self.connection.state.phase is ConnectionPhase.CONNECTED
        return connected and bool(self._changes)

    def stop(self) -> None:
        """Stop every change that is under way."""
        if self.connection is not None:
            for session_id in {change.session_id for change in self._changes.values()}:
                self.connection.cancel(session_id)

    def hear(self, session_id: str, update: SessionUpdate) -> None:
        """Take note of a plan's state."""
        if not isinstance(update, PlanUpdate) or (card := plan_in(update.meta)) is None:
            return
        before = len(self._changes)
        if card.state in {"running", "queued"}:
            queued = card.state == "queued"
            self._changes[card.plan_id] = Change(card.plan_id, session_id, card.title, queued)
        elif self._changes.pop(card.plan_id, None) is not None:
            self.last_ended = EndedChange(card.title, card.state, card.state_text)
        if len(self._changes) != before:
            self._tell()

    def forget(self, session_id: str | None = None) -> None:
        """Forget those of a conversation that comes anew, or all of them."""
        kept = {
            plan_id: change
            for plan_id, change in self._changes.items()
            if session_id is not None and change.session_id != session_id
        }
        if len(kept) != len(self._changes):
            self._changes = kept
            self._tell()

    def _tell(self) -> None:
        if self.changed is not None:
            self.changed()
