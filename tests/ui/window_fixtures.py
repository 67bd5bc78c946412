"""A whole window on a scripted connection, driven as a person does: by keys and by pressing buttons."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from nixforhumanity.compose.language_model import ConfiguredLanguageModel
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.protocol.messages import SessionInfo
from nixforhumanity.settings.secrets import MemorySecretStore
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.conversation.items import MessageItem, PlanItem
from nixforhumanity.ui.language import WindowLanguage
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.theme.icons import register_icon_folder
from nixforhumanity.ui.window_binding import WindowBinding
from nixforhumanity.ui.window_look import WindowLook
from nixforhumanity.ui.window_state import WindowState
from ui.fake_connection import FakeConnection


@dataclass
class WindowWorld:
    """The window of a test and everything around it."""

    bot: QtBot
    window: MainWindow
    binding: WindowBinding
    connection: FakeConnection
    settings: Settings
    state: WindowState
    secrets: MemorySecretStore
    tasks: BackgroundTasks

    def connect(self, *sessions: SessionInfo, last: str = "") -> None:
        """Connect, and wait until a conversation is open and told the level."""
        self.connection.known = list(sessions)
        if last:
            self.state.remember_session(last)
        self.tasks.start(self.connection.start(), name="start")
        self.until(lambda: self.binding.controller.current_session is not None)
        self.until(lambda: any(call[0] == "mode" for call in self.connection.calls))
        self.until(lambda: len(self.tasks) == 0)

    def until(self, condition: object) -> None:
        """Let the window work until the condition holds."""
        self.bot.waitUntil(condition, timeout=5000)

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Return the visible widget of that object name."""
        found = [one for one in self.window.findChildren(kind, name) if one.isVisible()]
        assert found, f"{name} is not on the screen"
        return found[-1]

    def shown(self, name: str) -> bool:
        """Tell whether a widget of that object name is on the screen."""
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        """Press the button of that object name with the space bar, as a person without a mouse does."""
        button = self.find(name, QAbstractButton)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

    def type(self, text: str) -> None:
        """Write into the input."""
        self.window.prompt.editor.setFocus()
        QTest.keyClicks(self.window.prompt.editor, text)

    def key(self, keys: str) -> None:
        """Press keys, written as in `Ctrl+K`, where the keyboard is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, keys)

    @property
    def written(self) -> str:
        """What the input holds."""
        return self.window.prompt.editor.toPlainText()

    @property
    def said(self) -> list[str]:
        """The words that reached the assistant."""
        return [text for _, _, text in self.connection.sent]

    @property
    def messages(self) -> list[MessageItem]:
        """The messages of the conversation on the screen."""
        return [one for one in self.window.conversation.model.items if isinstance(one, MessageItem)]

    @property
    def plans(self) -> list[PlanItem]:
        """The plans of the conversation on the screen."""
        return [one for one in self.window.conversation.model.items if isinstance(one, PlanItem)]


@pytest.fixture
def qt_loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Give an asyncio loop that runs whenever Qt's does."""
    loop = qasync.QEventLoop(qapp)
    asyncio.events._set_running_loop(loop)  # Qt's own waiting lets it run
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def world(qtbot: QtBot, qt_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[WindowWorld]:
    """Give a window that is on the screen and not connected yet."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    register_icon_folder()
    folders = Folders.below(tmp_path)
    settings = Settings.in_folders(folders, {})
    state = WindowState.in_folders(folders)
    language = WindowLanguage(application, settings)
    look = WindowLook(application, settings, language)
    window = MainWindow(settings, state, language.words)
    secrets, tasks = MemorySecretStore(), BackgroundTasks()
    model = ConfiguredLanguageModel(lambda: settings, secrets)
    binding = WindowBinding(window, state, tasks, secrets, lambda: "en", language_model=model)
    connection = FakeConnection(binding.controller)
    binding.controller.attach(connection)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield WindowWorld(qtbot, window, binding, connection, settings, state, secrets, tasks)
    connection.withdraw_all()
    ended = qt_loop.create_task(tasks.stop())
    qtbot.waitUntil(ended.done, timeout=5000)
    qtbot.waitUntil(lambda: not connection.asks, timeout=5000)
    look.end()
    window.close()
    window.deleteLater()
    application.processEvents()
