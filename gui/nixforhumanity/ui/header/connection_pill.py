"""Says in a few words whether the assistant can be reached."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.ui.theme.icons import Ink, icon

_ICONS = {
    ConnectionPhase.CONNECTING: ("clock", Ink.MUTED),
    ConnectionPhase.CONNECTED: ("check-circle", Ink.SUCCESS),
    ConnectionPhase.WAITING: ("offline", Ink.WARNING),
    ConnectionPhase.FAILED: ("error", Ink.DANGER),
    ConnectionPhase.STOPPED: ("offline", Ink.MUTED),
}


class ConnectionPill(QToolButton):
    """Icon and text; pressing it opens the settings of the connection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection-pill")
        self._state = ConnectionState(ConnectionPhase.CONNECTING, ServerPlace.EMBEDDED)
        self._compact = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._show()

    @property
    def state(self) -> ConnectionState:
        """What is shown."""
        return self._state

    def show_state(self, state: ConnectionState) -> None:
        """Show where the connection stands."""
        self._state = state
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Show only the icon; the words stay as tool tip and name."""
        self._compact = compact
        self._show()

    def _show(self) -> None:
        words = self._words()
        name, ink = _ICONS[self._state.phase]
        self.setIcon(icon(name, ink))
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        self.setText(f" {words}")  # the style leaves too little room beside the icon
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if self._compact
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        self.setToolButtonStyle(style)
        self.setAccessibleName(self.tr("Connection: {state}").replace("{state}", words))
        address = f"\n{self._state.address}" if self._state.address else ""
        self.setToolTip(words + address + "\n" + self.tr("Press for details and settings"))
        self.setAccessibleDescription(self.tr("Press for details and settings"))

    def _words(self) -> str:
        match self._state.phase:
            case ConnectionPhase.CONNECTING:
                return self.tr("connecting")
            case ConnectionPhase.CONNECTED:
                return self.tr("connected: {place}").replace("{place}", self._place())
            case ConnectionPhase.WAITING:
                return self.tr("not connected, trying again")
            case ConnectionPhase.FAILED:
                return self.tr("not connected")
            case ConnectionPhase.STOPPED:
                return self.tr("stopped")

    def _place(self) -> str:
        if self._state.place is ServerPlace.REMOTE:
            return self._state.address.split("://")[-1].split("/")[0]
        return self.tr("this computer")

    def changeEvent(self, event: QEvent) -> None:
        """Change language and text size while running."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.FontChange}:
            self._show()
        super().changeEvent(event)
