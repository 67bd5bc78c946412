"""Every action of the window, once: its words, its keys and what it does; feeds palette and list of keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the window can do."""

    id: str
    action: QAction
    title: Callable[[], str]
    """Its words in the language that is on."""
    listed: bool
    """Whether the palette offers it."""

    @property
    def text(self) -> str:
        """Its words, as last set."""
        return self.action.text()

    @property
    def enabled(self) -> bool:
        """Whether it can be done now."""
        return self.action.isEnabled()

    @property
    def shortcuts(self) -> list[QKeySequence]:
        """Its keys, the usual one first."""
        return self.action.shortcuts()

    @property
    def shortcut_text(self) -> str:
        """Its usual keys as the person knows them, or an empty text."""
        keys = self.shortcuts
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def run(self) -> None:
        """Do it, if it can be done now."""
        self.action.trigger()


class Commands(QObject):
    """The one list of commands; their keys work everywhere in the window that owns them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}

    def add(
        self,
        command_id: str,
        title: Callable[[], str],
        run: Callable[[], None],
        *shortcuts: str,
        listed: bool = True,
    ) -> QAction:
        """Add a command; `shortcuts` are written as in `Ctrl+K`, the usual one first."""
        action = QAction(title(), self._window)
        action.setObjectName(command_id)
        action.setShortcuts([QKeySequence(keys) for keys in shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
        self._commands[command_id] = Command(command_id, action, title, listed)
        return action

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def retranslate(self) -> None:
        """Write every command's words anew, in the language that is on now."""
        for command in self:
            command.action.setText(command.title())
