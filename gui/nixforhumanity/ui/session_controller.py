"""What happens between the connection and the window: which conversation is open, what waits, what is asked.

Knows no Qt: it calls a `SessionScreen`, and the window calls it.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from nixforhumanity.client.interface import AssistantConnection, ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import PROMPT_ID
from nixforhumanity.protocol.messages import (
    AvailableCommandsUpdate,
    Cancelled,
    ConfigOptionUpdate,
    CurrentModeUpdate,
    PermissionRequest,
    Selected,
    SessionInfo,
    SessionInfoUpdate,
    SessionUpdate,
    StopReason,
    UserMessageChunk,
)
from nixforhumanity.ui.changes_under_way import ChangesUnderWay
from nixforhumanity.ui.connection_test import ConnectionTest, TestScreen
from nixforhumanity.ui.open_questions import OpenQuestions
from nixforhumanity.ui.session_preferences import SessionPreferences, Told
from nixforhumanity.ui.session_screen import SessionMemory, SessionScreen
from nixforhumanity.ui.session_titles import retitle

UNDO_PROMPT = "undo"
"""What is said for the person who presses undo; the answer is a card, nothing more."""
GO_BACK_PROMPT = "switch to generation {number}"


class SessionController:
    """Keeps one conversation on the screen; a `ClientListener`."""

    def __init__(self, screen: SessionScreen, memory: SessionMemory, tasks: BackgroundTasks) -> None:
        self._screen = screen
        self._memory = memory
        self._tasks = tasks
        self._connection: AssistantConnection | None = None
        self._current: str | None = None
        self._wanted: str | None = None
        """The conversation that was picked and has not come yet."""
        self._opening = False
        self._replaying = False
        """Whether the conversation on the screen comes again after a break."""
        self._home = ""
        self._history_limit = 100
        self._server: tuple[ConnectionPhase, ServerPlace, str] | None = None
        self._test = ConnectionTest(tasks)
        self._preferences = SessionPreferences(self._told_now, self._start, screen.show_level)
        self._sessions: list[SessionInfo] = []
        self._unsent: list[str] = []
        self._running: dict[str, set[str]] = {}
        self._received: set[str] = set()
        """Prompts that the assistant has shown as heard: they do not wait to be sent, even if said again."""
        self._said_something: set[str] = set()
        self.questions = OpenQuestions(screen, lambda: self._current)
        self.changes = ChangesUnderWay()
        self._deletions: set[asyncio.Task[None]] = set()

    @property
    def current_session(self) -> str | None:
        """The id of the conversation on the screen."""
        return self._current

    @property
    def sessions(self) -> Sequence[SessionInfo]:
        """The past conversations as last heard, newest first."""
        return self._sessions

    @property
    def busy(self) -> bool:
        """Whether a turn of the conversation on the screen has not ended."""
        return bool(self._current and self._running.get(self._current))

    # --- the connection ------------------------------------------------------------------------------

    def attach(self, connection: AssistantConnection) -> None:
        """Use this connection from now on; whatever belonged to another is forgotten."""
        self.questions.drop_all()
        self._connection = self.changes.connection = connection
        self._server = None
        self._forget()

    def _forget(self) -> None:
        self._current = self._wanted = None
        self._preferences.forget()
        self._running.clear()
        self._said_something.clear()
        self.changes.forget()
        self._sessions = []
        self._screen.clear_conversation()
        self._screen.show_sessions([], None)
        self._screen.show_busy(False)
        for number, text in enumerate(self._unsent, 1):
            self._screen.show_prompt(f"unsent-{number}", text)
        self._mark_waiting()

    def connection_changed(self, state: ConnectionState) -> None:
        """Show it, and open a conversation as soon as there is a connection."""
        self._screen.show_connection(state)
        self._test.phase_changed(state.phase)
        before, self._server = self._server, (state.phase, state.place, state.address)
        if state.phase is ConnectionPhase.CONNECTED and before != self._server:
            home = state.address if state.place is ServerPlace.REMOTE else "local"
            if self._home not in {"", home}:
                self._forget()
            if self._replaying:
                self._end_replay()
            self._home = home
            self._start(self._connected(), "after connecting")
        self._mark_waiting()

    def test_connection(self, screen: TestScreen) -> None:
        """Try the connection, with the settings of now."""
        if self._connection is not None:
            self._test.run(self._connection, screen)

    def retry(self) -> None:
        """Try to connect at once."""
        self._call(lambda connection: connection.retry_now(), "retry")

    def restart_server(self) -> None:
        """Start the embedded server anew."""
        self._call(lambda connection: connection.restart(), "restart")

    async def _connected(self) -> None:
        connection = self._connection
        assert connection is not None
        if self._current is None and not self._opening:
            self._opening = True
            try:
                await self._open_first(connection)
            finally:
                self._opening = False
        elif self._current is not None:
            self._preferences.tell_all()  # what was changed while there was no connection
            self.questions.ask_again(self._current)
        await self._refresh_sessions()
        if self._screen.history_in_sight():
            self.load_history()
        self._screen.show_host(await connection.host())

    async def _open_first(self, connection: AssistantConnection) -> None:
        self._sessions = await connection.list_sessions()
        known = [session.session_id for session in self._sessions]
        last = self._memory.last_session()
        if last in known:
            try:
                await self._open(connection, last)
            except UserError as error:
                self._screen.show_problem(error.message)
        if self._current is None:
            await self._begin(connection)

    # --- conversations -------------------------------------------------------------------------------

    def new_conversation(self) -> None:
        """Begin a conversation; an empty one that is open already is kept."""
        if self._current is not None and self._current in self._said_something:
            self._call(self._begin, "new conversation")
        elif self._current is None:
            self._screen.clear_conversation()

    async def finish(self, patience_seconds: float) -> None:
        """Wait a little for deletions; the next window opens the conversation in which a change goes on."""
        if self.changes.all:
            self._memory.remember_session(self.changes.all[-1].session_id)
        if self._deletions:
            await asyncio.wait(self._deletions, timeout=patience_seconds)

    def open_conversation(self, session_id: str) -> None:
        """Show a past conversation."""
        if session_id == self._current:
            self._wanted = None
        elif session_id != self._wanted:
            self._wanted = session_id
            self._call(lambda connection: self._open(connection, session_id), "open conversation")

    def delete_conversation(self, session_id: str) -> None:
        """Delete a conversation for good; when it is on the screen, another one is shown."""
        if self._connection is None:
            return
        work = self._telling(self._delete(self._connection, session_id))
        task = self._tasks.start(work, name="delete conversation")
        self._deletions.add(task)
        task.add_done_callback(self._deletions.discard)

    async def _begin(self, connection: AssistantConnection) -> None:
        session_id = await connection.new_session()
        self._show(session_id)
        self._preferences.tell_all()
        self._send_unsent()
        self._screen.show_host(await connection.host())  # what is installed may be another since the start
        await self._refresh_sessions()

    async def _open(self, connection: AssistantConnection, session_id: str) -> None:
        self._wanted, was_opening = session_id, self._opening
        self._opening = True
        try:
            await connection.open_session(session_id)
        except UserError:
            if self._wanted == session_id:
                self._wanted = None
                self._screen.show_sessions(self._sessions, self._current)
            raise
        finally:
            self._opening = was_opening
        if self._current != session_id:
            return  # another one was picked meanwhile
        if not self.busy:
            self._screen.end_turn()
        self._screen.end_replay(session_id)
        self._preferences.tell_all()
        self._send_unsent()
        self.questions.ask_again(session_id)

    async def _delete(self, connection: AssistantConnection, session_id: str) -> None:
        await connection.delete_session(session_id)
        self._sessions = [one for one in self._sessions if one.session_id != session_id]
        self._running.pop(session_id, None)
        if session_id == self._current:
            if self._sessions:
                await self._open(connection, self._sessions[0].session_id)
            else:
                await self._begin(connection)
        self._screen.show_sessions(self._sessions, self._current)

    def _show(self, session_id: str) -> None:
        self._current, self._wanted = session_id, None
        self._preferences.forget()
        if self._connection is not None and (waiting := self._connection.waiting_prompts(session_id)):
            self._running.setdefault(session_id, set()).update(waiting)
        self._memory.remember_session(session_id)
        self._screen.clear_conversation()
        self._screen.show_sessions(self._sessions, session_id)
        self._screen.show_busy(self.busy)
        self.questions.show_elsewhere()

    async def _refresh_sessions(self) -> None:
        if self._connection is not None:
            self._sessions = await self._connection.list_sessions()
            self._screen.show_sessions(self._sessions, self._current)

    # --- what the person says ------------------------------------------------------------------------

    def send(self, text: str) -> None:
        """Say these words in the conversation on the screen; they wait while there is none."""
        if self._connection is None or self._current is None:
            self._unsent.append(text)
            waiting_id = f"unsent-{len(self._unsent)}"
            self._screen.show_prompt(waiting_id, text)
            self._mark_waiting()
            return
        session_id = self._current
        try:
            prompt_id = self._connection.send_prompt(session_id, text)
        except UserError as error:
            self._screen.restore_words(text)
            self._screen.show_problem(error.message)
            return
        self._said_something.add(session_id)
        self._running.setdefault(session_id, set()).add(prompt_id)
        self._screen.show_prompt(prompt_id, text)
        self._screen.show_busy(True)
        self._mark_waiting()

    def stop(self) -> None:
        """Stop what runs or waits in the conversation on the screen."""
        if self._connection is not None and self._current is not None:
            self._connection.cancel(self._current)

    def ask_undo(self, entry_id: int | None = None) -> None:
        """Ask for the card that undoes a change: the last one, or one of the history."""
        if entry_id is None:
            self.send(UNDO_PROMPT)
        elif (session_id := self._current) is not None:
            self._call(lambda connection: connection.undo(session_id, entry_id), "undo")

    def ask_go_back(self, generation: int) -> None:
        """Ask for the card that goes back to a generation."""
        self.send(GO_BACK_PROMPT.format(number=generation))

    def prefer(self, option: str, value: str) -> None:
        """Keep the level, style or language of the person, and tell the open conversation."""
        self._preferences.prefer(option, value)

    def _told_now(self) -> Told | None:
        connection, session_id = self._connection, self._current
        if connection is None or session_id is None:
            return None
        return (connection, session_id) if connection.state.phase is ConnectionPhase.CONNECTED else None

    def _send_unsent(self) -> None:
        words, self._unsent = self._unsent, []
        if words:
            self._screen.mark_waiting(())
        for text in words:
            self.send(text)

    def _mark_waiting(self) -> None:
        unsent = tuple(f"unsent-{number}" for number in range(1, len(self._unsent) + 1))
        if self._connection is not None and self._current is not None:
            waiting = self._connection.waiting_prompts(self._current)
            unsent += tuple(one for one in waiting if one not in self._received)
        self._screen.mark_waiting(unsent)

    # --- what arrives --------------------------------------------------------------------------------

    def session_updated(self, session_id: str, update: SessionUpdate) -> None:
        """Show it when it belongs to the conversation on the screen."""
        self.changes.hear(session_id, update)
        if isinstance(update, UserMessageChunk) and isinstance(
            known := (update.meta or {}).get(PROMPT_ID), str
        ):
            self._received.add(known)
        if isinstance(update, SessionInfoUpdate):
            self._retitle(session_id, update)
        if isinstance(update, AvailableCommandsUpdate):  # a new session tells them before its name is known
            self._screen.show_slash_commands(update.available_commands)
        elif session_id != self._current:
            return
        elif isinstance(update, CurrentModeUpdate):
            self._preferences.hear_level(update.current_mode_id)
        elif isinstance(update, ConfigOptionUpdate):
            self._preferences.hear_options(update.config_options)
        else:
            self._screen.apply_update(update)
            self._mark_waiting()

    def session_reset(self, session_id: str) -> None:
        """Forget what is shown: it is about to be sent again."""
        self.changes.forget(session_id)
        if session_id == self._wanted:  # only now: until here the one before was on the screen
            self._show(session_id)
            self._said_something.add(session_id)
            self._screen.begin_replay(known=False)
        elif session_id == self._current:
            self._preferences.forget()
            if not self._opening:
                self._replaying = True
                self._screen.begin_replay(known=True)
            self._screen.clear_conversation()

    def _end_replay(self) -> None:
        self._replaying = False
        if not self.busy:
            self._screen.end_turn()
        self._screen.end_replay(None)

    def prompt_ended(self, session_id: str, prompt_id: str, reason: StopReason | Message) -> None:
        """A turn has ended: nothing of it can be stopped any more."""
        self._running.get(session_id, set()).discard(prompt_id)
        if session_id == self._current:
            self._screen.show_busy(self.busy)
            self._screen.end_turn()
            if isinstance(reason, Message):
                self._screen.show_answer_error(reason)
            self._mark_waiting()
        self._start(self._refresh_sessions(), "conversations")
        if self._screen.history_in_sight():
            self.load_history()

    def _retitle(self, session_id: str, update: SessionInfoUpdate) -> None:
        if retitle(self._sessions, session_id, update):
            self._screen.show_sessions(self._sessions, self._current)
        else:
            self._start(self._refresh_sessions(), "conversations")

    # --- permissions ---------------------------------------------------------------------------------

    async def permission_requested(self, request: PermissionRequest) -> Selected | Cancelled:
        """Ask on the card; when this call is cancelled the question is withdrawn."""
        return await self.questions.ask(request)

    def answer_plan(self, plan_id: str, *, allow: bool) -> None:
        """The person pressed a button of the card."""
        self.questions.answer(plan_id, allow=allow)

    def answer_with(self, plan_id: str, option_id: str) -> None:
        """The person picked an answer that is neither yes nor no."""
        self.questions.answer_with(plan_id, option_id)

    # --- history -------------------------------------------------------------------------------------

    def load_history(self, limit: int = 0) -> None:
        """Ask for so many changes and generations, newest first; 0: as many as before."""
        self._history_limit = limit or self._history_limit
        if self._connection is not None:
            self._tasks.start(self._load_history(self._connection), name="history")

    async def _load_history(self, connection: AssistantConnection) -> None:
        try:
            self._screen.show_journal(await connection.journal(self._history_limit))
        except UserError as error:
            self._screen.show_journal_problem(error.message)

    # --- tasks ---------------------------------------------------------------------------------------

    def _call(self, call: Callable[[AssistantConnection], Coroutine[Any, Any, None]], name: str) -> None:
        if self._connection is not None:
            self._start(call(self._connection), name)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.start(self._telling(work), name=name)

    async def _telling(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except UserError as error:
            self._screen.show_problem(error.message)
