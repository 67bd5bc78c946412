"""An assistant that says what a test tells it to say: fulfils `AssistantConnection` without a server."""

import asyncio
from collections.abc import Callable

from nixforhumanity.client.interface import (
    ClientListener,
    ConnectionPhase,
    ConnectionState,
    ServerPlace,
)
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import (
    PLAN,
    PLAN_ID,
    PROMPT_ID,
    GenerationCard,
    HostCard,
    JournalEntry,
    JournalResponse,
    PackageChange,
    PlanCard,
    StepCard,
)
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    AvailableCommand,
    AvailableCommandsUpdate,
    Cancelled,
    ConfigChoice,
    ConfigOption,
    ConfigOptionUpdate,
    CurrentModeUpdate,
    PermissionOption,
    PermissionRequest,
    PlanEntry,
    PlanUpdate,
    Selected,
    SessionInfo,
    SessionUpdate,
    StopReason,
    TextBlock,
    ToolCallUpdate,
    UserMessageChunk,
)

ADDRESS = "127.0.0.1:3457"


def connected(place: ServerPlace = ServerPlace.EMBEDDED) -> ConnectionState:
    """Return the state of a working connection."""
    return ConnectionState(ConnectionPhase.CONNECTED, place, ADDRESS)


def lost(seconds: float = 2) -> ConnectionState:
    """Return the state of a connection that broke and comes back."""
    return ConnectionState(ConnectionPhase.WAITING, ServerPlace.EMBEDDED, ADDRESS, retry_seconds=seconds)


def port_taken(free: int | None = 3460) -> ConnectionState:
    """Return the state of a server that found its port taken."""
    return ConnectionState(
        ConnectionPhase.FAILED,
        ServerPlace.EMBEDDED,
        ADDRESS,
        problem=Message("server-port-taken", {"port": 3457, "owner": "python3"}),
        detail="listening on 127.0.0.1:3457\naddress already in use",
        free_port=free,
    )


def plan_card(plan_id: str = "p1", **changes: object) -> PlanCard:
    """Return the card of installing GIMP."""
    values: dict[str, object] = {
        "plan_id": plan_id,
        "hash": "00",
        "request": "install_package",
        "title": "Install GIMP for you",
        "sentence": "Adds GIMP 3.0 to your programs. Nothing else changes.",
        "costs": ["Download about 110 MB."],
        "undo": "You can undo this.",
        "undoable": True,
        "steps": [StepCard(tool_call_id="t1", title="Install gimp", command="nix-env -iA nixpkgs.gimp")],
        "allow_label": "Install",
        "reject_label": "Not now",
        "packages": [PackageChange(name="gimp", after="3.0.4")],
    }
    return PlanCard(**{**values, **changes})  # type: ignore[arg-type]


def sample_journal() -> JournalResponse:
    """Return a history of two changes and three generations."""
    return JournalResponse(
        entries=[
            JournalEntry(
                entry_id=7,
                session_id="s1",
                request="install_package",
                title="Install GIMP",
                at="2026-11-24T09:30:00Z",
                state="done",
                state_text="GIMP is installed.",
                commands=["nix-env -iA nixpkgs.gimp"],
                packages=[PackageChange(name="gimp", after="3.0.4")],
                can_undo=True,
                generation=12,
            ),
            JournalEntry(
                entry_id=6,
                session_id="s1",
                request="garbage_collect",
                title="Clean up",
                at="2026-11-23T18:00:00Z",
                state="failed",
                state_text="The disk was full; nothing was removed.",
                commands=["nix-collect-garbage"],
                can_undo=False,
                undo_reason="Nothing was changed.",
            ),
        ],
        generations=[
            GenerationCard(
                number=12,
                at="2026-11-24T09:30:05Z",
                current=True,
                packages=[PackageChange(name="gimp", after="3.0.4")],
            ),
            GenerationCard(
                number=11,
                at="2026-11-20T12:00:00Z",
                current=False,
                packages=[PackageChange(name="firefox", before="144.0", after="145.0")],
            ),
        ],
    )


