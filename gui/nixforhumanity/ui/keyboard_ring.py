"""A ring around a whole area tells where the keyboard is: only who uses the keyboard needs it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

PROPERTY = "ring"
"""What style sheets ask for: `#name[ring="true"]:focus`."""
_BY_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    }
)
_MOVES = frozenset(
    {
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)


class KeyboardRing(QObject):
    """Sets the property of one widget; a click takes it away, and a key that moves brings it back."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of how the keyboard came; nothing is kept from the widget."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() is Qt.FocusReason.MouseFocusReason:
                self._show(False)
            elif event.reason() in _BY_KEYBOARD:
                self._show(True)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self._show(True)
        return False

    def _show(self, shown: bool) -> None:
        if self._widget.property(PROPERTY) is not shown:
            self._widget.setProperty(PROPERTY, shown)
            style = self._widget.style()
            style.unpolish(self._widget)
            style.polish(self._widget)
            self._widget.update()
