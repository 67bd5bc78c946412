"""A text that is never cut: it goes on in the next line, within a word where one is too long."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from nixforhumanity.ui.start_label import StartLabel

BREAK = "\u200b"
WHOLE = "\u2060"
"""Takes no room; no line ends at it."""
_ADDRESS = re.compile(r"https?://\S")
_LONG_WORD = re.compile(r"\S{17,}")
_PIECE = 8


class WrappedLabel(StartLabel):
    """Plain text only; it can be selected and copied."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__("", parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if tone:
            self.setProperty("tone", tone)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text; words of more than 16 letters may be broken."""
        self.setText(_LONG_WORD.sub(lambda word: _with_breaks(word[0]), text))

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest piece that cannot be broken, in a single line."""
        pieces = self.text().replace(BREAK, " ").split()
        metrics = self.fontMetrics()
        width = max((metrics.horizontalAdvance(piece) for piece in pieces), default=0)
        return QSize(width + 4, metrics.height())


def with_whole_addresses(text: str) -> str:
    """Return a text in which no line ends behind the `//` of an address."""
    return _ADDRESS.sub(lambda found: found[0].replace("/", f"/{WHOLE}"), text)


def _with_breaks(word: str) -> str:
    return BREAK.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
