"""What screen readers see: the conversation is a list, each row an item, its parts in reading order."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QScrollArea, QWidget

from nixforhumanity.ui.conversation.busy_mark import BusyMark
from nixforhumanity.ui.conversation.disclosure_button import DisclosureButton
from nixforhumanity.ui.conversation.flow_row import FlowRow
from nixforhumanity.ui.conversation.plan_buttons import PlanButtons
from nixforhumanity.ui.conversation.progress_line import ProgressLine
from nixforhumanity.ui.conversation.row_view import RowView
from nixforhumanity.ui.conversation.stack import IconLine, IconMark, Stack

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
LONGEST_NAME = 4000
"""Characters of a row that are given as its name; the text pieces below it hold all of it."""


class RowList(QWidget):
    """The part of the conversation that holds the rows."""


class TranscriptFrame(QAbstractScrollArea):
    """What scrolls the rows."""


class _InOrder(QAccessibleWidget):
    """Has as children what is on the screen, in reading order; the widgets themselves come in any order."""

    def __init__(self, widget: QWidget, role: QAccessible.Role, name: str = "") -> None:
        super().__init__(widget, role, name)

    def _children(self) -> list[QWidget]:
        parts = self.widget().findChildren(QWidget, options=_DIRECT)
        seen = [one for one in parts if not (one.isHidden() or one.isWindow() or _is_silent(one))]
        return sorted(seen, key=lambda one: (one.y(), one.x()))

    def childCount(self) -> int:
        """See QAccessibleInterface."""
        return len(self._children())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """See QAccessibleInterface."""
        children = self._children()
        found = 0 <= index < len(children)
        return QAccessible.queryAccessibleInterface(children[index]) if found else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """See QAccessibleInterface."""
        thing = child.object()
        return next((number for number, one in enumerate(self._children()) if one is thing), -1)


def _is_silent(widget: QWidget) -> bool:
    """Tell whether a widget is only to look at; what it means is said beside it."""
    return isinstance(widget, IconMark | BusyMark) or (isinstance(widget, ProgressLine) and not widget.active)


class _RowInterface(_InOrder):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.ListItem)

    def text(self, text: QAccessible.Text) -> str:
        """See QAccessibleInterface."""
        widget = self.widget()
        if text is QAccessible.Text.Name and isinstance(widget, RowView):
            return widget.accessible_text()[:LONGEST_NAME]
        return super().text(text)


class _FrameInterface(_InOrder):
    """The frame of the conversation: it can have the keyboard, so it says what it is."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Grouping, widget.accessibleName())


class _DisclosureInterface(QAccessibleWidget):
    """A button that tells whether what it opens is open."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Button, "")

    def state(self) -> QAccessible.State:
        """See QAccessibleInterface."""
        state, widget = super().state(), self.widget()
        assert isinstance(widget, DisclosureButton)
        state.expandable = True
        state.expanded = widget.opened
        state.collapsed = not widget.opened
        return state

    def actionNames(self) -> list[str]:
        """See QAccessibleActionInterface."""
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, action: str) -> None:
        """See QAccessibleActionInterface."""
        widget = self.widget()
        assert isinstance(widget, DisclosureButton)
        if action == QAccessibleActionInterface.pressAction():
            widget.animateClick()
        else:
            super().doAction(action)


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
            interface = _InOrder(thing, QAccessible.Role.List, thing.accessibleName())
        elif isinstance(thing, TranscriptFrame):
            interface = _FrameInterface(thing)
        elif isinstance(thing, Stack | IconLine | PlanButtons | FlowRow):
            interface = _InOrder(thing, QAccessible.Role.Grouping)
        elif isinstance(thing, QScrollArea):  # by Qt it has a role that means nothing
            interface = QAccessibleWidget(thing, QAccessible.Role.Grouping, thing.accessibleName())
        elif isinstance(thing, DisclosureButton):
            interface = _DisclosureInterface(thing)
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
