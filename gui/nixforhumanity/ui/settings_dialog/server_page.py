"""Which assistant the window talks to, whether that works, and why not."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QWidget

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState
from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import REMOTE_URL, SERVER_PLACE, WEBSOCKET_PORT, AnySetting
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.icon_label import IconLabel
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.server_checks import address_hint, port_hint, wrong_address
from nixforhumanity.ui.settings_dialog.settings_page import READ_BY_KEYBOARD, SettingsPage
from nixforhumanity.ui.settings_dialog.token_field import TokenField
from nixforhumanity.ui.theme.icons import Ink
from nixforhumanity.ui.wrapped_label import WrappedLabel

SHOWN = (SERVER_PLACE, REMOTE_URL, WEBSOCKET_PORT)
LOG_LINES = 8
REMOTE = "remote"


class ServerPage(SettingsPage):
    """The state of the connection first, then what can be changed about it."""

    test_requested = Signal()

    def __init__(self, settings: Settings, words: Callable[[Message], str], parent: QWidget) -> None:
        super().__init__(
            SHOWN,
            settings,
            words,
            parent,
            checks={REMOTE_URL.key: wrong_address},
            hints={REMOTE_URL.key: address_hint, WEBSOCKET_PORT.key: port_hint},
        )
        self.setObjectName("server-page")
        self.token = TokenField(self.content)
        self._state = QFrame(self.content)
        self._state.setObjectName("server-state")
        self._icon = IconLabel(self._state)
        self._sentence = WrappedLabel("", self._state)
        self._sentence.setObjectName("server-sentence")
        self._test = ElidingButton("", self._state)
        self._test.setObjectName("test-connection")
        self._test.setAutoDefault(False)
        press_with_enter(self._test)
        self._at_once = WrappedLabel("", self._state, tone="muted")
        self._at_once.setObjectName("server-at-once")
        self._at_once.setProperty("type", "caption")
        self._practice = WrappedLabel("", self._state)
        self._practice.setObjectName("server-practice")
        self._practising = False
        self._test.clicked.connect(lambda: self.test_requested.emit())
        self._log = QPlainTextEdit(self._state)
        self._log.setObjectName("server-log")
        self._log.setReadOnly(True)
        self._log.setTabChangesFocus(True)
        self._log.setTextInteractionFlags(READ_BY_KEYBOARD)
        grid = QGridLayout(self._state)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._sentence, 0, 1)
        grid.addWidget(self._practice, 1, 1)
        grid.addWidget(self._at_once, 2, 1)
        grid.addWidget(self._test, 3, 1, Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(self._log, 4, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.layout_.insertWidget(0, self._state)
        self.layout_.insertSpacing(1, 8)
        self.layout_.insertWidget(4, self.token)
        self._show_result("information", Ink.MUTED, "", "")
        self._label_test()
        self.show_settings()

    def show_connection(self, state: ConnectionState) -> None:
        """Show where the connection of the window stands."""
        address = state.address
        if state.phase is ConnectionPhase.CONNECTED:
            words = self.tr("Connected to {address}.").replace("{address}", address)
            self._show_result("check-circle", Ink.SUCCESS, words, "")
        elif state.phase in {ConnectionPhase.WAITING, ConnectionPhase.FAILED}:
            words = self.words(state.problem) if state.problem is not None else self.tr("Not connected.")
            self._show_result("error", Ink.DANGER, words, state.detail)
        else:
            words = self.tr("The window connects to {address} now …").replace("{address}", address)
            self._show_result("clock", Ink.MUTED, words, state.detail)

    def show_practice(self) -> None:
        """Say that the window practises: its server listens elsewhere than the settings say."""
        self._practising = True
        self.show_settings()

    def show_test_running(self) -> None:
        """Show that the connection is being tried."""
        self._test.setEnabled(False)
        self._show_result("clock", Ink.MUTED, self.tr("Trying to connect …"), "")

    def show_test_result(self, problem: str, detail: str = "") -> None:
        """Show how the test ended; an empty problem means that it worked."""
        self._test.setEnabled(True)
        if problem:
            self._show_result("error", Ink.DANGER, problem, detail)
        else:
            self._show_result("check-circle", Ink.SUCCESS, self.tr("The connection works."), "")

    def show_settings(self) -> None:
        """Show what is in force, and the token only for a server elsewhere."""
        super().show_settings()
        remote = self.settings.get(SERVER_PLACE) == REMOTE
        self.token.setVisible(remote)
        self._practice.setVisible(self._practising and not remote)

    def applies(self, setting: AnySetting) -> bool:
        """An address matters for a server elsewhere, a port for one here."""
        remote = self.settings.get(SERVER_PLACE) == REMOTE
        if setting is REMOTE_URL:
            return remote
        return setting is not WEBSOCKET_PORT or not remote or not self.settings.is_default(WEBSOCKET_PORT)

    def needs(self, setting: AnySetting) -> bool:
        """A server elsewhere has an address."""
        return setting is REMOTE_URL and self.settings.get(SERVER_PLACE) == REMOTE

    def _show_result(self, icon_name: str, ink: Ink, words: str, detail: str) -> None:
        self._icon.show_icon(icon_name, ink)
        self._sentence.set_text(words)
        self._log.setPlainText(detail)
        self._log.setFixedHeight(self._log.fontMetrics().lineSpacing() * LOG_LINES)
        self._log.setVisible(bool(detail))

    def _label_test(self) -> None:
        self._test.setText(self.tr("Test the connection"))
        self._at_once.set_text(self.tr("Changes on this page are used at once: the window connects anew."))
        self._practice.set_text(
            self.tr(
                "You are practising. Practice has an assistant server of its own. It does not use the port"
                " that is set here."
            )
        )
        self._log.setAccessibleName(self.tr("End of the assistant's log"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._label_test()
