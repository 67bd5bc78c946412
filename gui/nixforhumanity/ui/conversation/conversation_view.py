"""The place Conversation: the transcript, or the first page, and a line that says what goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.conversation.activity_strip import ActivityStrip
from nixforhumanity.ui.conversation.announcer import Announcer
from nixforhumanity.ui.conversation.find_matches import Match
from nixforhumanity.ui.conversation.first_start_view import FirstStartView
from nixforhumanity.ui.conversation.items import PlanItem
from nixforhumanity.ui.conversation.last_command import last_command
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.row_view import LevelFeatures
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.conversation.transcript_view import TranscriptView
from nixforhumanity.ui.theme.palettes import colours_of

ALLOW_KEY = "Alt+Y"
REJECT_KEY = "Alt+N"


class ConversationView(QWidget):
    """What the window embeds.

    Keys: Alt+Y does the plan that waits (a final one is only focused: it needs Enter), Alt+N declines it, Esc
    asks to stop.
    """

    suggestion_picked = Signal(str)
    plan_allowed = Signal(str)
    plan_rejected = Signal(str)
    explain_requested = Signal(str)
    """The card has no explanation of its own to show."""
    undo_requested = Signal(int)
    stop_requested = Signal()
    option_picked = Signal(str, str)
    """A plan, and the id of an answer that is neither its yes nor its no."""
    words_said_again = Signal(str)
    link_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TranscriptModel(self)
        self.transcript = TranscriptView(self._model, self)
        self.first_start = FirstStartView(self)
        self.activity = ActivityStrip(self)
        self.announcer = Announcer(self._model, self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.first_start)
        self._pages.addWidget(self.transcript)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self.activity)
        view = self.transcript
        view.suggestion_picked.connect(self.suggestion_picked)
        view.plan_allowed.connect(self.plan_allowed)
        view.plan_rejected.connect(self.plan_rejected)
        view.explain_requested.connect(self.explain_requested)
        view.undo_requested.connect(self.undo_requested)
        view.option_picked.connect(self.option_picked)
        view.try_again_requested.connect(self.words_said_again)
        view.link_opened.connect(self.link_opened)
        self.first_start.suggestion_picked.connect(self.suggestion_picked)
        # Never switched off: without a plan they do nothing, but must not write their letter into the input.
        self._shortcut(ALLOW_KEY, self._allow_latest)
        self._shortcut(REJECT_KEY, self._reject_latest)
        self._model.item_added.connect(self._update_page)
        self._model.cleared.connect(self._update_page)
        self._update_page()

    def _shortcut(self, key: str, action: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(action)

    # --- for the window ------------------------------------------------------------------------------

    @property
    def model(self) -> TranscriptModel:
        """The conversation that is shown."""
        return self._model

    def set_level_features(self, plan_card_open: str, suggestions: str, output: str) -> None:
        """Take the values of these rows of the level table for the current level."""
        self.transcript.set_features(LevelFeatures(plan_card_open, suggestions, output))

    def set_host_sentences(self, sentences: Sequence[str], problem: str = "", detail: str = "") -> None:
        """Show on the first page what was found on this computer."""
        self.first_start.set_host_sentences(sentences, problem, detail)

    def set_examples(self, examples: Sequence[tuple[str, str]]) -> None:
        """Offer these on the first page, each a request and its words."""
        self.first_start.set_examples(examples)

    def set_first_start(self, first: bool) -> None:
        """Whether the person has never used the program: the first page then says more."""
        self.first_start.set_short(not first)

    def set_activity(self, words: str) -> None:
        """Say what goes on below the conversation; empty: nothing."""
        self.activity.say(words)

    def find_text(self, text: str) -> list[Match]:
        """Return all places of this text in the conversation and mark them; empty ends the search."""
        return self.transcript.find_text(text)

    def show_match(self, match: Match) -> None:
        """Show one of the places that were found."""
        self.transcript.show_match(match)

    def line_of(self, match: Match) -> str:
        """Return the line in which one of the places is."""
        return self.transcript.line_of(match)

    def copy_last_command(self) -> None:
        """Put the command that was shown last on the clipboard, and say so for a moment."""
        command = last_command(self._model.items)
        if command:
            QGuiApplication.clipboard().setText(command)
            words = self.tr("Copied: {command}").format(command=command)
        else:
            words = self.tr("No command was shown here yet.")
        self.activity.tell(" ".join(words.split()))
        announce(self, words)

    def focus_latest_plan(self) -> bool:
        """Show the plan that waits, else the newest, and focus its safest button; False without a plan."""
        row = self._model.latest_plan(waiting=True)
        if row is None:
            row = self._model.latest_plan(waiting=False)
        if row is None:
            return False
        view = self.transcript.show_row(row)
        assert isinstance(view, PlanCardView)
        view.safest_button().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def enter_waiting_plan(self, origin: QWidget, region: QWidget) -> bool:
        """Tab leads from `origin` in another region of the window to the plan that waits; False without."""
        row = self._model.latest_plan(waiting=True)
        if row is None or not self.transcript.isVisible():
            return False
        return self.transcript.enter_at(row, origin, region)

    # --- inside --------------------------------------------------------------------------------------

    def _update_page(self) -> None:
        page = self.transcript if len(self._model) else self.first_start
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)

    def _waiting_card(self) -> tuple[PlanItem, PlanCardView, bool] | None:
        """Return the plan that waits, its card, and whether it was in sight before."""
        row = self._model.latest_plan(waiting=True)
        if row is None:
            return None
        first, last = self.transcript.rows_in_sight()
        seen = self.transcript.isVisible() and first <= row <= last
        view, item = self.transcript.show_row(row), self._model.item(row)
        assert isinstance(view, PlanCardView)
        assert isinstance(item, PlanItem)
        return item, view, seen

    def _allow_latest(self) -> None:
        if (waiting := self._waiting_card()) is None:
            return
        item, view, seen = waiting
        # What was not on the screen was not read, and a final step needs a second, other key.
        if seen and not item.card.final:
            view.buttons.allow.click()
        else:
            view.buttons.allow.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reject_latest(self) -> None:
        if (waiting := self._waiting_card()) is not None:
            waiting[1].buttons.reject.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), colours_of(self.palette()).page)
