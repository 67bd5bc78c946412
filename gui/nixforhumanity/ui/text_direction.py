"""In which direction a text is read, whatever the direction of the window."""

import unicodedata

from PySide6.QtCore import Qt

_DIRECTIONS = {
    "L": Qt.LayoutDirection.LeftToRight,
    "R": Qt.LayoutDirection.RightToLeft,
    "AL": Qt.LayoutDirection.RightToLeft,
}


def direction_of(text: str) -> Qt.LayoutDirection | None:
    """Return the direction of the first letter that has one; None for a text without such a letter."""
    return next(
        (_DIRECTIONS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _DIRECTIONS), None
    )
