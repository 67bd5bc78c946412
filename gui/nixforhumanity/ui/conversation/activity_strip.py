"""One line below the conversation that says what goes on; its room is always there, so nothing moves."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nixforhumanity.ui.conversation.busy_mark import BusyMark
from nixforhumanity.ui.theme.tokens import Space

_QUIET_MILLISECONDS = 300
"""What is over sooner than this is not shown: it would only flash."""

_TOLD_MILLISECONDS = 4000


class ActivityStrip(QWidget):
    """Shows a sentence and a busy mark, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = BusyMark(16, self)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("type", "caption")
        self.label.setProperty("tone", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, 0, Space.WIDE, 0)
        row.setSpacing(Space.SMALL)
        row.addStretch(1)
        row.addWidget(self.mark)
        row.addWidget(self.label)
        row.addStretch(1)
        self._words = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MILLISECONDS)
        self._timer.timeout.connect(self._show)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TOLD_MILLISECONDS)
        self._telling.timeout.connect(self._show)
        self._show()
        self._fix_height()

    def say(self, words: str) -> None:
        """Show what goes on after a moment; an empty text: nothing goes on."""
        if words == self._words:
            return
        before, self._words = self._words, words
        if words and not before:
            self._timer.start()
        else:
            self._timer.stop()
            self._show()

    def tell(self, words: str) -> None:
        """Show a short sentence for a moment, unless something goes on."""
        if self._words:
            return
        room = self.width() - 4 * Space.WIDE
        self.label.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, max(0, room)))
        self.label.setVisible(True)
        self._telling.start()

    def _show(self) -> None:
        self._telling.stop()
        self.mark.setVisible(bool(self._words))
        self.label.setText(self._words)
        self.label.setVisible(bool(self._words))

    def _fix_height(self) -> None:
        self.setFixedHeight(self.fontMetrics().height() + Space.SMALL)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fix_height()
