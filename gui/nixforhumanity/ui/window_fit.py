"""Fits the window to the screen, so that none of it lies outside, whatever size it had before."""

from PySide6.QtCore import QRect, QSize

FRAME_HEIGHT = 40
"""Pixels that the desktop's title bar may need; how high it is, is known only when the window is there."""


def fitted_size(wanted: QSize, available: QRect) -> QSize:
    """Return the size (without the frame) that has room in the available part of a screen."""
    return wanted.boundedTo(QSize(available.width(), max(1, available.height() - FRAME_HEIGHT)))


def fitted_place(frame: QRect, available: QRect) -> QRect:
    """Return the frame moved, and no further than needed, so that it begins on the screen and ends there."""
    left = max(available.left(), min(frame.left(), available.right() - frame.width() + 1))
    top = max(available.top(), min(frame.top(), available.bottom() - frame.height() + 1))
    return QRect(left, top, frame.width(), frame.height())
