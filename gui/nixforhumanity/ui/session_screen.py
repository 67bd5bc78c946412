"""What the session controller needs of the window: a screen to show things on, and a memory."""

from collections.abc import Sequence
from typing import Protocol

from nixforhumanity.client.interface import ConnectionState
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import HostCard, JournalResponse
from nixforhumanity.protocol.messages import (
    AvailableCommand,
    PermissionOption,
    PermissionRequest,
    SessionInfo,
    SessionUpdate,
)


class SessionScreen(Protocol):
    """What the controller shows; called in the event loop, must not block."""

    def show_connection(self, state: ConnectionState) -> None:
        """Show where the connection stands."""
        ...

    def show_sessions(self, sessions: Sequence[SessionInfo], current: str | None) -> None:
        """Show the past conversations, newest first."""
        ...

    def clear_conversation(self) -> None:
        """Forget what is shown of the conversation."""
        ...

    def begin_replay(self, *, known: bool) -> None:
        """What comes until `end_replay` is old; `known`: it was on the screen until now."""
        ...

    def end_replay(self, session_id: str | None) -> None:
        """All that is old has come; which conversation it is, None if it was on the screen before."""
        ...

    def apply_update(self, update: SessionUpdate) -> None:
        """Show what happened in the conversation."""
        ...

    def end_turn(self) -> None:
        """No more of the open answer comes."""
        ...

    def show_prompt(self, prompt_id: str, text: str) -> None:
        """Show what the person just said."""
        ...

    def mark_waiting(self, prompt_ids: Sequence[str]) -> None:
        """Mark these prompts as not yet sent, and all others as sent."""
        ...

    def show_busy(self, busy: bool) -> None:
        """Tell whether something runs that can be stopped."""
        ...

    def show_question(self, plan_id: str, request: PermissionRequest) -> None:
        """Show a card for a question that comes without a plan."""
        ...

    def end_question(self, plan_id: str, request: PermissionRequest, picked: PermissionOption | None) -> None:
        """Show on that card how the question ended."""
        ...

    def ask_permission(self, plan_id: str) -> None:
        """Make the card's buttons answer a question that waits."""
        ...

    def withdraw_permission(self, plan_id: str) -> None:
        """The question is no longer asked."""
        ...

    def show_waiting_elsewhere(self, session_id: str | None) -> None:
        """Tell that another conversation waits for an answer; None: no longer."""
        ...

    def show_answer_error(self, message: Message) -> None:
        """Show an error as an answer in the conversation."""
        ...

    def show_problem(self, message: Message) -> None:
        """Show an error that belongs to no answer."""
        ...

    def restore_words(self, text: str) -> None:
        """Give words back to the input that could not be sent."""
        ...

    def show_level(self, level: str) -> None:
        """The assistant changed the level because the person asked for it."""
        ...

    def show_slash_commands(self, commands: Sequence[AvailableCommand]) -> None:
        """Offer these slash commands."""
        ...

    def show_host(self, host: HostCard) -> None:
        """Show what was found on this computer."""
        ...

    def history_in_sight(self) -> bool:
        """Tell whether the person looks at the history."""
        ...

    def show_journal(self, journal: JournalResponse) -> None:
        """Show the history."""
        ...

    def show_journal_problem(self, message: Message) -> None:
        """Show why there is no history to see."""
        ...


class SessionMemory(Protocol):
    """Remembers which conversation was open last."""

    def last_session(self) -> str:
        """Return its id, or an empty text."""
        ...

    def remember_session(self, session_id: str) -> None:
        """Keep the id."""
        ...
