"""The button of a place: to a screen reader a radio button, because one place of all is on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QToolButton, QWidget

from nixforhumanity.ui.accessible_roles import use_interface

PRESS, FOCUS = "Press", "SetFocus"


class PlaceButton(QToolButton):
    """One of a group of which one is down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        use_interface(PlaceButton, _PlaceInterface)
        self.setCheckable(True)
        self.setAutoExclusive(True)


class _PlaceInterface(QAccessibleWidget):
    """Qt calls a tool button that stays down a check box."""

    def __init__(self, button: PlaceButton) -> None:
        super().__init__(button, QAccessible.Role.RadioButton, "")
        self._button = button

    def text(self, text: QAccessible.Text) -> str:
        """See QAccessibleInterface."""
        return self._button.accessibleName() if text is QAccessible.Text.Name else super().text(text)

    def state(self) -> QAccessible.State:
        """See QAccessibleInterface."""
        state = super().state()
        state.checkable = True
        state.checked = self._button.isChecked()
        return state

    def actionNames(self) -> list[str]:
        """See QAccessibleActionInterface."""
        return [PRESS, FOCUS]

    def doAction(self, name: str) -> None:
        """See QAccessibleActionInterface."""
        if name == PRESS:
            self._button.click()
        elif name == FOCUS:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
