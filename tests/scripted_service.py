"""An assistant that follows a script: it streams, plans, asks, hangs, and fails, by the words it is told.

It has no understanding and no Nix; it is there to exercise a server and a window.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from fluent.runtime import FluentBundle, FluentResource

from nixforhumanity.assistant.service import Audience
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.resources import resource
from nixforhumanity.core.text import Message
from nixforhumanity.protocol import cards
from nixforhumanity.protocol import messages as m

MODES = m.SessionModeState(
    current_mode_id="beginner",
    available_modes=[
        m.SessionMode(id="beginner", name="Beginner", description="Everything is explained."),
        m.SessionMode(id="expert", name="Expert"),
    ],
)
OPTIONS = [
    m.ConfigOption(
        id="style",
        name="Style",
        current_value="friendly",
        options=[
            m.ConfigChoice(value="friendly", name="Friendly"),
            m.ConfigChoice(value="minimal", name="Minimal", description="Few words."),
        ],
    )
]
PERMISSION_OPTIONS = [
    m.PermissionOption(option_id="allow", name="Do it", kind="allow_once"),
    m.PermissionOption(option_id="reject", name="Leave it", kind="reject_once"),
]
SELECTED_TEXT = "you chose: "
LARGE_BYTES = 100_000


@dataclass
class ScriptedSession:
    """A conversation: what was sent, who listens, and what runs."""

    session_id: str
    history: list[m.SessionUpdate] = field(default_factory=list)
    audiences: set[Audience] = field(default_factory=set)
    turns: set["asyncio.Task[object]"] = field(default_factory=set)


class ScriptedService:
    """Implements AssistantService; the first word of a prompt says what happens.

    `say TEXT`, `plan`, `ask`, `hang` (until cancelled), `flood N` (N updates of 100 kB),
    `refuse` (UserError), `crash` (an error that is a bug), `unspeakable` (an answer that cannot be encoded).
    """

    def __init__(self) -> None:
        self.sessions: dict[str, ScriptedSession] = {}
        self.left: list[Audience] = []
        self.cancelled: list[str] = []
        self.outcomes: list[m.Selected | m.Cancelled] = []
        self.parts = {"nix": "ok"}
        self.stopped_with: float | None = None
        self.hanging = asyncio.Event()
        self.withdrawals = 0
        self._bundle = FluentBundle(["en"], use_isolating=False)
        for path in sorted(resource("messages", "en").glob("server.ftl")):
            self._bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))

    # --- sessions -------------------------------------------------------------------------------------

    def leave(self, audience: Audience) -> None:
        self.left.append(audience)
        for session in self.sessions.values():
            session.audiences.discard(audience)

    async def new_session(self, audience: Audience, request: m.NewSessionRequest) -> m.NewSessionResponse:
        session = ScriptedSession(f"session-{len(self.sessions) + 1}")
        self.sessions[session.session_id] = session
        session.audiences.add(audience)
        commands = [
            m.AvailableCommand(name="undo", description="Take back the last change"),
            m.AvailableCommand(
                name="find", description="Look for a program", input=m.CommandInput(hint="what for")
            ),
        ]
        self._tell(session, m.AvailableCommandsUpdate(available_commands=commands))
        return m.NewSessionResponse(session_id=session.session_id, modes=MODES, config_options=OPTIONS)

    async def load_session(
        self, audience: Audience, request: m.LoadSessionRequest, *, replay: bool
    ) -> m.LoadSessionResponse:
        session = self._session(request.session_id)
        session.audiences.add(audience)
        if replay:
            for update in session.history:
                audience.updated(session.session_id, update)
        return m.LoadSessionResponse(modes=MODES, config_options=OPTIONS)

    async def list_sessions(self, request: m.ListSessionsRequest) -> m.ListSessionsResponse:
        return m.ListSessionsResponse(
            sessions=[
                m.SessionInfo(
                    session_id=one, cwd="/", title="About " + one, updated_at="2025-01-02T03:04:05Z"
                )
                for one in reversed(self.sessions)
            ]
        )

    async def delete_session(self, request: m.DeleteSessionRequest) -> None:
        self._session(request.session_id)
        del self.sessions[request.session_id]

    async def set_mode(self, request: m.SetModeRequest) -> None:
        session = self._session(request.session_id)
        self._tell(session, m.CurrentModeUpdate(current_mode_id=request.mode_id))

    async def set_config_option(self, request: m.SetConfigOptionRequest) -> m.SetConfigOptionResponse:
        session = self._session(request.session_id)
        self._tell(session, m.ConfigOptionUpdate(config_options=OPTIONS))
        return m.SetConfigOptionResponse(config_options=OPTIONS)

    # --- turns ----------------------------------------------------------------------------------------

    async def prompt(self, audience: Audience, request: m.PromptRequest) -> m.PromptResponse:
        session = self._session(request.session_id)
        block = request.prompt[0]
        text = block.text if isinstance(block, m.TextBlock) else block.name
        self._tell(session, m.UserMessageChunk(content=m.TextBlock(text=text), message_id="asked"))
        turn = asyncio.ensure_future(self._turn(session, audience, *text.partition(" ")[::2]))
        session.turns.add(turn)
        try:
            await turn
        except asyncio.CancelledError:
            return m.PromptResponse(stop_reason="cancelled")
        finally:
            session.turns.discard(turn)
        return m.PromptResponse(stop_reason="end_turn")

    def cancel(self, session_id: str) -> None:
        self.cancelled.append(session_id)
        for turn in self._session(session_id).turns:
            turn.cancel()

    async def _turn(self, session: ScriptedSession, audience: Audience, verb: str, rest: str) -> None:
        match verb:
            case "say":
                for word in rest.split():
                    self._say(session, word + " ")
            case "plan":
                await self._plan(session, audience)
            case "ask":
                await self._ask(session, audience)
            case "hang":
                self.hanging.set()
                await asyncio.get_running_loop().create_future()
            case "flood":
                for _ in range(int(rest)):
                    self._say(session, "x" * LARGE_BYTES)
            case "refuse":
                raise UserError("port-not-permitted", port=80, free_port=13457)
            case "crash":
                raise ZeroDivisionError("a secret of the person")
            case _:
                self._say(session, "\ud800")

    async def _plan(self, session: ScriptedSession, audience: Audience) -> None:
        step = cards.StepCard(tool_call_id="step-1", title="Install", command="nix-env -iA hello")
        card = cards.PlanCard(
            plan_id="plan-1",
            hash="0" * 64,
            request="install",
            title="Install hello",
            sentence="I will install hello.",
            costs=["200 kB"],
            undo="It can be taken back.",
            undoable=True,
            steps=[step],
            allow_label="Install",
            reject_label="Leave it",
            packages=[cards.PackageChange(name="hello", after="2.12")],
        )
        entry = m.PlanEntry(content="Install hello", priority="medium", status="pending")
        self._tell(session, m.PlanUpdate(entries=[entry], meta={cards.PLAN: card}))
        outcome = await self._ask(session, audience)
        if not isinstance(outcome, m.Selected) or outcome.option_id != "allow":
            return
        progress = cards.Progress(done=1, expected=2, unit="paths", text="1 of 2")
        diff = m.DiffItem(path="/tmp/a.nix", new_text="b", old_text="a")
        command = m.ContentItem(content=m.TextBlock(text="nix-env -iA hello"))
        for update in (
            m.ToolCall(
                tool_call_id="step-1",
                title="Install",
                kind="execute",
                status="pending",
                content=[command, diff],
                locations=[m.ToolLocation(path="/tmp/a.nix", line=1)],
                raw_input={"package": "hello"},
            ),
            m.ToolCallUpdate(tool_call_id="step-1", status="in_progress", meta={cards.PROGRESS: progress}),
            m.ToolCallUpdate(tool_call_id="step-1", status="completed", meta={cards.OUTPUT: ["done"]}),
            m.SessionInfoUpdate(title="Install hello", updated_at="2025-01-02T03:04:05Z"),
        ):
            self._tell(session, update)

    async def _ask(self, session: ScriptedSession, audience: Audience) -> m.Selected | m.Cancelled:
        request = m.PermissionRequest(
            session_id=session.session_id,
            tool_call=m.ToolCallUpdate(tool_call_id="step-1", title="Install", kind="execute"),
            options=PERMISSION_OPTIONS,
            meta={cards.PLAN_ID: "plan-1"},
        )
        try:
            outcome = await audience.ask_permission(request)
        except asyncio.CancelledError:
            self.withdrawals += 1
            raise
        self.outcomes.append(outcome)
        chosen = outcome.option_id if isinstance(outcome, m.Selected) else "nothing"
        self._say(session, SELECTED_TEXT + chosen)
        return outcome

    # --- the rest -------------------------------------------------------------------------------------

    async def journal(self, request: cards.JournalRequest) -> cards.JournalResponse:
        entry = cards.JournalEntry(
            entry_id=1,
            session_id="session-1",
            request="install",
            title="Install hello",
            at="2025-01-02T03:04:05Z",
            state="done",
            state_text="Done.",
            commands=["nix-env -iA hello"],
        )
        return cards.JournalResponse(entries=[entry][: request.limit])

    async def undo(self, audience: Audience, request: cards.UndoRequest) -> None:
        self._session(request.session_id)

    async def host(self) -> cards.HostCard:
        return cards.HostCard(
            kind="practice", nix_version="2.8", profile_kind="nix-env", installed=3, sentences=["Practice."]
        )

    def text(self, message: Message) -> str:
        found = self._bundle.get_message(message.id)
        assert found.value is not None
        values = {name.replace("_", "-"): value for name, value in message.parameters.items()}
        words, errors = self._bundle.format_pattern(found.value, values)
        assert not errors, errors
        return str(words)

    def checks(self) -> Mapping[str, str]:
        return self.parts

    async def stop(self, grace_seconds: float) -> None:
        self.stopped_with = grace_seconds
        turns = [turn for session in self.sessions.values() for turn in session.turns]
        for turn in turns:
            turn.cancel()
        await asyncio.gather(*turns, return_exceptions=True)

    def _session(self, session_id: str) -> ScriptedSession:
        if session_id not in self.sessions:
            raise UserError("inherited-socket-unusable", name=session_id)
        return self.sessions[session_id]

    def _say(self, session: ScriptedSession, text: str) -> None:
        self._tell(session, m.AgentMessageChunk(content=m.TextBlock(text=text), message_id="answer"))

    def _tell(self, session: ScriptedSession, update: m.SessionUpdate) -> None:
        session.history.append(update)
        for audience in session.audiences:
            audience.updated(session.session_id, update)
