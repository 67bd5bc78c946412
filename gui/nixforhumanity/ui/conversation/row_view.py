"""What a row of the conversation is to the view that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.conversation.items import Item
from nixforhumanity.ui.theme.palettes import body_points, colours_of
from nixforhumanity.ui.theme.tokens import MEASURE_PIXELS, SMALLEST_BODY_POINTS, Space


@dataclass(slots=True)
class RowState:
    """What the person did to a row; outlives the widget that shows it."""

    expanded: bool = False
    """A long message is shown whole."""
    suggestions_open: bool = False
    changes_open: bool | None = None
    """None: as the level has it."""
    exact_open: bool | None = None
    explanation_open: bool = False
    output_open: bool | None = None


@dataclass(frozen=True, slots=True)
class LevelFeatures:
    """The rows of the level table that the conversation asks for."""

    plan_card_open: str = "sentence"
    suggestions: str = "buttons"
    output: str = "bar"


class RowView(QWidget):
    """Shows one item in a column of readable width; bound to another item when it is used again."""

    height_changed = Signal()
    """The person opened or closed something: the row needs another height, its top should stay."""
    opened = Signal(QWidget)
    """The person opened this part of the row: it should be seen."""
    suggestion_picked = Signal(str)
    link_opened = Signal(str)
    menu_wanted = Signal(QObject, QPoint)
    """The text piece (or this row) and the global position."""
    selected = Signal(QObject)
    """The text piece in which the person began to select."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hovered = False
        self._ringed = False

    def bind(self, item: Item, state: RowState, features: LevelFeatures) -> None:
        """Show this item."""
        raise NotImplementedError

    def height_for(self, width: int) -> int:
        """Return the height (pixels) in this width."""
        raise NotImplementedError

    def place(self) -> None:
        """Place the parts although the row has kept its size."""
        raise NotImplementedError

    def focusables(self) -> Sequence[QWidget]:
        """Return the controls that Tab goes through, in reading order."""
        raise NotImplementedError

    def accessible_text(self) -> str:
        """Return what a screen reader says of the row."""
        raise NotImplementedError

    def copyable_text(self) -> str:
        """Return the whole text of the row."""
        raise NotImplementedError

    def highlight(self, words: str, current: int | None) -> None:
        """Mark these words; the one with number `current` stronger."""
        raise NotImplementedError

    def column(self, width: int) -> tuple[int, int]:
        """Return left edge and width of the column in a row of this width."""
        side = Space.WIDE if width >= 560 else Space.MEDIUM
        measure = round(MEASURE_PIXELS * body_points(self) / SMALLEST_BODY_POINTS)
        column = max(80, min(width - 2 * side, measure))
        return (width - column) // 2, column

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what shows under the pointer."""
        self.hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide what shows under the pointer."""
        self.hovered = False
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the whole row."""
        self.menu_wanted.emit(self, event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, unless the row was clicked: who clicks knows where."""
        self._ringed = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Hide the ring."""
        self.update()

    def paint_focus(self, painter: QPainter) -> None:
        """Draw the ring of the row that has the keyboard."""
        if not self.hasFocus() or not self._ringed:
            return
        left, column = self.column(self.width())
        ring = self.rect()
        ring.setLeft(max(2, left - Space.SMALL))
        ring.setRight(min(self.width() - 3, left + column + Space.SMALL))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours_of(self.palette()).focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring.adjusted(1, 3, -1, -3), 10, 10)
