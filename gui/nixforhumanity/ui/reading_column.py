"""The column that everything of a place stands in: one width of line, in the middle, for every place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.theme.palettes import body_points
from nixforhumanity.ui.theme.tokens import MEASURE_PIXELS, SCROLL_BAR_PIXELS, SMALLEST_BODY_POINTS, Space

LITTLE_ROOM = 560
"""Below this width, in pixels, the column comes nearer to the edges."""
NARROWEST = 80


def reading_column(widget: QWidget, width: int) -> tuple[int, int]:
    """Return left edge and width of the column in a place of this width, in pixels."""
    side = Space.WIDE if width >= LITTLE_ROOM else Space.MEDIUM
    measure = round(MEASURE_PIXELS * body_points(widget) / SMALLEST_BODY_POINTS)
    column = max(NARROWEST, min(width - 2 * side, measure))
    return (width - column) // 2, column


def column_margins(widget: QWidget) -> tuple[int, int]:
    """Return the room left and right of the column in a widget that stands below or above a scrolled one.

    The scroll bar takes its room at the end of the line there, and here nothing must shift by it.
    """
    bar = SCROLL_BAR_PIXELS
    width = widget.width() - bar
    left, column = reading_column(widget, width)
    right = width - left - column
    if widget.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        return left + bar, right
    return left, right + bar
