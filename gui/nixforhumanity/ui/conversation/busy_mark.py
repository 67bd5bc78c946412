"""A small turning arc that shows that something goes on; it stands still where motion is not wanted."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimerEvent
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from nixforhumanity.ui.theme.appearance import appearance_of
from nixforhumanity.ui.theme.palettes import colours_of, scaled_pixels

_STEP_MILLISECONDS = 100
_STEP_DEGREES = 30


class BusyMark(QWidget):
    """Turns only while it can be seen."""

    def __init__(self, side: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain_side = side
        self._fit()
        self._angle = 0
        self._timer = 0

    def _fit(self) -> None:
        side = scaled_pixels(self, self._plain_side)
        self.setFixedSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @property
    def turning(self) -> bool:
        """Whether it moves now."""
        return self._timer != 0

    def showEvent(self, event: object) -> None:
        """Begin to turn."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if not self._timer and not appearance_of(app).reduced_motion:
            self._timer = self.startTimer(_STEP_MILLISECONDS)

    def hideEvent(self, event: object) -> None:
        """Stop."""
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    def timerEvent(self, event: QTimerEvent) -> None:
        """Turn a little."""
        self._angle = (self._angle + _STEP_DEGREES) % 360
        self.update()

    def paintEvent(self, event: object) -> None:
        """Draw the arc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        ring = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(QColor(colours.hover if colours.dark else colours.line), 2))
        painter.drawEllipse(ring)
        pen = QPen(QColor(colours.accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, (90 - self._angle) * 16, -100 * 16)
