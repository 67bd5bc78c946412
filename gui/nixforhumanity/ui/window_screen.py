"""Shows in the window what the session controller says; a `SessionScreen`."""

from collections.abc import Sequence

import msgspec

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import HostCard, JournalResponse, PlanState
from nixforhumanity.protocol.messages import (
    AvailableCommand,
    PermissionOption,
    PermissionRequest,
    SessionInfo,
    SessionUpdate,
)
from nixforhumanity.settings.declarations import LEVEL
from nixforhumanity.settings.levels import as_level
from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.banner import BannerButton
from nixforhumanity.ui.conversation.bare_question import bare_card, other_options
from nixforhumanity.ui.conversation.items import MessageKind
from nixforhumanity.ui.conversation.looking_up import LookingUp
from nixforhumanity.ui.conversation.session_reducer import SessionReducer
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.sidebar.session_list import ConversationTitle
from nixforhumanity.ui.sidebar.sidebar import Place
from nixforhumanity.ui.window_deletion import ConversationDeletion


class WindowScreen:
    """One conversation, its connection, the list of the others, and the history."""

    def __init__(self, window: MainWindow, deletion: ConversationDeletion) -> None:
        self._window = window
        self._deletion = deletion
        self._model = window.conversation.model
        self._reducer = SessionReducer(self._model)
        self._looking_up = LookingUp(window.conversation.set_activity)
        self._phase: ConnectionPhase | None = None
        self._sessions: tuple[Sequence[SessionInfo], str | None] = ((), None)
        self._elsewhere: str | None = None
        self._busy = False
        self._told: set[str] = set()
        for changed in (
            self._model.plan_state_changed,
            self._model.permission_asked,
            self._model.permission_withdrawn,
            self._model.cleared,
        ):
            changed.connect(self._show_stop)
        deletion.changed.connect(self._show_sessions)

    # --- connection ----------------------------------------------------------------------------------

    def show_connection(self, state: ConnectionState) -> None:
        """Show it in the header, above the conversation when it does not work, and in the settings."""
        self._window.header.pill.show_state(state)
        self._window.header.fit(self._window.width())
        self._window.connection_banner.show_state(state)
        if self._window.settings_made:
            self._window.settings_dialog.server.show_connection(state)
            self._window.settings_dialog.own_words.show_connection(state)
        if state.phase is not self._phase:
            self._phase = state.phase
            announce(self._window, self._window.header.pill.text().strip())

    # --- conversations -------------------------------------------------------------------------------

    def show_sessions(self, sessions: Sequence[SessionInfo], current: str | None) -> None:
        """Show the past conversations, less those that are being deleted."""
        self._sessions = (tuple(sessions), current)
        self._show_sessions()

    def _show_sessions(self) -> None:
        sessions, current = self._sessions
        titles = [
            ConversationTitle(one.session_id, (one.title or "").strip())
            for one in sessions
            if one.session_id not in self._deletion.pending
        ]
        self._window.sidebar.sessions.show_conversations(titles, current)

    def clear_conversation(self) -> None:
        """Forget what is shown of the conversation."""
        self._reducer.reset()
        self._model.clear()

    def begin_replay(self, *, known: bool) -> None:
        """Say nothing of what comes to a screen reader."""
        self._window.conversation.announcer.begin_replay(known=known)

    def end_replay(self, session_id: str | None) -> None:
        """Say in one sentence which conversation this is, or what is new in the one that was known."""
        title = None if session_id is None else self._window.sidebar.sessions.title_of(session_id)
        self._window.conversation.announcer.end_replay(title)

    def apply_update(self, update: SessionUpdate) -> None:
        """Show what happened in the conversation."""
        self._looking_up.hear(update)
        self._reducer.apply(update)

    def end_turn(self) -> None:
        """No more of the open answer comes."""
        self._reducer.end_turn()

    def show_prompt(self, prompt_id: str, text: str) -> None:
        """Show what the person just said, where it was said."""
        if self._window.place is not Place.CONVERSATION:
            self._window.show_place(Place.CONVERSATION)
        self._model.append_person(text, prompt_id=prompt_id)

    def mark_waiting(self, prompt_ids: Sequence[str]) -> None:
        """Mark these prompts as not yet sent, and all others as sent."""
        self._model.mark_waiting(prompt_ids)

    def show_busy(self, busy: bool) -> None:
        """Show Stop in place of Send while something runs; what only waits for an answer does not."""
        self._busy = busy
        if not busy:
            self._looking_up.forget()
        self._show_stop()

    def _show_stop(self) -> None:
        # A plan can run without a turn of ours: another window began it.
        runs = self._model.running_plan() is not None
        waits = self._model.latest_plan(waiting=True) is not None
        self._window.prompt.show_busy(runs or (self._busy and not waits))
        self._window.commands["stop"].action.setEnabled(runs or self._busy)

    def show_answer_error(self, message: Message) -> None:
        """Show an error as an answer in the conversation."""
        self._model.append_answer(self._window.words(message), kind=MessageKind.ERROR)

    def show_problem(self, message: Message) -> None:
        """Show an error that belongs to no answer."""
        text = self._window.words(message)
        self._window.notice.tell(text, tone="error")
        announce(self._window, text)

    def restore_words(self, text: str) -> None:
        """Give words back to the input that could not be sent."""
        self._window.prompt.give_back(text)

    def show_slash_commands(self, commands: Sequence[AvailableCommand]) -> None:
        """Offer these slash commands."""
        self._window.prompt.set_commands(commands)

    def show_host(self, host: HostCard) -> None:
        """Show what was found on this computer."""
        self._window.conversation.set_host_sentences(host.sentences, host.problem, host.problem_detail)
        self._window.conversation.set_examples([(one.request, one.words) for one in host.examples])
        self.show_notices(host.notices)

    def show_notices(self, notices: Sequence[str]) -> None:
        """Tell each of these once."""
        new = [one for one in notices if one not in self._told]
        if not new:
            return
        self._told.update(new)
        text = "\n".join(new)
        self._window.notice.tell(text, tone="warning")
        announce(self._window, text)

    def show_level(self, level: str) -> None:
        """The person asked for another level by words: the setting follows."""
        try:
            self._window.settings.set(LEVEL, as_level(level))
        except UserError as error:
            self.show_problem(error.message)

    # --- permissions ---------------------------------------------------------------------------------

    def show_question(self, plan_id: str, request: PermissionRequest) -> None:
        """Show a card for a question that comes without a plan."""
        self._model.offer_options(plan_id, other_options(request))
        self._model.set_plan(bare_card(request, plan_id, self._question_title()))

    def end_question(self, plan_id: str, request: PermissionRequest, picked: PermissionOption | None) -> None:
        """Show on that card how the question ended."""
        state: PlanState = "expired"
        words = self._window.tr("This question is no longer asked.")
        if picked is not None:
            state = "done" if picked.kind.startswith("allow") else "declined"
            words = self._window.tr("Your answer: {option}").replace("{option}", picked.name)
        card = bare_card(request, plan_id, self._question_title(), state)
        self._model.set_plan(msgspec.structs.replace(card, state_text=words))

    def _question_title(self) -> str:
        return self._window.tr("The assistant asks for your permission")

    def ask_permission(self, plan_id: str) -> None:
        """Make the card's buttons answer a question that waits."""
        self._model.ask_permission(plan_id)

    def withdraw_permission(self, plan_id: str) -> None:
        """The question is no longer asked."""
        self._model.withdraw_permission(plan_id)

    def show_waiting_elsewhere(self, session_id: str | None) -> None:
        """Tell that another conversation waits for an answer, and lead there."""
        if session_id == self._elsewhere:
            return
        self._elsewhere = session_id
        if session_id is None:
            self._window.elsewhere.hide()
            return
        text = self._window.tr("Another conversation waits for your answer.")
        sessions = self._window.sidebar.sessions
        button = BannerButton(
            "show-elsewhere",
            self._window.tr("Show it"),
            lambda: sessions.conversation_picked.emit(session_id),
        )
        self._window.elsewhere.tell(text, buttons=[button])
        announce(self._window, text)

    # --- history -------------------------------------------------------------------------------------

    def history_in_sight(self) -> bool:
        """Tell whether the person looks at the history."""
        return self._window.place is Place.HISTORY

    def show_journal(self, journal: JournalResponse) -> None:
        """Show the history."""
        self._window.history.show_journal(journal)

    def show_journal_problem(self, message: Message) -> None:
        """Show why there is no history to see."""
        self._window.history.show_problem(message)


class WindowTestScreen:
    """Shows the test of the connection in the settings; a `TestScreen`."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def show_test_running(self) -> None:
        """Show that the connection is being tried."""
        self._window.settings_dialog.server.show_test_running()

    def show_test_result(self, problem: Message | None, detail: str) -> None:
        """Show how the test of the connection ended."""
        words = self._window.words(problem) if problem is not None else ""
        self._window.settings_dialog.server.show_test_result(words, detail)
