"""The end of what a command printed, bounded."""

from collections import deque
from collections.abc import Iterable, Sequence

MOST_LINES = 5000


class OutputLog:
    """Keeps the newest lines and counts all of them."""

    def __init__(self, most_lines: int = MOST_LINES) -> None:
        self._lines: deque[str] = deque(maxlen=most_lines)
        self._count = 0

    def append(self, lines: Iterable[str]) -> None:
        """Add lines at the end; the oldest ones fall off."""
        for line in lines:
            self._lines.append(line)
            self._count += 1

    @property
    def count(self) -> int:
        """How many lines there were in all."""
        return self._count

    def since(self, count: int) -> Sequence[str]:
        """Return the kept lines after the first `count`."""
        new = min(self._count - count, len(self._lines))
        return [] if new <= 0 else list(self._lines)[-new:]

    def text(self) -> str:
        """Return what is kept."""
        return "\n".join(self._lines)
