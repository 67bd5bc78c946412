"""A block of code or a command: its own look, and a button that copies it. Long lines of code scroll."""

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPainter, QTextLayout, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QStyle, QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.conversation.painting import paint_rounded
from nixforhumanity.ui.theme.icons import Ink, icon
from nixforhumanity.ui.theme.palettes import body_points, colours_of
from nixforhumanity.ui.theme.tokens import Radius, Space, TypeSize

MOST_LINES_SHOWN = 24
_SAMPLE = 8
_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_COPIED_MILLISECONDS = 2000


class CodeText(QPlainTextEdit):
    """The text itself; lets the conversation scroll unless it has the keyboard and something to scroll."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways always, up and down only with the keyboard focus here."""
        sideways = abs(event.angleDelta().x()) > abs(event.angleDelta().y())
        if sideways or (self.hasFocus() and self.verticalScrollBar().maximum() > 0):
            super().wheelEvent(event)
        else:
            event.ignore()


class CodeBlock(QWidget):
    """Shows code; `wrap` breaks long lines instead of scrolling sideways."""

    def __init__(self, parent: QWidget, *, wrap: bool = False, header: bool = True) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self._wrap = wrap
        self._header = header
        self._language = QLabel(self)
        self._language.setProperty("type", "caption")
        self._language.setProperty("tone", "muted")
        self._language.setVisible(header)
        self.text = CodeText(self)
        self.text.setWordWrapMode(_WRAP)
        self.use_wrap(wrap)
        self.copy_button = QPushButton(self)
        self.copy_button.setProperty("kind", "small")
        self.copy_button.setIcon(icon("copy", Ink.MUTED))
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copy_button.clicked.connect(self.copy)
        self._code = ""
        self._at_end = False
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MILLISECONDS)
        self._copied.timeout.connect(self._label_button)
        self._widest = 0
        self._label_button()
        self._use_font()

    def show_code(self, code: str, language: str = "") -> None:
        """Show this code; text that only grew is added at the end."""
        before, self._code = self._code, code
        if code != before:
            self._heights.clear()
            if before and code.startswith(before):
                cursor = self.text.textCursor()
                cursor.movePosition(cursor.MoveOperation.End)
                cursor.insertText(code[len(before) :])
            else:
                self.text.setPlainText(code)
        self._language.setText(language)
        self.text.setAccessibleName(self.tr("Code"))

    def copy(self) -> None:
        """Put the code on the clipboard."""
        QGuiApplication.clipboard().setText(self._code)
        self.copy_button.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))
        self._copied.start()

    def show_end(self) -> None:
        """Scroll to the last line: what went wrong stands there."""
        self._at_end = True

    def focusables(self) -> list[QWidget]:
        """Return the controls in reading order; the text is one when there is something to scroll."""
        sideways = not self._wrap and self.text.horizontalScrollBar().maximum() > 0
        scrolls = sideways or self.text.verticalScrollBar().maximum() > 0
        return [self.text, self.copy_button] if scrolls else [self.copy_button]

    def height_for(self, width: int) -> int:
        """Return the height (pixels) in this width; it is never higher than some lines."""
        if width not in self._heights:
            self._heights[width] = self._measured_height(width)
        return self._heights[width]

    def _measured_height(self, width: int) -> int:
        lines = self._code.count("\n") + 1
        inner = width - 2 * Space.MEDIUM
        room = 0
        if self._wrap:
            lines = self._wrapped_lines(inner if self._header else inner - self._button_size().width())
        elif self._is_wider(inner):
            room = 14
        policy = Qt.ScrollBarPolicy
        fits = lines <= MOST_LINES_SHOWN
        self.text.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)
        lines = min(lines, MOST_LINES_SHOWN)
        return self._top() + lines * self._line_height() + Space.HAIR + room + Space.SMALL

    def resizeEvent(self, event: object) -> None:
        """Place the parts."""
        self._arrange()

    def paintEvent(self, event: object) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        paint_rounded(painter, self.rect(), colours.sunken, colours.line, Radius.CONTROL)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._widest = 0
            self._label_button()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._use_font()
        elif event.type() == QEvent.Type.LayoutDirectionChange:
            self._arrange()

    def _is_wider(self, inner: int) -> bool:
        longest = max(self._code.split("\n"), key=len)
        return self.text.fontMetrics().horizontalAdvance(longest) > inner

    def use_wrap(self, wrap: bool) -> None:
        """Break long lines from now on, or scroll them."""
        self._wrap = wrap
        policy = Qt.ScrollBarPolicy
        # Qt keeps the width of the longest line from before it was broken, and would scroll over nothing.
        self.text.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if wrap else policy.ScrollBarAsNeeded
        )
        mode = QPlainTextEdit.LineWrapMode.WidgetWidth if wrap else QPlainTextEdit.LineWrapMode.NoWrap
        if self.text.lineWrapMode() is not mode:
            self.text.setLineWrapMode(mode)
            self._heights.clear()

    def _line_height(self) -> int:
        """Return what one line really takes: letters of a substitute font need more than the metrics say."""
        block = self.text.document().firstBlock()
        self.text.document().documentLayout().blockBoundingRect(block)  # lays it out, if nothing has
        layout = block.layout()
        heights = [layout.lineAt(number).height() for number in range(min(layout.lineCount(), _SAMPLE))]
        return max([self.text.fontMetrics().lineSpacing(), *(ceil(height) for height in heights)])

    def _wrapped_lines(self, inner: int) -> int:
        """Count the lines in this width, and stop where no more are shown."""
        count, option = 0, QTextOption()
        option.setWrapMode(_WRAP)
        for line in self._code.split("\n"):
            layout = QTextLayout(line, self.text.font())
            layout.setTextOption(option)
            layout.beginLayout()
            while count <= MOST_LINES_SHOWN and (part := layout.createLine()).isValid():
                part.setLineWidth(max(1, inner))
                count += 1
            layout.endLayout()
            count += not line
            if count > MOST_LINES_SHOWN:
                break
        return max(1, count)

    def _use_font(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(body_points(self) * TypeSize.CODE.value)
        if font != self.text.font():
            self.text.setFont(font)
        self._heights.clear()
        self._widest = 0

    def _button_size(self) -> QSize:
        """Room for both of its words: it must not be cut, nor move, when it says the other one."""
        if not self._widest:
            words = self.copy_button.text()
            for one in (self.tr("Copied"), self.tr("Copy")):
                self.copy_button.setText(one)
                self._widest = max(self._widest, self.copy_button.sizeHint().width())
            self.copy_button.setText(words)
        return QSize(self._widest, self.copy_button.sizeHint().height())

    def _label_button(self) -> None:
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy the code"))

    def _top(self) -> int:
        return self.copy_button.sizeHint().height() + Space.TINY if self._header else Space.SMALL

    def _arrange(self) -> None:
        whole, direction = self.rect(), self.layoutDirection()
        button = self._button_size()
        place = whole.adjusted(whole.width() - button.width() - Space.TINY, Space.HAIR, 0, 0)
        place.setSize(button)
        self.copy_button.setGeometry(QStyle.visualRect(direction, whole, place))
        label = whole.adjusted(Space.MEDIUM, Space.HAIR, -button.width() - Space.SMALL, 0)
        label.setHeight(button.height())
        self._language.setGeometry(QStyle.visualRect(direction, whole, label))
        side = Space.MEDIUM if self._header else Space.MEDIUM + button.width()
        self.text.setGeometry(whole.adjusted(Space.MEDIUM, self._top(), -side, -Space.SMALL))
        if self._at_end:
            self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())
