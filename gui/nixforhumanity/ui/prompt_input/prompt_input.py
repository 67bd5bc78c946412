"""Input, long paste, offered commands, Send and Stop, as one panel."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.prompt_input.command_completion import CommandCompletion
from nixforhumanity.ui.prompt_input.long_text import LongText
from nixforhumanity.ui.prompt_input.prompt_editor import PromptEditor
from nixforhumanity.ui.reading_column import column_margins
from nixforhumanity.ui.theme.icons import Ink, icon

if TYPE_CHECKING:  # the window is painted before anything of the connection is loaded
    from nixforhumanity.protocol.messages import AvailableCommand


class PromptInput(QFrame):
    """What is written stays until it was sent."""

    submitted = Signal(str)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prompt-input")
        self._busy = False
        self._compact = False
        self._since_busy = QElapsedTimer()
        self.editor = PromptEditor(self)
        self.completion = CommandCompletion(self)
        self.long_text = LongText(self)
        self._send = QPushButton(self)
        self._send.setObjectName("send")
        self._send.setProperty("kind", "primary")
        self._send.setIcon(icon("send", Ink.ON_ACCENT))
        self._stop = QPushButton(self)
        self._stop.setObjectName("stop")
        self._stop.setIcon(icon("stop", Ink.DANGER))
        for button in (self._send, self._stop):
            press_with_enter(button)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.editor, 1)
        line.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        self._layout = layout
        layout.setSpacing(8)
        layout.addWidget(self.completion)
        layout.addWidget(self.long_text)
        layout.addLayout(line)
        self.editor.textChanged.connect(self._written)
        self.editor.send_requested.connect(self.send)
        self.editor.long_text_pasted.connect(self._hold)
        self.editor.completion_key_pressed.connect(self.completion.press)
        self.completion.picked.connect(self._complete)
        self.completion.closed.connect(lambda: self._set_completing(False))
        self.completion.marked.connect(self.editor.setAccessibleDescription)
        self.long_text.insert_requested.connect(self._insert)
        self.long_text.removed.connect(self._show_buttons)
        self._send.clicked.connect(self.send)
        self._stop.clicked.connect(self._stop_pressed)
        self._retranslate()
        self._show_buttons()

    @property
    def holds_text(self) -> bool:
        """Whether there is anything to send or to lose."""
        return not self.editor.is_empty() or bool(self.long_text.text)

    def set_commands(self, commands: "Sequence[AvailableCommand]") -> None:
        """Offer these slash commands."""
        self.completion.set_commands(commands)

    def show_busy(self, busy: bool) -> None:
        """Show Stop while something runs; Send comes back when something is written."""
        if busy and not self._busy:
            self._since_busy.start()
        self._busy = busy
        self._show_buttons()

    def set_compact(self, compact: bool) -> None:
        """Show the buttons without words where there is little room; they keep their names."""
        if compact != self._compact:
            self._compact = compact
            self._retranslate()

    def set_words(self, text: str) -> None:
        """Write words for the person, who may change them before sending."""
        self.editor.set_words(text)
        self.editor.setFocus()

    def give_back(self, text: str) -> None:
        """Put words that could not be sent before whatever was written meanwhile."""
        written = self.editor.toPlainText()
        if len(text) > len(written) + 4000:
            self.long_text.hold(text)
        else:
            self.set_words(f"{text}\n{written}" if written else text)
        self._show_buttons()

    def send(self) -> None:
        """Hand over what is written, if anything is."""
        written = self.editor.toPlainText().strip()
        pasted = self.long_text.text
        if not (written or pasted) or self.long_text.too_large:
            return
        self.long_text.take()
        self.editor.clear()
        self.editor.history.add(written)
        self.submitted.emit(f"{written}\n\n{pasted}" if written and pasted else written or pasted)

    def _stop_pressed(self) -> None:
        # Stop stands where Send stood: the second click of a double click on Send must not stop.
        if self._since_busy.isValid() and self._since_busy.elapsed() < QApplication.doubleClickInterval():
            return
        self.stop_requested.emit()

    def _hold(self, text: str) -> None:
        self.long_text.hold(text)
        self._show_buttons()

    def _insert(self, text: str) -> None:
        self.editor.insertPlainText(text)
        self.editor.setFocus()

    def _written(self) -> None:
        if self.editor.blockCount() == 1:
            self.completion.show_for(self.editor.toPlainText())
        else:
            self.completion.hide()
        self._set_completing(not self.completion.isHidden())
        self._show_buttons()

    def _set_completing(self, completing: bool) -> None:
        self.editor.completing = completing
        if not completing:
            self.editor.setAccessibleDescription(self._hint())

    def _complete(self, name: str) -> None:
        self.editor.set_words(f"/{name} ")
        self.editor.setFocus()

    def _show_buttons(self) -> None:
        self._send.setVisible(not self._busy or self.holds_text)
        self._send.setEnabled(self.holds_text and not self.long_text.too_large)
        self._stop.setVisible(self._busy)

    def _hint(self) -> str:
        return self.tr("Enter sends, Shift+Enter begins a new line, / lists commands")

    def _retranslate(self) -> None:
        self.editor.setPlaceholderText(
            self.tr("Ask …") if self._compact else self.tr("Ask or tell me something …")
        )
        self.editor.setAccessibleName(self.tr("Your message"))
        self.editor.setAccessibleDescription(self._hint())
        self.editor.setToolTip(self._hint())
        self._send.setText("" if self._compact else f" {self.tr('Send')}")
        self._send.setAccessibleName(self.tr("Send"))
        self._send.setToolTip(self.tr("Send (Enter)"))
        self._stop.setText(f" {self.tr('Stop')}")
        self._stop.setAccessibleName(self.tr("Stop"))
        self._stop.setToolTip(self.tr("Stop what runs (Esc)"))
        self._align()

    def _align(self) -> None:
        """Stand in the column of the place above; the input is as high as the buttons beside it."""
        left, right = column_margins(self)
        self._layout.setContentsMargins(left, 4, right, 16)
        self.editor.set_least_height(max(self._send.sizeHint().height(), self._stop.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in the column of the place above."""
        super().resizeEvent(event)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Change language, text size and direction while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in {
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
            QEvent.Type.LayoutDirectionChange,
        }:
            self._align()
