"""The rows that are near the visible part, as widgets, and the heights of all the others."""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.conversation.items import Item
from nixforhumanity.ui.conversation.row_estimates import Extent, estimated_heights, extent_of
from nixforhumanity.ui.conversation.row_heights import RowHeights
from nixforhumanity.ui.conversation.row_pool import RowPool
from nixforhumanity.ui.conversation.row_view import LevelFeatures, RowState, RowView
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.conversation.transcript_search import TranscriptSearch
from nixforhumanity.ui.theme.tokens import Space

PADDING = int(Space.LARGE)
"""Pixels above the first row and below the last one."""
_OVERSCAN = 160
"""Pixels above and below the visible part in which rows are kept ready."""


class LiveRows:
    """Positions are pixels from the top of the conversation."""

    def __init__(
        self,
        model: TranscriptModel,
        search: TranscriptSearch,
        parent: QWidget,
        made: Callable[[RowView], None],
    ) -> None:
        self._model = model
        self._search = search
        self._parent = parent
        self._pool = RowPool(parent, made)
        self._views: dict[int, RowView] = {}
        self._heights = RowHeights()
        self._extents: list[Extent] = []
        self._exact = bytearray()
        self._unplaced: set[int] = set()
        self._states: dict[int, RowState] = {}
        self.features = LevelFeatures()
        self.width = 0

    # --- which rows there are ------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._heights)

    def __contains__(self, row: int) -> bool:
        return row in self._views

    def __iter__(self) -> Iterator[tuple[int, RowView]]:
        """Go through the rows that are widgets, from top to bottom."""
        return iter([(row, self._views[row]) for row in sorted(self._views)])

    def get(self, row: int) -> RowView | None:
        """Return the widget of a row, if it has one."""
        return self._views.get(row)

    def row_of(self, view: RowView) -> int | None:
        """Return which row a widget shows now."""
        return next((row for row, live in self._views.items() if live is view), None)

    def state_of(self, item: Item) -> RowState:
        """Return what the person did to the row of an item."""
        return self._states.setdefault(item.key, RowState())

    def reload(self) -> None:
        """Begin anew with all items of the model."""
        for row in list(self._views):
            self._pool.give_back(self._views.pop(row))
        self._states.clear()
        self._extents = [extent_of(item) for item in self._model.items]
        self.estimate_all()

    def append(self, row: int) -> None:
        """Take note of a new item."""
        self._extents.append(extent_of(self._model.item(row)))
        self._exact.append(0)
        self._heights.append(self._estimate(row))

    def changed_out_of_sight(self, row: int, *, below: bool) -> None:
        """Take note that an item changed; its height too if `below` the view, where nothing moves."""
        self._extents[row] = extent_of(self._model.item(row))
        if below:
            self._heights.set_height(row, self._estimate(row))

    # --- heights and positions -----------------------------------------------------------------------

    @property
    def total(self) -> int:
        """The height of the whole conversation."""
        return self._heights.total + 2 * PADDING

    def span(self, row: int) -> tuple[int, int]:
        """Return where a row begins and ends."""
        top = PADDING + self._heights.start(row)
        return top, top + self._heights.height(row)

    def row_at(self, position: int) -> int:
        """Return the row at a position. There must be a row."""
        return self._heights.row_at(position - PADDING)

    def is_measured(self, row: int) -> bool:
        """Whether the height of a row is known, not estimated."""
        return bool(self._exact[row])

    def estimate_all(self) -> None:
        """Forget all true heights: the width or the fonts are others now."""
        self._heights.reset(estimated_heights(self._extents, self.width, self._metrics()))
        self._exact = bytearray(len(self._extents))

    def _estimate(self, row: int) -> int:
        return estimated_heights([self._extents[row]], self.width, self._metrics())[0]

    def _metrics(self) -> QFontMetrics:
        return self._parent.fontMetrics()

    # --- widgets -------------------------------------------------------------------------------------

    def bind(self, row: int) -> None:
        """Let the widget of a row show its item as it is now."""
        item, view = self._model.item(row), self._views[row]
        view.bind(item, self.state_of(item), self.features)
        self._search.mark(row, view)
        self.forget_height(row)

    def forget_height(self, row: int) -> None:
        """Measure a row again."""
        self._exact[row] = 0
        self._unplaced.add(row)

    def mark_all(self) -> None:
        """Mark what is searched for."""
        for row, view in self._views.items():
            self._search.mark(row, view)

    def measure(self, top: int, height: int, keep: Callable[[RowView], bool]) -> tuple[bool, int]:
        """Give the rows in sight widgets and true heights; take them from others, if not to `keep`.

        Tells whether a height was wrong, and by how much what is at the top has moved.
        """
        if not len(self._heights):
            return False, 0
        first, last = self.row_at(top - _OVERSCAN), self.row_at(top + height + _OVERSCAN)
        for row in [row for row in self._views if not first <= row <= last]:
            if not keep(self._views[row]):
                self._pool.give_back(self._views.pop(row))
        anchor, shift, wrong = self.row_at(top), 0, False
        for row in range(first, last + 1):
            if row not in self._views:
                self._views[row] = self._pool.take(self._model.item(row))
                self.bind(row)
            if change := self.measure_row(row):
                shift += change if row < anchor else 0
                wrong = True
        return wrong, shift

    def measure_row(self, row: int) -> int:
        """Find out the true height of a row that is a widget; return by how much it was wrong."""
        view = self._views.get(row)
        if view is None or self._exact[row]:
            return 0
        needed, known = view.height_for(self.width), self._heights.height(row)
        self._exact[row] = 1
        if needed != known:
            self._heights.set_height(row, needed)
        return needed - known

    def place(self, top: int) -> None:
        """Put all widgets where they are when the visible part begins at `top`."""
        for row, view in self:
            start, end = self.span(row)
            if view.width() == self.width and view.height() == end - start:
                view.move(0, start - top)
                if row in self._unplaced:
                    view.place()
            else:
                view.setGeometry(0, start - top, self.width, end - start)
            if view.isHidden():
                view.show()
        self._unplaced.clear()
