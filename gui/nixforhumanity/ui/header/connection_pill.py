"""Says in a few words whether the assistant can be reached."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.theme.icons import Ink, icon

if TYPE_CHECKING:  # the window is painted before anything of the connection is loaded
    from nixforhumanity.client.interface import ConnectionState

_ICONS = {
    "connecting": ("clock", Ink.MUTED),
    "connected": ("check-circle", Ink.SUCCESS),
    "waiting": ("offline", Ink.WARNING),
    "failed": ("error", Ink.DANGER),
    "stopped": ("offline", Ink.MUTED),
}


class ConnectionPill(QToolButton):
    """Icon and text; pressing it opens the settings of the connection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection-pill")
        self._state: ConnectionState | None = None
        self._compact = False
        press_with_enter(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._show()

    @property
    def state(self) -> "ConnectionState | None":
        """What is shown; None: nothing was heard yet, which looks like connecting."""
        return self._state

    def show_state(self, state: "ConnectionState") -> None:
        """Show where the connection stands."""
        self._state = state
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Show only the icon; the words stay as tool tip and name."""
        self._compact = compact
        self._show()

    def _show(self) -> None:
        words = self._words()
        name, ink = _ICONS[self._phase]
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
        self.setAccessibleName(words)
        address = f"\n{self._state.address}" if self._state is not None and self._state.address else ""
        self.setToolTip(words + address + "\n" + self.tr("Shows details and settings of the connection"))
        self.setAccessibleDescription(self.tr("Shows details and settings of the connection"))

    @property
    def _phase(self) -> str:
        return "connecting" if self._state is None else self._state.phase.value

    def _words(self) -> str:
        words = {
            "connecting": self.tr("Connecting …"),
            "connected": self.tr("Connected: {place}"),
            "waiting": self.tr("Not connected, trying again"),
            "failed": self.tr("Not connected"),
            "stopped": self.tr("Disconnected"),
        }
        return words[self._phase].replace("{place}", self._place())

    def _place(self) -> str:
        if self._state is not None and self._state.place.value == "remote":
            return self._state.address.split("://")[-1].split("/")[0]
        return self.tr("this computer")

    def changeEvent(self, event: QEvent) -> None:
        """Change language and text size while running."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.FontChange}:
            self._show()
        super().changeEvent(event)
