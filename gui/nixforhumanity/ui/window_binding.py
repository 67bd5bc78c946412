"""Connects the parts of the window with the session controller, the settings and each other."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from nixforhumanity.assistant.language_model.port import ModelTrial
from nixforhumanity.client.own_words import OwnWordsConnection
from nixforhumanity.client.target import remote_address
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import message
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
from nixforhumanity.ui.closing import Closing
from nixforhumanity.ui.connection_menu import ConnectionMenu
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.own_words_list import OwnWordsList
from nixforhumanity.ui.session_controller import SessionController
from nixforhumanity.ui.settings_dialog.server_checks import wrong_address
from nixforhumanity.ui.sidebar.sidebar import Place
from nixforhumanity.ui.window_commands import WindowCommands
from nixforhumanity.ui.window_deletion import ConversationDeletion
from nixforhumanity.ui.window_screen import WindowScreen, WindowTestScreen
from nixforhumanity.ui.window_state import WindowState

if TYPE_CHECKING:  # both are made, and loaded, when they are first wanted
    from nixforhumanity.ui.history.history_panel import HistoryPanel
    from nixforhumanity.ui.settings_dialog.language_model_trial import LanguageModelTrial
    from nixforhumanity.ui.settings_dialog.settings_dialog import SettingsDialog
    from nixforhumanity.ui.settings_dialog.words_page import WordsPage

EXPLAIN_PROMPT = "explain that"
REMOTE = "remote"
SERVER_SETTINGS = (SERVER_PLACE, REMOTE_URL, WEBSOCKET_PORT)
RECONNECT_PAUSE_MS = 500
"""Long enough to go through the choices by arrow keys without connecting to each."""


class WindowBinding(QObject):
    """Makes the window do something; `controller` is the listener to give to a connection."""

    controller: SessionController

    def __init__(
        self,
        window: MainWindow,
        state: WindowState,
        tasks: BackgroundTasks,
        secrets: SecretStore,
        language: Callable[[], str],
        server_log: Callable[[], str] | None = None,
        language_model: ModelTrial | None = None,
    ) -> None:
        super().__init__(window)
        window.fill()
        self._window = window
        self._tasks = tasks
        self._secrets = secrets
        self._language = language
        self._language_model = language_model
        self._trial: LanguageModelTrial | None = None
        self._history: HistoryPanel | None = None
        self._dialog: SettingsDialog | None = None
        self._own_words: OwnWordsConnection | None = None
        self._practising = False
        self._reconnect = QTimer(self)
        self._reconnect.setSingleShot(True)
        self._reconnect.setInterval(RECONNECT_PAUSE_MS)
        self._reconnect.timeout.connect(lambda: self.controller.retry())
        deletion = ConversationDeletion(window.deletion, window.sidebar.sessions.title_of)
        self.deletion = deletion
        screen = WindowScreen(window, deletion)
        screen.show_notices([window.words(problem) for problem in window.settings.problems])
        self.controller = SessionController(screen, state, tasks)
        self.commands = WindowCommands(window, self.controller)
        self.connection_menu = ConnectionMenu(
            window,
            restart=self.controller.restart_server,
            retry=self.controller.retry,
            settings=lambda: self.commands.open_settings(server=True),
            log=server_log,
        )
        self.closing = Closing(window, self.controller)
        self._bind_conversation()
        self._bind_frame()
        end = window.settings.observe(self._setting_changed)
        window.closed.connect(end)
        self._show_level()
        self._prefer()

    def use_own_words(self, connection: OwnWordsConnection) -> None:
        """Show the person's own words as this connection knows them."""
        self._own_words = connection

    def practise(self) -> None:
        """Say where it matters that this is practice, with a server of its own."""
        self._practising = True

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
        view.option_picked.connect(controller.answer_with)
        view.words_said_again.connect(controller.send)
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
        window.header.pill.clicked.connect(self.connection_menu.open)
        window.header.levels.level_picked.connect(self._pick_level)
        window.connection_banner.retry_requested.connect(controller.retry)
        window.connection_banner.restart_requested.connect(controller.restart_server)
        window.connection_banner.port_picked.connect(self._use_port)
        window.connection_banner.settings_requested.connect(lambda: self.commands.open_settings(server=True))
        window.elsewhere.dismissed.connect(controller.questions.dismiss_elsewhere)
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
            self._history.reload_requested.connect(lambda many: self.controller.load_history(many))
            self._history.undo_requested.connect(self._undo_entry)
            self._history.go_back_requested.connect(self.controller.ask_go_back)
            self._show_history_level(self._history)
        self._history.reload()

    def _undo_entry(self, entry_id: int) -> None:
        self._window.show_place(Place.CONVERSATION)
        self.controller.ask_undo(entry_id)

    def _open_link(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)

    # --- settings ------------------------------------------------------------------------------------

    def _bind_settings(self, dialog: "SettingsDialog") -> None:
        if self._dialog is None:
            self._dialog = dialog
            self._bind_own_words(dialog.own_words)
            self._bind_language_model(dialog)
            if self._practising:
                dialog.server.show_practice()
            dialog.server.test_requested.connect(self._test)
            dialog.server.token.keep_requested.connect(
                lambda token: self._tasks.start(self._keep_token(dialog, token), name="token")
            )
        if self._window.settings.get(SERVER_PLACE) == REMOTE:
            self._tasks.start(self._show_token(dialog), name="token")

    def _bind_language_model(self, dialog: "SettingsDialog") -> None:
        if self._language_model is not None:
            from nixforhumanity.ui.settings_dialog.language_model_trial import LanguageModelTrial

            self._trial = LanguageModelTrial(dialog.language_model, self._language_model, self._tasks)

    def _bind_own_words(self, page: "WordsPage") -> None:
        if self._own_words is None:
            return
        words = OwnWordsList(page, self._own_words, self._tasks)
        page.reload_requested.connect(lambda: words.reload())
        page.learning_wanted.connect(lambda learning: words.learn(learning))
        page.edit_requested.connect(lambda phrase_id: words.edit(phrase_id))
        page.save_requested.connect(lambda *change: words.save(*change))
        page.delete_requested.connect(lambda ids: words.delete(ids))
        page.restore_requested.connect(lambda ids: words.restore(ids))

    def _test(self) -> None:
        self._reconnect.stop()
        self.controller.test_connection(WindowTestScreen(self._window))

    def _use_server(self, setting: AnySetting) -> None:
        """Use another server at once, if the change matters and says all that is needed."""
        settings = self._window.settings
        remote = settings.get(SERVER_PLACE) == REMOTE
        matters = setting is SERVER_PLACE or remote is (setting is REMOTE_URL)
        address = settings.get(REMOTE_URL)
        if matters and not (remote and (not address or wrong_address(address))):
            self._reconnect.start()
        else:
            self._reconnect.stop()

    async def _show_token(self, dialog: "SettingsDialog") -> None:
        try:
            name = remote_address(self._window.settings.get(REMOTE_URL)).token_name
        except UserError:
            dialog.server.token.show_address_wanted()  # the line of the address says what is wrong
            return
        try:
            dialog.server.token.show_kept(await self._secrets.get(name) is not None)
        except UserError as error:
            problem = message("keyring-not-looked", **error.message.parameters)
            dialog.server.token.show_problem(self._window.words(problem))

    async def _keep_token(self, dialog: "SettingsDialog", token: str) -> None:
        try:
            name = remote_address(self._window.settings.get(REMOTE_URL)).token_name
        except UserError:
            dialog.server.token.show_address_wanted()
            return
        try:
            await self._secrets.set(name, token)
        except UserError as error:
            dialog.server.token.show_problem(self._window.words(error.message))
        else:
            dialog.server.token.show_kept(True)
            self._reconnect.start()

    def _use_port(self, port: int) -> None:
        if self._try(lambda: self._window.settings.set(WEBSOCKET_PORT, port)):
            self._reconnect.stop()
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
            self._use_server(setting)
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
            self._show_history_level(self._history)

    def _show_history_level(self, history: "HistoryPanel") -> None:
        level = self._window.settings.get(LEVEL)
        history.show_level(
            with_commands=level_feature("plan_card_open", level) == "everything",
            everyday_words=level_feature("words", level) == "everyday",
        )
