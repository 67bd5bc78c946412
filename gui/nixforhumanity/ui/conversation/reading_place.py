"""Where in the conversation the person reads: at its end, which is followed, or further up, which stays."""

from collections.abc import Callable

from PySide6.QtWidgets import QScrollBar, QWidget

from nixforhumanity.ui.conversation.following import Following
from nixforhumanity.ui.conversation.live_rows import LiveRows
from nixforhumanity.ui.conversation.row_view import RowView
from nixforhumanity.ui.theme.tokens import Space

_MOST_ROUNDS = 30
_AT_END = 4
"""So near the end, in pixels, the newest message is followed."""


class ReadingPlace:
    """Lays the rows out so that what the person looks at stays where it is. Positions are in pixels."""

    def __init__(
        self, rows: LiveRows, bar: QScrollBar, viewport: QWidget, has_focus: Callable[[RowView], bool]
    ) -> None:
        """`has_focus`: tells which row must keep its widget, also out of sight."""
        self._rows = rows
        self._bar = bar
        self._viewport = viewport
        self._has_focus = has_focus
        self._laying_out = False
        self.following = Following(rows)
        self.at_end = True
        """Whether the newest message is followed."""

    @property
    def shows_end(self) -> bool:
        """Whether the newest message is followed, and can be seen to its end."""
        return self.at_end and self._near_end

    @property
    def _near_end(self) -> bool:
        return self._bar.value() >= self._bar.maximum() - _AT_END

    def follow_end(self) -> None:
        """Go to the end with the next layout, and follow it from now on."""
        self.at_end = True
        self.following.forget()

    def scrolled(self) -> bool:
        """Take note that the person has scrolled; False when the layout itself did."""
        if self._laying_out:
            return False
        self.at_end = self._near_end
        self.following.forget()
        return True

    def opened(self, row: int) -> None:
        """The person opened or closed something in a row: the top of the row stays where it is."""
        self._rows.forget_height(row)
        self.following.forget()
        self.at_end = False
        self.lay_out()
        self.at_end = self._near_end

    def lay_out(self) -> bool:
        """Measure and place the rows in sight; False when that is under way, or there is no width yet."""
        if self._laying_out or not self._rows.width:
            return False
        self._laying_out = True
        try:
            self._lay_out()
            if self.at_end and self.following.end(self._bar.maximum()) != self._bar.value():
                self._lay_out()  # only now is it known where in its row the line is that must stay
        finally:
            self._laying_out = False
        return True

    def _lay_out(self) -> None:
        bar = self._bar
        for _ in range(_MOST_ROUNDS):  # a true height may bring other rows into sight
            self._update_range()
            if self.at_end:
                bar.setValue(self.following.end(bar.maximum()))
            wrong, shift = self._rows.measure(bar.value(), self._viewport.height(), self._has_focus)
            if not wrong:
                break
            self._update_range()
            if shift and not self.at_end:
                bar.setValue(bar.value() + shift)
        if not self.at_end and self._near_end:
            self.follow_end()
        self._rows.place(bar.value())

    def _update_range(self) -> None:
        bar, height = self._bar, self._viewport.height()
        bar.setRange(0, max(0, self._rows.total - height))
        bar.setPageStep(max(1, height - 40))
        bar.setEnabled(bar.maximum() > 0)

    def remeasure(self, width: int) -> None:
        """Take another width, or other fonts; the row at the top stays at the top."""
        rows, bar = self._rows, self._bar
        keeps_row = len(rows) > 0 and rows.width > 0 and not self.at_end
        row = rows.row_at(bar.value()) if keeps_row else 0
        top, bottom = rows.span(row) if keeps_row else (0, 1)
        part = (bar.value() - top) / max(1, bottom - top)
        rows.width = width
        rows.estimate_all()
        if keeps_row:
            self._laying_out = True
            rows.measure_row(row)
            self._update_range()
            top, bottom = rows.span(row)
            bar.setValue(top + round(part * (bottom - top)))
            self._laying_out = False

    def hidden_below(self, part: QWidget) -> int:
        """Return how far to scroll down to see what was opened, its top first, and no further than needed."""
        top = part.mapTo(self._viewport, part.rect().topLeft()).y()
        below = top + part.height() + Space.MEDIUM - self._viewport.height()
        return max(0, min(below, top - Space.HUGE))
