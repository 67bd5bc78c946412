"""A thin line that separates, and fills with colour while something runs."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QProgressBar, QStyle

from nixforhumanity.ui.conversation.painting import paint_rounded
from nixforhumanity.ui.theme.palettes import colours_of

_HEIGHT = 6
_STEPS = 1000


class ProgressLine(QProgressBar):
    """As high with progress as without, so that nothing moves when something begins."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setRange(0, _STEPS)
        self.setFixedHeight(_HEIGHT)
        self._active = False

    @property
    def active(self) -> bool:
        """Whether progress is shown."""
        return self._active

    def show_fraction(self, fraction: float | None) -> None:
        """Show how far it is, 0 to 1; None: nothing to tell."""
        self._active = fraction is not None
        self.setValue(round((fraction or 0) * _STEPS))
        self.update()

    def paintEvent(self, event: object) -> None:
        """Draw the line, or the filled part on its ground."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        whole = self.rect()
        if not self._active:
            painter.fillRect(0, whole.height() // 2, whole.width(), 1, QColor(colours.line))
            return
        outline = colours.outline if colours.name == "high-contrast" else None
        paint_rounded(painter, whole, colours.page if outline else colours.line, outline, 3)
        filled = QRect(0, 0, max(_HEIGHT, whole.width() * self.value() // _STEPS), whole.height())
        place = QStyle.visualRect(self.layoutDirection(), whole, filled)
        paint_rounded(painter, place, colours.accent, None, 3)
