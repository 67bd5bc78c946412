"""Shapes that several parts of the conversation draw."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def paint_rounded(
    painter: QPainter, rect: QRect, fill: str, line: str | None, radius: int, *, width: float = 1.0
) -> None:
    """Fill a rectangle with round corners; the line (`#rrggbb`, or None) is inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2
    shape = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(QColor(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(shape, radius, radius)
