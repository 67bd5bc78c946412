"""Opens the window: the only place that puts Qt, the event loop, the connection and the window together.

The order is for speed: the painted window first, everything that it does not need for that afterwards.
"""

import contextlib
import linecache
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nixforhumanity.compose.handover import WindowDoor, claim_door, raise_first_window
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.secrets import MemorySecretStore, SecretStore

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtWidgets import QApplication

    from nixforhumanity.client.connection import AssistantClient
    from nixforhumanity.client.server_log import ServerLog
    from nixforhumanity.settings.store import Settings
    from nixforhumanity.ui.main_window import MainWindow
    from nixforhumanity.ui.session_controller import SessionController
    from nixforhumanity.ui.window_state import WindowState

log = logging.getLogger(__name__)

NO_DISPLAY = 2
APPLICATION_ID = "nix-for-humanity"
FIRST_PAINT_SECONDS = 1.0
LAST_TASKS_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window is to be opened."""

    folders: Folders = field(default_factory=Folders.of_this_user)
    server_arguments: tuple[str, ...] = ()
    """For the embedded server, such as `--practice DIR`."""
    new_window: bool = False
    """Open one more window in place of raising the one that is open."""
    name: str = "window"
    """Windows of one name and one folder are one window; a practice system has a name of its own."""
    practice: bool = False
    """It is a practice system, with a server of its own."""
    throwaway: bool = False
    """Nothing of it stays: the server ends with the window, whatever it does."""
    secrets: SecretStore = field(default_factory=MemorySecretStore)


def open_window(options: WindowOptions, environment: Mapping[str, str] | None = None) -> int:
    """Open the window and return the exit code when it was closed: 0, or 2 without a display."""
    environment = os.environ if environment is None else environment
    if not _has_display(environment):
        from nixforhumanity.core.wording import Wording

        sys.stderr.write(Wording().text("window-no-display") + "\n")
        return NO_DISPLAY
    door = None if options.new_window else _door_or_none(options)
    if door is None and not options.new_window:
        token = environment.get("XDG_ACTIVATION_TOKEN") or environment.get("DESKTOP_STARTUP_ID", "")
        if raise_first_window(options.folders.runtime, options.name, token):
            return 0
        door = _door_or_none(options)  # it may have closed while it was asked
        if door is None:
            log.warning("the window that is open does not answer; opening another one")
    try:
        return _open(options, door, environment)
    finally:
        if door is not None:
            door.close()


def _has_display(environment: Mapping[str, str]) -> bool:
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _door_or_none(options: WindowOptions) -> WindowDoor | None:
    try:
        return claim_door(options.folders.runtime, options.name)
    except OSError as error:
        log.warning("the window cannot be found by a second start: %s", error)
        return None


def _open(options: WindowOptions, door: WindowDoor | None, environment: Mapping[str, str]) -> int:
    from PySide6.QtWidgets import QApplication

    from nixforhumanity.settings.store import Settings
    from nixforhumanity.ui.language import WindowLanguage, chosen_language
    from nixforhumanity.ui.main_window import MainWindow
    from nixforhumanity.ui.theme.icons import app_icon, register_icon_folder
    from nixforhumanity.ui.window_look import WindowLook
    from nixforhumanity.ui.window_state import WindowState

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    application.setApplicationName(APPLICATION_ID)
    application.setApplicationDisplayName("Nix for Humanity")
    application.setDesktopFileName(APPLICATION_ID)
    register_icon_folder()
    application.setWindowIcon(app_icon())
    settings = Settings.in_folders(options.folders, environment)
    language = WindowLanguage(application, settings)
    look = WindowLook(application, settings, language)
    state = WindowState.in_folders(options.folders)
    window = MainWindow(settings, state, language.words)
    window.show()
    _paint(application, window)
    _forget_sources()
    try:
        frame = _Frame(application, window, state, settings, partial(chosen_language, settings))
        return _run(frame, door, options, environment)
    finally:
        look.end()


def _forget_sources() -> None:
    """Give back what PySide keeps: the source of every module that is imported after it, 9 MB in all."""
    linecache.clearcache()


def _paint(application: "QApplication", window: "MainWindow") -> None:
    """Let the window come on the screen before anything else is loaded."""
    import time

    from PySide6.QtCore import QEventLoop

    deadline = time.monotonic() + FIRST_PAINT_SECONDS
    handle = window.windowHandle()
    while not handle.isExposed() and window.isVisible() and time.monotonic() < deadline:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    application.processEvents()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is there once the window has been painted."""

    application: "QApplication"
    window: "MainWindow"
    state: "WindowState"
    settings: "Settings"
    language: Callable[[], str]


