"""The heights of all rows of the conversation and where each one begins. Knows no Qt."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class RowHeights:
    """Heights in pixels; positions are sums that are kept as far as they are still right."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._starts: list[int] = [0]

    def __len__(self) -> int:
        return len(self._heights)

    def reset(self, heights: Iterable[int]) -> None:
        """Forget all, and take these."""
        self._heights = list(heights)
        self._starts = [0]

    def append(self, height: int) -> None:
        """Add a row at the end."""
        self._heights.append(height)

    def height(self, row: int) -> int:
        """Return the height of a row."""
        return self._heights[row]

    def set_height(self, row: int, height: int) -> None:
        """Change the height of a row."""
        self._heights[row] = height
        del self._starts[row + 1 :]

    def start(self, row: int) -> int:
        """Return where a row begins; of one past the last, the total height."""
        self._complete()
        return self._starts[row]

    @property
    def total(self) -> int:
        """The height of all rows together."""
        return self.start(len(self._heights))

    def row_at(self, position: int) -> int:
        """Return the row at a position; the first or last one outside. There must be a row."""
        self._complete()
        return min(len(self._heights) - 1, max(0, bisect_right(self._starts, position) - 1))

    def _complete(self) -> None:
        known = len(self._starts)
        if known <= len(self._heights):
            more = accumulate(self._heights[known - 1 :], initial=self._starts[-1])
            next(more)
            self._starts.extend(more)
