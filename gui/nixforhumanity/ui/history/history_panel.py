"""The place that shows what was changed and lets the person go back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import JournalResponse
from nixforhumanity.ui.choice_box import ChoiceBox
from nixforhumanity.ui.history.timeline import Shown, TimelineRow, timeline
from nixforhumanity.ui.history.timeline_list import TimelineList
from nixforhumanity.ui.icon_label import IconLabel
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.reading_column import column_margins
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.theme.icons import Ink

ROWS_AT_A_TIME = 30
LETTERS_OF_HEAD = 45
"""With less room than for so many letters the two filters stand below each other."""
PAGE = 100
"""So many changes are asked for at a time."""
TYPING_PAUSE_MS = 150


class HistoryPanel(QWidget):
    """Asks for the history when it is shown; never changes anything by itself."""

    reload_requested = Signal(int)
    """How many changes are wanted."""
    undo_requested = Signal(int)
    go_back_requested = Signal(int)

    def __init__(self, words: Callable[[Message], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history-panel")
        self._words = words
        self._journal: JournalResponse | None = None
        self._problem: Message | None = None
        self._limit = ROWS_AT_A_TIME
        self._asked_for = PAGE
        self._narrow: bool | None = None
        self._title = StartLabel("", self)
        self._title.setProperty("type", "heading")
        self._filter = QLineEdit(self)
        self._filter.setObjectName("history-filter")
        self._filter.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._filtered)
        self._filter.textChanged.connect(lambda _text: self._pause.start())
        self._kinds = ChoiceBox(self)
        self._kinds.setObjectName("history-kinds")
        for shown in Shown:
            self._kinds.addItem("", shown)
        self._kinds.currentIndexChanged.connect(lambda _index: self._filtered())
        self._picture = IconLabel(self, "history", Ink.MUTED)
        self._state = QLabel(self)
        self._state.setObjectName("history-state")
        self._state.setWordWrap(True)
        self._state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._state.setProperty("tone", "muted")
        self._retry = QPushButton(self)
        self._retry.setObjectName("history-retry")
        self._retry.clicked.connect(self.reload)
        press_with_enter(self._retry)
        self.list = TimelineList(self)
        self.list.undo_requested.connect(self.undo_requested)
        self.list.go_back_requested.connect(self.go_back_requested)
        self.list.more_requested.connect(self._show_more)
        self._arrange()
        self._retranslate()

    def _arrange(self) -> None:
        self._head = QGridLayout()
        self._head.setVerticalSpacing(12)
        self._head.setHorizontalSpacing(8)
        self._head.addWidget(self._title, 0, 0, 1, 2)
        self._head.setColumnStretch(0, 1)
        self._notice = QVBoxLayout()
        self._notice.setSpacing(12)
        self._notice.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._notice.addWidget(self._state)
        self._notice.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addLayout(self._notice)
        layout.addWidget(self.list, 1)

    def show_journal(self, journal: JournalResponse) -> None:
        """Show the history; what the person looks at stays where it is."""
        self._journal, self._problem = journal, None
        self._build()

    def show_problem(self, problem: Message) -> None:
        """Show why the history cannot be seen; what is shown already stays."""
        self._problem = problem
        self._show_state()

    def show_level(self, *, with_commands: bool, everyday_words: bool) -> None:
        """Show what the level opens, in the words of the level."""
        self.list.show_level(with_commands=with_commands, everyday_words=everyday_words)
        self._name_kinds()
        self._build()

    def focus_filter(self) -> None:
        """Give the keyboard to the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        """Ask for as much as was seen so far."""
        self.reload_requested.emit(self._asked_for)

    def _wanted(self) -> list[TimelineRow]:
        if self._journal is None:
            return []
        return timeline(self._journal, self._kinds.currentData(), self._filter.text())

    def _filtered(self) -> None:
        self._limit = ROWS_AT_A_TIME
        self._build()
        self.list.to_top()

    @property
    def _more_exist(self) -> bool:
        """Whether the assistant may know more than it was asked for."""
        journal = self._journal
        return journal is not None and max(len(journal.entries), len(journal.generations)) >= self._asked_for

    def _show_more(self) -> None:
        self._limit += ROWS_AT_A_TIME
        if self._limit > len(self._wanted()) and self._more_exist:
            self._asked_for += PAGE
            self.reload()
        self._build()

    def _build(self) -> None:
        rows = self._wanted()
        self.list.show_rows(rows[: self._limit], more=len(rows) > self._limit or self._more_exist)
        self._show_state()

    def _show_state(self) -> None:
        if self._problem is not None:
            words = self._words(self._problem)
        elif self._journal is None:
            words = self.tr("Reading the history …")
        elif not self._wanted():
            filtered = bool(self._filter.text().strip()) or self._kinds.currentData() is not Shown.ALL
            words = (
                self.tr("Nothing in the history fits.")
                if filtered
                else self.tr("Nothing was changed yet. What you change from here on is listed here.")
            )
        else:
            words = ""
        self._state.setText(words)
        self._state.setVisible(bool(words))
        self._picture.setVisible(bool(words) and self._problem is None)
        self._retry.setVisible(self._problem is not None)
        room = 24 if words else 0
        self._notice.setContentsMargins(room, room, room, 0)

    def _align(self) -> None:
        left, right = column_margins(self)
        self._head.setContentsMargins(left, 24, right, 12)
        narrow = self.width() - left - right < self.fontMetrics().averageCharWidth() * LETTERS_OF_HEAD
        if narrow != self._narrow:
            self._narrow = narrow
            self._head.removeWidget(self._filter)
            self._head.removeWidget(self._kinds)
            self._head.addWidget(self._filter, 1, 0, 1, 2 if narrow else 1)
            self._head.addWidget(self._kinds, *((2, 0, 1, 2) if narrow else (1, 1, 1, 1)))
        self.list.set_margins(left, right)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("History"))
        self._filter.setPlaceholderText(self.tr("Filter by name"))
        self._filter.setAccessibleName(self.tr("Filter the history by name"))
        self._kinds.setAccessibleName(self.tr("What is listed"))
        self._retry.setText(self.tr("Try again"))
        self._name_kinds()
        self._build()

    def _name_kinds(self) -> None:
        generations = self.tr("Generations")
        for number, words in enumerate((self.tr("Everything"), self.tr("Changes"), generations)):
            self._kinds.setItemText(number, words)

    def showEvent(self, event: QShowEvent) -> None:
        """Open at the newest; only a place that stays in sight keeps its position."""
        super().showEvent(event)
        if not event.spontaneous():
            self._limit = ROWS_AT_A_TIME
            self._build()
            self.list.to_top()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in the column that every place has."""
        super().resizeEvent(event)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Change language, text size and direction while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.list.forget_cards()
            self._retranslate()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange}:
            self._align()
