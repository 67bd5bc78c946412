"""F1: all keys of the window."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nixforhumanity.ui.commands import Command

LEFT_TO_RIGHT = "\u2066{}\u2069"
"""Keys are written like this in every language; without it `Ctrl++` is turned around."""


class ShortcutsDialog(QDialog):
    """A table that can be read with the arrow keys: what it does, and its keys."""

    def __init__(self, commands: Iterable[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        rows = [(command.text, _keys(command)) for command in commands if command.shortcuts]
        rows += [
            (self.tr("Send what is written"), _native("Return")),
            (self.tr("Begin a new line"), _native("Shift+Return")),
            (self.tr("Bring back what you wrote before (in an empty input)"), _native("Up")),
        ]
        table = QTableWidget(len(rows), 2, self)
        table.setObjectName("shortcuts-table")
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(True)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                keys = column == 1 and self.layoutDirection() is Qt.LayoutDirection.RightToLeft
                table.setItem(row, column, QTableWidgetItem(LEFT_TO_RIGHT.format(text) if keys else text))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        close.setIcon(QIcon())  # the style's own is for another look
        layout = QVBoxLayout(self)
        layout.addWidget(table)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 70, metrics.height() * 32)


def _keys(command: Command) -> str:
    return ", ".join(_native(keys.toString()) for keys in command.shortcuts)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
