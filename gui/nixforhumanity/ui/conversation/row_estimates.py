"""About how high a row is that was never shown: from its lines and characters."""

from collections.abc import Iterable

from PySide6.QtGui import QFontMetrics

from nixforhumanity.ui.conversation.items import Item, PlanItem
from nixforhumanity.ui.conversation.message_view import LONG_ANSWER
from nixforhumanity.ui.theme.tokens import MEASURE_PIXELS, Space

Extent = tuple[int, int]
"""Line ends and characters of a message as far as it is shown; (-1, 0) for a plan."""
_CARD_PIXELS = 300
_MOST_LINES = 400


def extent_of(item: Item) -> Extent:
    """Return what the estimate is made from; it does not depend on the width."""
    if isinstance(item, PlanItem):
        return -1, 0
    return min(item.text.count("\n"), _MOST_LINES), min(len(item.text), LONG_ANSWER)


def estimated_heights(extents: Iterable[Extent], width: int, metrics: QFontMetrics) -> list[int]:
    """Return heights in pixels, for a column of this width or the readable one if that is narrower."""
    line = round(metrics.height() * 1.35)
    columns = max(10, min(width or MEASURE_PIXELS, MEASURE_PIXELS) // max(1, metrics.averageCharWidth()))
    extra = line + 4 * Space.SMALL
    return [
        extra + line * (lines + length // columns) if lines >= 0 else _CARD_PIXELS
        for lines, length in extents
    ]
