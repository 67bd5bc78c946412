"""A button that opens and closes something below it, and tells which of both it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleStateChangeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nixforhumanity.ui.theme.icons import Ink, icon


class DisclosureButton(QPushButton):
    """Shows an arrow; a screen reader hears "expanded" or "collapsed"."""

    def __init__(self, parent: QWidget | None = None, *, arrow: bool = True) -> None:
        super().__init__(parent)
        self._arrow = arrow
        self._opened: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the conversation leads Tab to it

    @property
    def opened(self) -> bool:
        """Whether what it opens is open."""
        return bool(self._opened)

    def show_opened(self, opened: bool) -> None:
        """Show that it is open, or closed."""
        before, self._opened = self._opened, opened
        if self._arrow:
            left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            closed = "chevron-left" if left else "chevron-right"
            self.setIcon(icon("chevron-down" if opened else closed, Ink.MUTED))
        if before is not None and before != opened and QAccessible.isActive():
            changed = QAccessible.State()
            changed.expanded = changed.collapsed = True
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, changed))
