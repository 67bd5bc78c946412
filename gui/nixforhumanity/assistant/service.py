"""What a server needs of the assistant: one call for each method of the wire."""

from collections.abc import Mapping
from typing import Protocol

from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import HostCard, JournalRequest, JournalResponse, UndoRequest
from nixforhumanity.protocol.messages import (
    Cancelled,
    DeleteSessionRequest,
    ListSessionsRequest,
    ListSessionsResponse,
    LoadSessionRequest,
    LoadSessionResponse,
    NewSessionRequest,
    NewSessionResponse,
    PermissionRequest,
    PromptRequest,
    PromptResponse,
    Selected,
    SessionUpdate,
    SetConfigOptionRequest,
    SetConfigOptionResponse,
    SetModeRequest,
)
from nixforhumanity.protocol.own_words import (
    ChangeOwnPhraseRequest,
    LearnOwnWordsRequest,
    MeaningsResponse,
    OwnPhraseCard,
    OwnPhraseRequest,
    OwnPhrasesRequest,
    OwnWordsResponse,
)


class Audience(Protocol):
    """One connected client, as the assistant sees it. No call may block or raise."""

    def updated(self, session_id: str, update: SessionUpdate) -> None:
        """Take news of a session that this client has open."""
        ...

    async def caught_up(self) -> None:
        """Wait until the client has taken most of what it was sent; at once when it is gone."""
        ...

    def own_words_changed(self) -> None:
        """Take note that the person's own words are others now; told to those who asked for them."""
        ...

    async def ask_permission(self, request: PermissionRequest) -> Selected | Cancelled:
        """Ask the person; Cancelled when the client is gone. Cancelling this call withdraws the question."""
        ...


class AssistantService(Protocol):
    """The assistant behind a server. Errors for a person are UserError."""

    def leave(self, audience: Audience) -> None:
        """Forget a client that is gone; what it started goes on."""
        ...

    async def new_session(self, audience: Audience, request: NewSessionRequest) -> NewSessionResponse:
        """Begin a conversation; the client then has it open."""
        ...

    async def load_session(
        self, audience: Audience, request: LoadSessionRequest, *, replay: bool
    ) -> LoadSessionResponse:
        """Open a past conversation; with `replay` its updates are sent before this returns."""
        ...

    async def list_sessions(self, request: ListSessionsRequest) -> ListSessionsResponse:
        """Return past conversations, newest first."""
        ...

    async def delete_session(self, request: DeleteSessionRequest) -> None:
        """Delete a conversation; its journal entries stay."""
        ...

    async def prompt(self, audience: Audience, request: PromptRequest) -> PromptResponse:
        """Carry out one turn. May be called again for the same session before the first has ended.

        A prompt whose `_meta` id was taken before is not carried out again: the call ends when the first has.
        """
        ...

    def cancel(self, session_id: str) -> None:
        """Stop whatever runs or waits in that session."""
        ...

    async def set_mode(self, request: SetModeRequest) -> None:
        """Change the level."""
        ...

    async def set_config_option(self, request: SetConfigOptionRequest) -> SetConfigOptionResponse:
        """Change level or language of the session."""
        ...

    async def journal(self, request: JournalRequest) -> JournalResponse:
        """Return what was changed, and the generations."""
        ...

    async def undo(self, audience: Audience, request: UndoRequest) -> None:
        """Show the undo card in the session; it asks before anything happens."""
        ...

    async def own_words(self, audience: Audience) -> OwnWordsResponse:
        """Return the person's own words; the client is told from now on when they change."""
        ...

    async def own_words_meanings(self, request: OwnPhraseRequest) -> MeaningsResponse:
        """Return what a phrase can be made to mean."""
        ...

    async def change_own_words(self, request: ChangeOwnPhraseRequest) -> OwnPhraseCard:
        """Change a phrase."""
        ...

    async def delete_own_words(self, request: OwnPhrasesRequest) -> None:
        """Delete phrases."""
        ...

    async def restore_own_words(self, request: OwnPhrasesRequest) -> None:
        """Bring deleted phrases back."""
        ...

    async def learn_own_words(self, request: LearnOwnWordsRequest) -> None:
        """Learn new phrases, or do not."""
        ...

    async def host(self) -> HostCard:
        """Return what was found on this computer."""
        ...

    def text(self, message: Message) -> str:
        """Return the words of a message in the person's language."""
        ...

    def checks(self) -> Mapping[str, str]:
        """Return the state of each part for `/health`: `ok` or what is wrong, in a few words."""
        ...

    async def stop(self, grace_seconds: float) -> None:
        """Finish the running step, or stop it after the grace and record what became of it."""
        ...