def _run(
    frame: _Frame, door: WindowDoor | None, options: WindowOptions, environment: Mapping[str, str]
) -> int:
    """Fill the window, and keep it connected until it is closed."""
    import asyncio

    import qasync

    stop = asyncio.Event()
    loop = qasync.QEventLoop(frame.application)
    asyncio.set_event_loop(loop)
    with loop:
        work = loop.create_task(_live(frame, door, options, environment, stop))
        while not work.done():
            with contextlib.suppress(RuntimeError):
                loop.run_until_complete(work)
            stop.set()  # Qt was ended from outside, as when the display has gone: end in good order
        work.result()
    asyncio.set_event_loop(None)
    return 0


async def _live(
    frame: _Frame,
    door: WindowDoor | None,
    options: WindowOptions,
    environment: Mapping[str, str],
    stop: "asyncio.Event",
) -> None:
    import asyncio
    import signal

    from nixforhumanity.compose.language_model import ConfiguredLanguageModel
    from nixforhumanity.core.tasks import BackgroundTasks
    from nixforhumanity.ui.desktop_appearance import DesktopWish, follow_desktop
    from nixforhumanity.ui.theme.appearance import set_system_appearance
    from nixforhumanity.ui.window_binding import WindowBinding

    def follow(wish: DesktopWish) -> None:
        set_system_appearance(frame.application, dark=wish.dark, high_contrast=wish.high_contrast)

    loop, window, tasks = asyncio.get_running_loop(), frame.window, BackgroundTasks()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    window.closed.connect(stop.set)
    if not window.isVisible():
        stop.set()
    server_log = _server_log(options)
    model = ConfiguredLanguageModel(lambda: frame.settings, options.secrets)
    binding = WindowBinding(
        window, frame.state, tasks, options.secrets, frame.language, server_log.tail, language_model=model
    )
    if options.practice:
        binding.practise()
    if options.throwaway:
        window.may_close = lambda: True  # a change that went on would change what is about to be removed
    _listen_at(door, window)
    client = _client(frame.settings, binding.controller, options, environment, server_log)
    binding.controller.attach(client)
    binding.use_own_words(client.own_words)
    await client.start()
    _forget_sources()
    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        tasks.start(follow_desktop(follow), name="desktop appearance")
    try:
        await stop.wait()
    finally:
        if window.isVisible():
            window.close_at_once()
        await binding.finish(LAST_TASKS_SECONDS)
        await tasks.stop()
        await client.stop()


def _server_log(options: WindowOptions) -> "ServerLog":
    from nixforhumanity.client.server_log import FILE_NAME, ServerLog

    return ServerLog(options.folders.state / FILE_NAME)


def _client(
    settings: "Settings",
    controller: "SessionController",
    options: WindowOptions,
    environment: Mapping[str, str],
    server_log: "ServerLog",
) -> "AssistantClient":
    from nixforhumanity.client.connection import AssistantClient
    from nixforhumanity.client.connector import SettingsConnector
    from nixforhumanity.client.embedded import EmbeddedServer, server_command
    from nixforhumanity.client.outbox import Outbox

    command = (*server_command(), *options.server_arguments)
    embedded = EmbeddedServer(command, server_log, environment, outlives=not options.throwaway)
    connector = SettingsConnector(settings, options.secrets, embedded, options.folders, environment)
    return AssistantClient(connector, Outbox.in_folders(options.folders), controller)


def _listen_at(door: WindowDoor | None, window: "MainWindow") -> None:
    """Come to the front when a second start asks for it, until the window closes.

    What is still to be done after that takes a moment, and a window that is shown in it would end with it.
    """
    if door is None:
        return
    from PySide6.QtCore import QSocketNotifier

    def called() -> None:
        token = door.answer()
        if token is None:
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt reads it when it asks to be activated
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    def closed() -> None:
        notifier.setEnabled(False)
        door.close()

    notifier = QSocketNotifier(door.fileno(), QSocketNotifier.Type.Read, window)
    notifier.activated.connect(called)
    window.closed.connect(closed)
    if not window.isVisible():  # it was closed while the rest was being made
        closed()
