"""The place that shows what was changed and lets the person go back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import JournalResponse
from nixforhumanity.ui.history.timeline import Shown, TimelineRow, timeline
from nixforhumanity.ui.history.timeline_card import TimelineCard

ROWS_AT_A_TIME = 30
TYPING_PAUSE_MS = 150
WIDEST = 900


class HistoryPanel(QWidget):
    """Asks for the history when it is shown; never changes anything by itself."""

    reload_requested = Signal()
    undo_requested = Signal(int)
    go_back_requested = Signal(int)

    def __init__(self, words: Callable[[Message], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history-panel")
        self._words = words
        self._journal: JournalResponse | None = None
        self._problem: Message | None = None
        self._commands_shown = False
        self._limit = ROWS_AT_A_TIME
        self._title = QLabel(self)
        self._title.setProperty("type", "heading")
        self._filter = QLineEdit(self)
        self._filter.setObjectName("history-filter")
        self._filter.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._filtered)
        self._filter.textChanged.connect(lambda _text: self._pause.start())
        self._kinds = QComboBox(self)
        self._kinds.setObjectName("history-kinds")
        for shown in Shown:
            self._kinds.addItem("", shown)
        self._kinds.currentIndexChanged.connect(lambda _index: self._filtered())
        self._state = QLabel(self)
        self._state.setObjectName("history-state")
        self._state.setWordWrap(True)
        self._state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._state.setProperty("tone", "muted")
        self._retry = QPushButton(self)
        self._retry.setObjectName("history-retry")
        self._retry.clicked.connect(lambda: self.reload_requested.emit())
        self._more = QPushButton(self)
        self._more.setObjectName("history-more")
        self._more.clicked.connect(self._show_more)
        self._area = QScrollArea(self)
        self._list = QWidget(self._area)
        self._rows = QVBoxLayout(self._list)
        self._arrange()
        self._retranslate()

    def _arrange(self) -> None:
        self._area.setObjectName("history-area")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget(self._area)
        ground.setObjectName("history-list")
        self._list.setMaximumWidth(WIDEST)
        column = QHBoxLayout(ground)
        column.setContentsMargins(16, 4, 16, 16)
        column.addWidget(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._area.setWidget(ground)
        head = QWidget(self)
        head.setMaximumWidth(WIDEST + 32)
        top = QGridLayout(head)
        top.setContentsMargins(16, 12, 16, 4)
        top.addWidget(self._title, 0, 0, 1, 2)
        top.addWidget(self._filter, 1, 0)
        top.addWidget(self._kinds, 1, 1)
        top.setColumnStretch(0, 1)
        centred = QHBoxLayout()
        centred.addWidget(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(centred)
        layout.addWidget(self._state)
        layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._area, 1)

    def show_journal(self, journal: JournalResponse) -> None:
        """Show the history."""
        changed = journal != self._journal or self._problem is not None
        self._journal, self._problem = journal, None
        if changed:
            self._build()

    def show_problem(self, problem: Message) -> None:
        """Show why the history cannot be seen; what is shown already stays."""
        self._problem = problem
        self._show_state()

    def show_commands(self, shown: bool) -> None:
        """Show or hide the commands of every change."""
        if shown != self._commands_shown:
            self._commands_shown = shown
            self._build()

    def focus_filter(self) -> None:
        """Give the keyboard to the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _wanted(self) -> list[TimelineRow]:
        if self._journal is None:
            return []
        return timeline(self._journal, self._kinds.currentData(), self._filter.text())

    def _filtered(self) -> None:
        self._limit = ROWS_AT_A_TIME
        self._build()

    def _show_more(self) -> None:
        self._limit += ROWS_AT_A_TIME
        self._build()

    def _build(self) -> None:
        self._more.setParent(self)
        self._more.hide()
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        rows = self._wanted()
        day: date | None = None
        for row in rows[: self._limit]:
            if row.day != day:
                day = row.day
                heading = QLabel(self._day_words(day), self._list)
                heading.setProperty("type", "caption")
                heading.setProperty("tone", "muted")
                heading.setContentsMargins(2, 8, 0, 0)
                self._rows.addWidget(heading)
            card = TimelineCard(row, with_commands=self._commands_shown, parent=self._list)
            card.undo_requested.connect(self.undo_requested)
            card.go_back_requested.connect(self.go_back_requested)
            self._rows.addWidget(card)
        if len(rows) > self._limit:
            self._rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
            self._more.show()
        self._rows.addStretch(1)
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
        self._retry.setVisible(self._problem is not None)

    def _day_words(self, day: date) -> str:
        today = datetime.now().astimezone().date()
        if day == today:
            return self.tr("Today")
        if day == today - timedelta(days=1):
            return self.tr("Yesterday")
        return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("History"))
        self._filter.setPlaceholderText(self.tr("Filter by name"))
        self._filter.setAccessibleName(self.tr("Filter the history by name"))
        self._kinds.setAccessibleName(self.tr("What is listed"))
        self._kinds.setToolTip(self.tr("What is listed"))
        for number, words in enumerate((self.tr("Everything"), self.tr("Changes"), self.tr("Generations"))):
            self._kinds.setItemText(number, words)
        self._retry.setText(self.tr("Try again"))
        self._more.setText(self.tr("Show older ones"))
        self._area.setAccessibleName(self.tr("What was changed"))
        self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
