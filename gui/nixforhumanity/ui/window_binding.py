"""Connects the parts of the window with the session controller, the settings and each other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from nixforhumanity.client.target import remote_address
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.settings.declarations import (
    LANGUAGE,
    LEVEL,
    REMOTE_URL,
    SERVER_PLACE,
    WEBSOCKET_PORT,
    AnySetting,
)
from nixforhumanity.settings.levels import as_level, level_feature
from nixforhumanity.settings.secrets import SecretStore
from nixforhumanity.ui.history.history_panel import HistoryPanel
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.session_controller import SessionController
from nixforhumanity.ui.settings_dialog.settings_dialog import SettingsDialog
from nixforhumanity.ui.sidebar.sidebar import Place
from nixforhumanity.ui.window_commands import WindowCommands
from nixforhumanity.ui.window_deletion import ConversationDeletion
from nixforhumanity.ui.window_screen import WindowScreen
from nixforhumanity.ui.window_state import WindowState

EXPLAIN_PROMPT = "explain that"
SERVER_SETTINGS = (SERVER_PLACE, REMOTE_URL, WEBSOCKET_PORT)


class WindowBinding(QObject):
    """Makes the window do something; `controller` is the listener to give to a connection."""

    def __init__(
        self,
        window: MainWindow,
        state: WindowState,
        tasks: BackgroundTasks,
        secrets: SecretStore,
        language: Callable[[], str],
    ) -> None:
        super().__init__(window)
        window.fill()
        self._window = window
        self._tasks = tasks
        self._secrets = secrets
        self._language = language
        self._history: HistoryPanel | None = None
        self._dialog: SettingsDialog | None = None
        self._server_changed = False
        deletion = ConversationDeletion(window.deletion, window.sidebar.sessions.title_of)
        self.deletion = deletion
        self.controller = SessionController(WindowScreen(window, deletion), state, tasks)
        self.commands = WindowCommands(window, self.controller)
        self._bind_conversation()
        self._bind_frame()
        end = window.settings.observe(self._setting_changed)
        window.closed.connect(end)
        self._show_level()
        self._prefer()

    async def finish(self, patience_seconds: float) -> None:
        """Carry out what was decided and not yet done, for as long as that is worth waiting for."""
        self.deletion.finish()
        await self.controller.finish(patience_seconds)

    # --- what is pressed -----------------------------------------------------------------------------

    def _bind_conversation(self) -> None:
        view, controller = self._window.conversation, self.controller
        view.suggestion_picked.connect(controller.send)
        view.plan_allowed.connect(lambda plan_id: controller.answer_plan(plan_id, allow=True))
        view.plan_rejected.connect(lambda plan_id: controller.answer_plan(plan_id, allow=False))
        view.undo_requested.connect(controller.ask_undo)
        view.stop_requested.connect(controller.stop)
        view.link_opened.connect(self._open_link)
        view.explain_requested.connect(lambda _plan_id: controller.send(EXPLAIN_PROMPT))
        self._window.find_bar.match_picked.connect(view.show_match)
        self._window.find_bar.closed.connect(self._window.prompt.editor.setFocus)

    def _bind_frame(self) -> None:
        window, controller = self._window, self.controller
        window.prompt.submitted.connect(controller.send)
        window.prompt.stop_requested.connect(controller.stop)
        window.sidebar.new_requested.connect(lambda: window.commands["new"].run())
        window.sidebar.search_requested.connect(self.commands.open_palette)
        window.sidebar.sessions.conversation_picked.connect(self._open_conversation)
        window.sidebar.sessions.delete_requested.connect(self.deletion.request)
        self.deletion.decided.connect(controller.delete_conversation)
        window.header.settings_button.clicked.connect(lambda: self.commands.open_settings())
        window.header.pill.clicked.connect(lambda: self.commands.open_settings(server=True))
        window.header.levels.level_picked.connect(self._pick_level)
        window.connection_banner.retry_requested.connect(controller.retry)
        window.connection_banner.port_picked.connect(self._use_port)
        window.connection_banner.settings_requested.connect(lambda: self.commands.open_settings(server=True))
        window.place_shown.connect(self._place_shown)
        window.settings_opened.connect(self._bind_settings)

    def _open_conversation(self, session_id: str) -> None:
        self._window.show_place(Place.CONVERSATION)
        self.controller.open_conversation(session_id)

    def _place_shown(self, place: Place) -> None:
        if place is not Place.HISTORY:
            return
        if self._history is None:
            self._history = self._window.history
            self._history.reload_requested.connect(self.controller.load_history)
            self._history.undo_requested.connect(self._undo_entry)
            self._history.go_back_requested.connect(self.controller.ask_go_back)
            self._history.show_commands(self._commands_open())
        self.controller.load_history()

    def _undo_entry(self, entry_id: int) -> None:
        self._window.show_place(Place.CONVERSATION)
        self.controller.ask_undo(entry_id)

    def _open_link(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)

    # --- settings ------------------------------------------------------------------------------------

    def _bind_settings(self, dialog: SettingsDialog) -> None:
        if self._dialog is None:
            self._dialog = dialog
            dialog.server.test_requested.connect(self._test)
            dialog.server.token.keep_requested.connect(
                lambda token: self._tasks.start(self._keep_token(dialog, token), name="token")
            )
            dialog.finished.connect(lambda _result: self._use_server())
        if self._window.settings.get(SERVER_PLACE) == "remote":
            self._tasks.start(self._show_token(dialog), name="token")

    def _test(self) -> None:
        self._server_changed = False
        self.controller.test_connection()

    def _use_server(self) -> None:
        """Use another server once the person is done: half an address is no reason to disconnect."""
        if self._server_changed:
            self._server_changed = False
            self.controller.retry()

    async def _show_token(self, dialog: SettingsDialog) -> None:
        try:
            name = remote_address(self._window.settings.get(REMOTE_URL)).token_name
            dialog.server.token.show_kept(await self._secrets.get(name) is not None)
        except UserError as error:
            dialog.server.token.show_problem(self._window.words(error.message))

    async def _keep_token(self, dialog: SettingsDialog, token: str) -> None:
        try:
            name = remote_address(self._window.settings.get(REMOTE_URL)).token_name
            await self._secrets.set(name, token)
        except UserError as error:
            dialog.server.token.show_problem(self._window.words(error.message))
        else:
            dialog.server.token.show_kept(True)
            self._server_changed = True

    def _use_port(self, port: int) -> None:
        if self._try(lambda: self._window.settings.set(WEBSOCKET_PORT, port)):
            self._server_changed = False
            self.controller.retry()

    def _pick_level(self, level: str) -> None:
        if not self._try(lambda: self._window.settings.set(LEVEL, as_level(level))):
            self._show_level()

    def _try(self, change: Callable[[], None]) -> bool:
        try:
            change()
        except UserError as error:
            self._window.notice.tell(self._window.words(error.message), tone="error")
            return False
        return True

    def _setting_changed(self, setting: AnySetting) -> None:
        if setting is LEVEL:
            self._show_level()
        if setting in SERVER_SETTINGS:
            self._server_changed = True
            if setting is not WEBSOCKET_PORT and self._dialog is not None and self._dialog.isVisible():
                self._bind_settings(self._dialog)
        if setting in (LEVEL, LANGUAGE):
            self._prefer()

    def _prefer(self) -> None:
        settings = self._window.settings
        self.controller.prefer("level", settings.get(LEVEL))
        self.controller.prefer("language", self._language())

    def _show_level(self) -> None:
        level = self._window.settings.get(LEVEL)
        self._window.header.levels.show_level(level)
        self._window.conversation.set_level_features(
            level_feature("plan_card_open", level),
            level_feature("suggestions", level),
            level_feature("output", level),
        )
        if self._history is not None:
            self._history.show_commands(self._commands_open())

    def _commands_open(self) -> bool:
        return level_feature("plan_card_open", self._window.settings.get(LEVEL)) == "everything"
