"""The list of slash commands above the input, while one is being written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from nixforhumanity.ui.prompt_input.command_line_delegate import ABOUT, CommandLineDelegate

if TYPE_CHECKING:  # the window is painted before anything of the connection is loaded
    from nixforhumanity.protocol.messages import AvailableCommand

MOST_LINES = 8
LARGEST_SHARE = 0.45
"""Of the height of the window: the conversation stays in sight."""
PADDING = 4
NAME = Qt.ItemDataRole.UserRole
RETURN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CommandCompletion(QListWidget):
    """Lists what fits what was written; the keyboard stays in the input."""

    picked = Signal(str)
    """The name of a command, without the slash."""
    closed = Signal()
    marked = Signal(str)
    """The line that is marked now, for a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("command-completion")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(CommandLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._commands: Sequence[AvailableCommand] = ()
        self._shown_for = ""
        self.itemClicked.connect(lambda item: self.picked.emit(str(item.data(NAME))))
        self.hide()
        self._retranslate()

    @property
    def commands(self) -> "Sequence[AvailableCommand]":
        """Every slash command that is known."""
        return self._commands

    def set_commands(self, commands: "Sequence[AvailableCommand]") -> None:
        """Know these commands; a slash may have been written before they came."""
        self._commands = tuple(commands)
        if self._shown_for:
            self.show_for(self._shown_for)

    def show_for(self, text: str) -> None:
        """Show what fits a text that begins with a slash; hide for any other."""
        self._shown_for = text
        fitting = self._fitting(text)
        self.clear()
        for command in fitting:
            item = QListWidgetItem(f"/{command.name}")
            item.setData(NAME, command.name)
            item.setData(ABOUT, command.description)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"/{command.name}, {command.description}")
            item.setToolTip(command.description)
            self.addItem(item)
        if not fitting:
            self.hide()
            return
        self._fit()
        self.setCurrentRow(0)
        self.show()
        self._tell()

    def press(self, key: int) -> None:
        """Do what a key of the input means for the list."""
        if key == Qt.Key.Key_Escape:
            self._shown_for = ""
            self.hide()
            self.closed.emit()
        elif key == Qt.Key.Key_Tab or key in RETURN_KEYS:
            self.picked.emit(str(self.currentItem().data(NAME)))
        else:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())
            self._tell()

    def _fit(self) -> None:
        """Show whole lines only, as many as the window has room for."""
        self.ensurePolished()
        line = self.sizeHintForRow(0)
        room = round(self.window().height() * LARGEST_SHARE)
        lines = max(2, min(MOST_LINES, self.count(), (room - 2 * PADDING) // max(line, 1)))
        self.setFixedHeight(line * min(lines, self.count()) + 2 * (self.frameWidth() + PADDING))

    def _fitting(self, text: str) -> "list[AvailableCommand]":
        if not text.startswith("/") or any(letter.isspace() for letter in text):
            return []
        wanted = text[1:].casefold()
        starting = [one for one in self._commands if one.name.casefold().startswith(wanted)]
        within = [one for one in self._commands if wanted in one.name.casefold() and one not in starting]
        exact = len(starting) == 1 and starting[0].name.casefold() == wanted
        return [] if exact else starting + within

    def _tell(self) -> None:
        if (item := self.currentItem()) is not None:
            self.marked.emit(str(item.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _retranslate(self) -> None:
        keys = QKeySequence(Qt.Key.Key_Tab).toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(self.tr("Commands"))
        self.setToolTip(self.tr("{key} takes the marked command").replace("{key}", keys))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the lines out for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.count():
            self.doItemsLayout()
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Change language and text size while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._fit()