class FakeConnection:
    """A connection whose other end is the test: everything asked of it is written down in `calls`."""

    def __init__(self, listener: ClientListener, *, sessions: list[SessionInfo] | None = None) -> None:
        self.listener = listener
        self.calls: list[tuple[object, ...]] = []
        self.sent: list[tuple[str, str, str]] = []
        self.known = sessions or []
        self.replays: dict[str, list[SessionUpdate]] = {}
        self.journal_answer: JournalResponse | UserError = sample_journal()
        self.limits: list[int] = []
        self.refusal: UserError | None = None
        self.host_refusal: UserError | None = None
        self.outbox: list[str] = []
        self.chosen: dict[str, str] = {}
        self.on_prompt: Callable[[str, str, str], None] | None = None
        self._state = ConnectionState(ConnectionPhase.CONNECTING, ServerPlace.EMBEDDED, ADDRESS)
        self._made = 0
        self._questions: set[asyncio.Task[Selected | Cancelled]] = set()

    # --- what the test does --------------------------------------------------------------------------

    def become(self, state: ConnectionState) -> None:
        """Change the connection, and send what waited when it works."""
        self._state = state
        if state.phase is ConnectionPhase.CONNECTED:
            self.outbox.clear()
        self.listener.connection_changed(state)

    def update(self, update: SessionUpdate, session_id: str | None = None) -> None:
        """Let something happen in a session (the newest one)."""
        self.listener.session_updated(session_id or self.known[0].session_id, update)

    def say(self, text: str, session_id: str | None = None, message_id: str = "m1") -> None:
        """Answer."""
        self.update(AgentMessageChunk(content=TextBlock(text=text), message_id=message_id), session_id)

    def show_plan(self, card: PlanCard, session_id: str | None = None) -> None:
        """Show a plan card."""
        entries = [PlanEntry(content=step.title, priority="medium", status="pending") for step in card.steps]
        self.update(PlanUpdate(entries=entries, meta={PLAN: _plain(card)}), session_id)

    def end(self, prompt_id: str, reason: StopReason | Message = "end_turn") -> None:
        """End the turn of a prompt."""
        session_id = next(session for session, known, _ in self.sent if known == prompt_id)
        self.listener.prompt_ended(session_id, prompt_id, reason)

    def ask(self, plan_id: str = "p1", session_id: str | None = None) -> asyncio.Task[Selected | Cancelled]:
        """Ask for permission; the task's result is the answer, cancelling it withdraws the question."""
        request = PermissionRequest(
            session_id=session_id or self.known[0].session_id,
            tool_call=ToolCallUpdate(tool_call_id="t1"),
            options=[
                PermissionOption(option_id="yes", name="Install", kind="allow_once"),
                PermissionOption(option_id="no", name="Not now", kind="reject_once"),
            ],
            meta={PLAN_ID: plan_id},
        )
        task = asyncio.get_running_loop().create_task(self._asked(request))
        self._questions.add(task)
        task.add_done_callback(self._questions.discard)
        return task

    @property
    def asks(self) -> bool:
        """Whether a question is open."""
        return bool(self._questions)

    def withdraw_all(self) -> None:
        """Take every open question back."""
        for task in self._questions:
            task.cancel()

    async def _asked(self, request: PermissionRequest) -> Selected | Cancelled:
        return await self.listener.permission_requested(request)

    def offer_commands(self, *names: str) -> None:
        """Make slash commands known."""
        commands = [AvailableCommand(name=name, description=f"what {name} does") for name in names]
        self.update(AvailableCommandsUpdate(available_commands=commands))

    def offer_options(self) -> None:
        """Say what can be chosen in the newest session, and what is chosen."""
        choices = {"style": ("friendly", "minimal"), "language": ("en",)}
        options = [
            ConfigOption(
                id=option,
                name=option,
                current_value=self.chosen.get(option, values[0]),
                options=[ConfigChoice(value=value, name=value) for value in values],
            )
            for option, values in choices.items()
        ]
        self.update(ConfigOptionUpdate(config_options=options))

    def change_level(self, level: str) -> None:
        """Say that the level is another one now."""
        self.update(CurrentModeUpdate(current_mode_id=level))

    # --- AssistantConnection -------------------------------------------------------------------------

    @property
    def state(self) -> ConnectionState:
        """Return where the connection stands."""
        return self._state

    async def start(self) -> None:
        """Connect at once."""
        self.calls.append(("start",))
        self.become(connected())

    async def stop(self) -> None:
        """Disconnect."""
        self.calls.append(("stop",))
        self.become(ConnectionState(ConnectionPhase.STOPPED, ServerPlace.EMBEDDED, ADDRESS))

    async def retry_now(self) -> None:
        """Connect at once."""
        self.calls.append(("retry",))
        self.become(connected())

    async def restart(self) -> None:
        """Note it, and connect at once."""
        self.calls.append(("restart",))
        self.become(connected())

    async def new_session(self) -> str:
        """Make a session."""
        self._raise_refusal()
        self._made += 1
        session_id = f"new{self._made}"
        self.calls.append(("new", session_id))
        self.known.insert(0, SessionInfo(session_id=session_id, cwd="/"))
        return session_id

    async def open_session(self, session_id: str) -> None:
        """Replay a session."""
        self._raise_refusal()
        self.calls.append(("open", session_id))
        self.listener.session_reset(session_id)
        for update in self.replays.get(session_id, []):
            self.listener.session_updated(session_id, update)

    async def list_sessions(self) -> list[SessionInfo]:
        """List what is known."""
        return list(self.known)

    async def delete_session(self, session_id: str) -> None:
        """Forget one."""
        self._raise_refusal()
        self.calls.append(("delete", session_id))
        self.known = [one for one in self.known if one.session_id != session_id]

    def send_prompt(self, session_id: str, text: str) -> str:
        """Take words; they wait while the connection does not work."""
        self._raise_refusal()
        prompt_id = f"prompt{len(self.sent) + 1}"
        self.sent.append((session_id, prompt_id, text))
        if self._state.phase is not ConnectionPhase.CONNECTED:
            self.outbox.append(prompt_id)
        elif self.on_prompt is not None:
            asyncio.get_running_loop().call_soon(self.on_prompt, session_id, prompt_id, text)
        return prompt_id

    def echo(self, session_id: str, prompt_id: str, text: str) -> None:
        """Send a prompt back, as the server does."""
        chunk = UserMessageChunk(content=TextBlock(text=text), meta={PROMPT_ID: prompt_id})
        self.listener.session_updated(session_id, chunk)

    def waiting_prompts(self, session_id: str) -> tuple[str, ...]:
        """Return what waits."""
        return tuple(self.outbox)

    def cancel(self, session_id: str) -> None:
        """Note it; the turn ends when the test says so."""
        self.calls.append(("cancel", session_id))

    async def set_mode(self, session_id: str, level: str) -> None:
        """Note it."""
        self.calls.append(("mode", session_id, level))

    async def set_config_option(self, session_id: str, option: str, value: str) -> None:
        """Note it, and say that it is so."""
        self.calls.append(("option", session_id, option, value))
        self.chosen[option] = value
        self.offer_options()

    async def journal(self, limit: int = 100, before: int | None = None) -> JournalResponse:
        """Return the newest of the history, or fail."""
        self.limits.append(limit)
        if isinstance(self.journal_answer, UserError):
            raise self.journal_answer
        answer = self.journal_answer
        return JournalResponse(entries=answer.entries[:limit], generations=answer.generations[:limit])

    async def undo(self, session_id: str, entry_id: int | None = None) -> None:
        """Note it."""
        self.calls.append(("undo", session_id, entry_id))

    async def host(self) -> HostCard:
        """Return a Debian with Nix, or fail."""
        if self.host_refusal is not None:
            raise self.host_refusal
        return HostCard(
            kind="other-linux",
            nix_version="2.8.0",
            profile_kind="nix-env",
            installed=4,
            sentences=["This is Debian with Nix 2.8.", "You have 4 programs from Nix."],
        )

    def _raise_refusal(self) -> None:
        if self.refusal is not None:
            raise self.refusal


def _plain(card: PlanCard) -> object:
    import msgspec

    return msgspec.to_builtins(card)
