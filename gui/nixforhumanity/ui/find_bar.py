"""Ctrl+F: finds words in the conversation, one place after the other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.conversation.find_matches import Match
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.theme.icons import icon

TELL_AFTER_MS = 500
"""While somebody types, a screen reader says the letters; what was found is said after a pause."""


class FindBar(QFrame):
    """A line, how many were found, next and previous; the newest is shown first."""

    match_picked = Signal(object)
    """One of the places that `find` returned."""
    closed = Signal()

    def __init__(
        self,
        find: Callable[[str], Sequence[Match]],
        line_of: Callable[[Match], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("find-bar")
        self._find = find
        self._line_of = line_of
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(TELL_AFTER_MS)
        self._telling.timeout.connect(self._tell)
        self._hits: Sequence[Match] = ()
        self._at = 0
        self._line = QLineEdit(self)
        self._line.setObjectName("find-line")
        self._line.setClearButtonEnabled(True)
        self._line.textChanged.connect(lambda _text: self._search())
        self._count = QLabel(self)
        self._count.setObjectName("find-count")
        self._count.setProperty("tone", "muted")
        self._previous = self._button("find-previous", "arrow-up", lambda: self._step(-1))
        self._next = self._button("find-next", "arrow-down", lambda: self._step(1))
        self._close = self._button("find-close", "close", self.close_bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._previous)
        layout.addWidget(self._next)
        layout.addWidget(self._close)
        self._retranslate()
        self.hide()

    def open_bar(self) -> None:
        """Show, with what was searched before selected."""
        self.show()
        self._line.selectAll()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search()

    def close_bar(self) -> None:
        """Hide, end the search, and give the keyboard back."""
        self.hide()
        self._find("")
        self.closed.emit()

    def _button(self, name: str, icon_name: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        press_with_enter(button)
        button.clicked.connect(lambda _checked=False: press())
        return button

    def _search(self) -> None:
        self._hits = self._find(self._line.text().strip())
        self._at = len(self._hits) - 1
        self._show()

    def _step(self, step: int) -> None:
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
        self._show()

    def _show(self) -> None:
        for button in (self._previous, self._next):
            button.setEnabled(len(self._hits) > 1)
        if self._hits:
            words = self.tr("{at} of {all}")
            words = words.replace("{at}", str(self._at + 1)).replace("{all}", str(len(self._hits)))
            self.match_picked.emit(self._hits[self._at])
        else:
            words = self.tr("Not found") if self._line.text().strip() else ""
        self._count.setText(words)
        self._telling.start()
        self._line.setAccessibleDescription(words)

    def _tell(self) -> None:
        """Say which place this is and what stands there; the keyboard stays in the line."""
        words = self._count.text()
        if self.isVisible() and words:
            line = self._line_of(self._hits[self._at]) if self._hits else ""
            announce(self, f"{words}. {line}" if line else words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the one before, Shift+Enter to the one after; Escape closes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step(1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self._line.setPlaceholderText(self.tr("Find in this conversation"))
        self._line.setAccessibleName(self.tr("Find in this conversation"))
        for button, words in (
            (self._previous, self.tr("Earlier place (Enter)")),
            (self._next, self.tr("Later place (Shift+Enter)")),
            (self._close, self.tr("Close (Esc)")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
