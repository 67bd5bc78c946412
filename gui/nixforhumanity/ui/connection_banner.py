"""Says above the conversation that the connection is gone, counts down, and offers what helps."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState
from nixforhumanity.core.text import Message
from nixforhumanity.ui.banner import Banner, BannerButton

SECOND = 1000


class ConnectionBanner(Banner):
    """Shown while the connection waits or has failed; goes by itself when it works again."""

    retry_requested = Signal()
    restart_requested = Signal()
    port_picked = Signal(int)
    settings_requested = Signal()

    def __init__(self, words: Callable[[Message], str], parent: QWidget | None = None) -> None:
        super().__init__("connection-banner", parent)
        self._words = words
        self._state: ConnectionState | None = None
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND)
        self._clock.timeout.connect(self._tick)

    def show_state(self, state: ConnectionState) -> None:
        """Show what this state means for the person, if anything."""
        self._state = state
        self._clock.stop()
        if state.silent:
            self._show_silent(state)
        elif state.phase is ConnectionPhase.WAITING:
            self._seconds = math.ceil(state.retry_seconds or 0)
            self._show_waiting(state)
            self._clock.start()
        elif state.phase is ConnectionPhase.FAILED:
            self._show_failed(state)
        else:
            self.hide()

    def _show_silent(self, state: ConnectionState) -> None:
        button = BannerButton("restart", self.tr("Restart the assistant"), self.restart_requested.emit)
        self.tell(
            self.tr("The assistant does not answer yet …"),
            tone="warning",
            buttons=[button] if state.restartable else [],
            dismissable=False,
        )

    def _show_waiting(self, state: ConnectionState) -> None:
        self.tell(
            self._waiting_text(),
            tone="warning",
            buttons=[BannerButton("retry", self.tr("Retry now"), self.retry_requested.emit)],
            detail=self._words(state.problem) if state.problem is not None else "",
            dismissable=False,
        )

    def _waiting_text(self) -> str:
        if self._seconds < 1:
            return self.tr("The connection to the assistant is lost. Trying again now …")
        words = self.tr("The connection to the assistant is lost. Trying again in {seconds} s.")
        return words.replace("{seconds}", str(self._seconds))

    def _tick(self) -> None:
        self._seconds -= 1
        self.change_text(self._waiting_text())
        if self._seconds < 1:
            self._clock.stop()

    def _show_failed(self, state: ConnectionState) -> None:
        buttons = [BannerButton("retry", self.tr("Retry"), self.retry_requested.emit)]
        if (port := state.free_port) is not None:
            text = self.tr("Use port {port} instead").replace("{port}", str(port))
            buttons.insert(0, BannerButton("use-port", text, lambda: self.port_picked.emit(port)))
        buttons.append(BannerButton("open-settings", self.tr("Settings …"), self.settings_requested.emit))
        problem = self._words(state.problem) if state.problem is not None else ""
        self.tell(
            problem or self.tr("The assistant cannot be reached."),
            tone="error",
            buttons=buttons,
            detail=state.detail,
            dismissable=False,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._state is not None:
            self.show_state(self._state)
