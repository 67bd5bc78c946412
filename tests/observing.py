"""An observer that remembers what it was told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from nixforhumanity.protocol.cards import Progress


@dataclass
class Remembering:
    progress: list[Progress] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def progressed(self, progress: Progress) -> None:
        self.progress.append(progress)
        self.times.append(monotonic())

    def printed(self, lines: Sequence[str]) -> None:
        self.lines.extend(lines)
