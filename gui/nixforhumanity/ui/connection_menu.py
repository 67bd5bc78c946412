"""What the connection in the header offers: what it is connected to, a restart, the log, the settings."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMenu, QPlainTextEdit, QVBoxLayout

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.ui.main_window import MainWindow

LOG_WIDTH, LOG_HEIGHT = 760, 480


class ConnectionMenu(QObject):
    """Opens a menu below the pill."""

    def __init__(
        self,
        window: MainWindow,
        *,
        restart: Callable[[], None],
        retry: Callable[[], None],
        settings: Callable[[], None],
        log: Callable[[], str] | None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._restart, self._retry, self._settings, self._log = restart, retry, settings, log

    def open(self) -> None:
        """Show the menu for the state of now."""
        pill = self._window.header.pill
        menu = self.menu(pill.state)
        menu.popup(pill.mapToGlobal(pill.rect().bottomLeft()))

    def menu(self, state: ConnectionState | None) -> QMenu:
        """Return the menu; the first line only says what there is a connection to."""
        menu = QMenu(self._window)
        menu.setObjectName("connection-menu")
        menu.aboutToHide.connect(menu.deleteLater)
        about = menu.addAction(self._about(state))
        about.setEnabled(False)
        menu.addSeparator()
        if state is not None and state.phase is not ConnectionPhase.CONNECTED:
            menu.addAction(self.tr("Try to connect now"), self._retry)
        if state is not None and state.place is ServerPlace.EMBEDDED:
            menu.addAction(self.tr("Restart the assistant"), self._restart)
        if self._log is not None and (state is None or state.place is not ServerPlace.REMOTE):
            menu.addAction(self.tr("Show its log"), self.show_log)
        menu.addAction(self.tr("Settings of the connection …"), self._settings)
        return menu

    def _about(self, state: ConnectionState | None) -> str:
        if state is None:
            return self.tr("Not connected yet")
        words = {
            ServerPlace.EMBEDDED: self.tr("The assistant on this computer, started by this window"),
            ServerPlace.RUNNING: self.tr("The assistant that already runs on this computer"),
            ServerPlace.REMOTE: self.tr("The assistant on another computer"),
        }[state.place]
        if state.phase is not ConnectionPhase.CONNECTED:
            words = self.tr("Not connected: {server}").replace("{server}", words)
        return f"{words} ({state.address})" if state.address else words

    def show_log(self) -> None:
        """Show the end of the assistant's log."""
        assert self._log is not None
        dialog = QDialog(self._window)
        dialog.setObjectName("server-log")
        dialog.setWindowTitle(self.tr("Log of the assistant"))
        text = QPlainTextEdit(self._log() or self.tr("Nothing is written there."), dialog)
        text.setObjectName("server-log-text")
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setAccessibleName(self.tr("Log of the assistant"))
        about = QLabel(self.tr("Technical notes, the newest last. They do not hold what you said."), dialog)
        about.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
        buttons.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        for widget in (about, text, buttons):
            layout.addWidget(widget)
        dialog.resize(LOG_WIDTH, LOG_HEIGHT)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()
        text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())
