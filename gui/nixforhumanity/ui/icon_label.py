"""A picture beside a text: one of our icons, drawn in the colours and at the scale of the moment."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nixforhumanity.ui.theme.icons import Ink, icon

BESIDE_A_LINE = 2
"""An icon is so many pixels higher than a line of text."""


class IconLabel(QWidget):
    """Never a pixmap that was drawn once: another look or screen shows at the next painting."""

    def __init__(self, parent: QWidget | None = None, name: str = "", ink: Ink = Ink.TEXT) -> None:
        super().__init__(parent)
        self._name = name
        self._ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def ink(self) -> Ink:
        """The colour that it is drawn in."""
        return self._ink

    def show_icon(self, name: str, ink: Ink) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square as high as a line of text."""
        side = self.fontMetrics().height() + BESIDE_A_LINE
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        if self._name:
            painter = QPainter(self)
            icon(self._name, self._ink).paint(painter, self.rect())
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)
