"""The text input: grows with its lines, Enter sends, Up brings back, a long paste is set aside."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from nixforhumanity.ui.prompt_input.prompt_history import PromptHistory
from nixforhumanity.ui.prompt_input.quiet_cursor import QuietCursor

MOST_LINES = 8
LONG_PASTE_LETTERS = 4000
"""A longer paste is not laid out in the input, but offered as one piece."""
RETURN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PromptEditor(QPlainTextEdit):
    """Keeps the keyboard; what Tab, Enter and the arrows do to offered commands is decided by its owner."""

    send_requested = Signal()
    long_text_pasted = Signal(str)
    completion_key_pressed = Signal(int)
    """Up, Down, Tab, Enter or Escape, while commands are offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prompt")
        self.history = PromptHistory()
        self.completing = False
        self._least_height = 0
        self._spare = 0
        self._quiet_cursor = QuietCursor(self)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def is_empty(self) -> bool:
        """Tell whether nothing is written, without copying a long text."""
        return self.document().isEmpty()

    def set_words(self, text: str) -> None:
        """Replace what is written, as one step that can be undone, and go to its end."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_least_height(self, height: int) -> None:
        """Never be lower than what stands beside it, in pixels; a single line is in the middle."""
        if height != self._least_height:
            self._least_height = height
            self._grow()

    def sizeHint(self) -> QSize:
        """Return the height of the lines that are written, at most eight."""
        lines = max(1, min(MOST_LINES, round(self.document().size().height())))
        # not from viewport(): the first bare QWidget from Qt makes PySide load every widget class, 9 ms
        frame = self.height() - self.contentsRect().height() if self.isVisible() else 8
        height = lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin())
        return QSize(200, height + max(frame, 6))

    def _grow(self) -> None:
        wanted = self.sizeHint().height()
        height = max(wanted, self._least_height)
        if height != self.minimumHeight() or height - wanted != self._spare:
            self._spare = height - wanted
            self.setViewportMargins(0, self._spare // 2, 0, self._spare - self._spare // 2)
            self.setFixedHeight(height)
        few = self.document().size().height() <= MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if few else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, bring back, or write."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if (
            self.completing
            and plain
            and key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, *RETURN_KEYS}
        ):
            self.completion_key_pressed.emit(event.key())
        elif key in RETURN_KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        elif key in RETURN_KEYS:
            self.send_requested.emit()
        elif plain and key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._bring_back(key):
            pass
        else:
            super().keyPressEvent(event)

    def _bring_back(self, key: Qt.Key) -> bool:
        if not self.is_empty() and not self.history.shows(self.toPlainText()):
            return False
        text = self.history.older() if key == Qt.Key.Key_Up else self.history.newer()
        if text is not None:
            self.set_words(text)
        return True

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window while nothing is written, and Tab and Escape to the offered commands."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.is_empty() and event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return False
            if self.completing and event.key() == Qt.Key.Key_Escape:
                self.completion_key_pressed.emit(event.key())
                event.accept()
                return True
        if (
            self.completing
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
        ):
            self.completion_key_pressed.emit(event.key())
            return True
        return super().event(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only; a very long one is offered to the owner as one piece."""
        text = source.text()
        if len(text) > LONG_PASTE_LETTERS:
            self.long_text_pasted.emit(text)
        else:
            self.insertPlainText(text)
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines in another width, and another frame in another look."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the height right at another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()
