"""What a window or a terminal sees of the connection to the assistant."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import HostCard, JournalResponse
from nixforhumanity.protocol.messages import (
    Cancelled,
    PermissionRequest,
    Selected,
    SessionInfo,
    SessionUpdate,
    StopReason,
)


class ConnectionPhase(Enum):
    """Where a connection stands."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    WAITING = "waiting"
    """Lost or refused; tries again by itself."""
    FAILED = "failed"
    """Needs the person: see `problem`."""
    STOPPED = "stopped"


class ServerPlace(Enum):
    """Which server the person chose."""

    EMBEDDED = "embedded"
    RUNNING = "running"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """What the header shows of the connection."""

    phase: ConnectionPhase
    place: ServerPlace
    address: str = ""
    """`127.0.0.1:3457`, or the remote URL."""
    retry_seconds: float | None = None
    problem: Message | None = None
    """Why it does not work, and what to do."""
    detail: str = ""
    """The end of the embedded server's log, when it failed."""
    free_port: int | None = None
    """A free port to offer, when the configured one is taken by something else."""
    silent: bool = False
    """The server is there and has not answered for a second or more."""
    restartable: bool = False
    """It was started by this window; offer to start it anew when it has been silent for long."""


class ClientListener(Protocol):
    """Is told what arrives; called in the event loop of the client."""

    def connection_changed(self, state: ConnectionState) -> None:
        """The connection changed."""
        ...

    def session_updated(self, session_id: str, update: SessionUpdate) -> None:
        """Something happened in an open session."""
        ...

    def session_reset(self, session_id: str) -> None:
        """The whole session follows at once (it was loaded, or again after a break): forget what is shown."""
        ...

    def prompt_ended(self, session_id: str, prompt_id: str, reason: StopReason | Message) -> None:
        """A prompt's turn has ended, or failed with an error for the person."""
        ...

    async def permission_requested(self, request: PermissionRequest) -> Selected | Cancelled:
        """Ask the person. The call is cancelled when the question is withdrawn."""
        ...


class AssistantConnection(Protocol):
    """A connection that comes back by itself. Errors for a person are UserError."""

    @property
    def state(self) -> ConnectionState:
        """Return where the connection stands."""
        ...

    async def start(self) -> None:
        """Begin to connect, and keep connected."""
        ...

    async def stop(self) -> None:
        """Disconnect for good; the embedded server ends when nobody needs it any more."""
        ...

    async def retry_now(self) -> None:
        """Try again at once, also after FAILED."""
        ...

    async def restart(self) -> None:
        """End the embedded server, whatever it does, and start it anew."""
        ...

    async def new_session(self) -> str:
        """Begin a conversation and return its id."""
        ...

    async def open_session(self, session_id: str) -> None:
        """Load a past conversation: `session_reset`, then its updates; neither when it cannot be loaded."""
        ...

    async def list_sessions(self) -> list[SessionInfo]:
        """Return past conversations, newest first."""
        ...

    async def delete_session(self, session_id: str) -> None:
        """Delete a conversation."""
        ...

    def send_prompt(self, session_id: str, text: str) -> str:
        """Send words, or keep them in the outbox until connected; return the prompt's id."""
        ...

    def waiting_prompts(self, session_id: str) -> tuple[str, ...]:
        """Return the ids of prompts that wait in the outbox."""
        ...

    def cancel(self, session_id: str) -> None:
        """Stop what runs or waits in the session."""
        ...

    async def set_mode(self, session_id: str, level: str) -> None:
        """Change the level."""
        ...

    async def set_config_option(self, session_id: str, option: str, value: str) -> None:
        """Change level or language of the session."""
        ...

    async def journal(self, limit: int = 100, before: int | None = None) -> JournalResponse:
        """Return what was changed, and the generations."""
        ...

    async def undo(self, session_id: str, entry_id: int | None = None) -> None:
        """Show the undo card in the session."""
        ...

    async def host(self) -> HostCard:
        """Return what was found on this computer."""
        ...
