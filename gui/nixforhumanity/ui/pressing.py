"""What every button of the window's frame does beyond Qt's own: Enter presses it, and hover never sticks."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QToolButton

RETURN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class _Pressing(QObject):
    """Watches one button."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press with Enter; forget the pointer when a dialog or a menu takes it away."""
        if not isinstance(watched, QAbstractButton):
            return False
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in RETURN_KEYS:
            if not event.isAutoRepeat():
                press(watched)
            return True
        if kind in {QEvent.Type.WindowBlocked, QEvent.Type.WindowDeactivate}:
            watched.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            watched.update()
        return False


def press(button: QAbstractButton) -> None:
    """Do what a click does: open the menu of a button that has one, else press."""
    if isinstance(button, QToolButton) and button.menu() is not None:
        button.showMenu()
    else:
        button.click()


def press_with_enter(button: QAbstractButton) -> None:
    """Let Enter do what Space and a click do; a click leaves the keyboard where it was."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.installEventFilter(_Pressing(button))
