"""What screen readers are told: the conversation is a list, each row an item, and news is announced."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from nixforhumanity.ui.conversation.row_view import RowView

LONGEST_NAME = 4000
"""Characters of a row that are given as its name; the text pieces below it hold all of it."""


class RowList(QWidget):
    """The part of the conversation that holds the rows."""


class _ListInterface(QAccessibleWidget):
    def __init__(self, widget: QWidget, name: str) -> None:
        super().__init__(widget, QAccessible.Role.List, name)


class _RowInterface(QAccessibleWidget):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.ListItem, "")

    def text(self, text: QAccessible.Text) -> str:
        """See QAccessibleInterface."""
        widget = self.widget()
        if text is QAccessible.Text.Name and isinstance(widget, RowView):
            return widget.accessible_text()[:LONGEST_NAME]
        return super().text(text)


class _Interfaces:
    """Makes the interfaces and keeps them alive as long as their widgets."""

    def __init__(self) -> None:
        self._kept: dict[int, QAccessibleInterface] = {}

    def made(self, key: str, thing: QObject) -> QAccessibleInterface | None:
        """Return the interface of one of our widgets; None for all others."""
        interface: QAccessibleInterface
        if isinstance(thing, RowView):
            interface = _RowInterface(thing)
        elif isinstance(thing, RowList):
            interface = _ListInterface(thing, thing.accessibleName())
        else:
            return None
        identity = id(thing)
        self._kept[identity] = interface
        thing.destroyed.connect(lambda: self._kept.pop(identity, None))
        return interface


_interfaces = _Interfaces()


def install_accessibility() -> None:
    """Make rows known to screen readers; call once for a process, more often does no harm."""
    QAccessible.installFactory(_interfaces.made)


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a screen reader say this now (`urgent` interrupts what it is saying)."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
