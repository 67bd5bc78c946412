"""A list of choices that drops down: all of them in sight, named by its label, and not changed by chance."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QComboBox,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from nixforhumanity.ui.accessible_roles import use_interface
from nixforhumanity.ui.announcing import announce

MOST_LINES = 12


class ChoiceBox(QComboBox):
    """The wheel scrolls the page below it and changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        use_interface(ChoiceBox, _ChoiceInterface)
        view = QListView(self)
        view.setObjectName("choices")
        view.setUniformItemSizes(True)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        self.setMaxVisibleItems(MOST_LINES)
        self.currentIndexChanged.connect(self._tell)

    def _tell(self, index: int) -> None:
        # A screen reader finds the value as what is picked in the list.
        self.view().setCurrentIndex(self.model().index(index, self.modelColumn()))
        if self.hasFocus():
            announce(self, self.currentText())

    def sizeHint(self) -> QSize:
        """Return room for the longest choice and the arrow; Qt forgets what the style sheet adds."""
        metrics, hint = self.fontMetrics(), super().sizeHint()
        longest = max(
            (metrics.horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0
        )
        return QSize(max(hint.width(), longest + 2 * metrics.height() + 24), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the value; where it does not fit it ends with dots, and the tool tip has all of it."""
        options = QStyleOptionComboBox()
        self.initStyleOption(options)
        room = (
            self.style()
            .subControlRect(
                QStyle.ComplexControl.CC_ComboBox, options, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            .width()
        )
        shown = self.fontMetrics().elidedText(options.currentText, Qt.TextElideMode.ElideRight, room - 4)
        self.setToolTip(self.currentText() if shown != options.currentText else "")
        options.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, options)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, options)
        painter.end()

    def showPopup(self) -> None:
        """Open the list, wide enough for its longest line."""
        view = self.view()
        wanted = view.sizeHintForColumn(0) + 2 * view.frameWidth() + 8
        view.setMinimumWidth(max(wanted, self.width()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class _ChoiceInterface(QAccessibleWidget):
    """Qt names a list of choices by its value; people need to hear what it is about."""

    def __init__(self, box: ChoiceBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox, "")
        self._box = box

    def text(self, text: QAccessible.Text) -> str:
        """See QAccessibleInterface."""
        if text is QAccessible.Text.Name:
            return self._box.accessibleName()
        if text is QAccessible.Text.Value:
            return self._box.currentText()
        return super().text(text)

    def state(self) -> QAccessible.State:
        """See QAccessibleInterface."""
        state = super().state()
        state.expandable = True
        state.hasPopup = True
        state.expanded = self._box.view().isVisible()
        return state

    def childCount(self) -> int:
        """See QAccessibleInterface."""
        return 1

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """See QAccessibleInterface: the list."""
        return QAccessible.queryAccessibleInterface(self._box.view()) if index == 0 else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """See QAccessibleInterface."""
        return 0 if child.object() is self._box.view() else -1

    def actionNames(self) -> list[str]:
        """See QAccessibleActionInterface."""
        return ["ShowMenu", "SetFocus"]

    def doAction(self, name: str) -> None:
        """See QAccessibleActionInterface."""
        if name == "ShowMenu":
            self._box.showPopup()
        elif name == "SetFocus":
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)
