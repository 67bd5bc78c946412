"""A button that gives way: with too little room its words end with dots, and its tool tip has all of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

FEWEST_LETTERS = 6


class ElidingButton(QPushButton):
    """Wants room for all its words; takes less."""

    def __init__(self, text: str = "", parent: QWidget | None = None, picture: QIcon | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._help = ""
        if picture is not None:
            self.setIcon(picture)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        hint = self.sizeHint()
        few = self.fontMetrics().averageCharWidth() * FEWEST_LETTERS + 2 * self.fontMetrics().height()
        return QSize(min(hint.width(), few), hint.height())

    @property
    def room(self) -> int:
        """How many pixels the words have, beside the icon."""
        options = QStyleOptionButton()
        self.initStyleOption(options)
        contents = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, options, self)
        icon_width = 0 if self.icon().isNull() else self.iconSize().width() + 4
        return contents.width() - icon_width

    def set_help(self, text: str) -> None:
        """Show this as the tool tip while all words are in sight."""
        self._help = text
        self.setToolTip(text)

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.room)

    def _help_with_words(self) -> None:
        words = "" if self._shown() == self.text() else self.text().strip()
        said = "\n".join(part for part in (words, self._help) if part)
        if said != self.toolTip():
            self.setToolTip(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the words in the tool tip as soon as they do not fit."""
        super().resizeEvent(event)
        self._help_with_words()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words that fit."""
        self._help_with_words()
        options = QStyleOptionButton()
        self.initStyleOption(options)
        options.text = self._shown()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, options)
        painter.end()
