"""Journal entries and generations as one list, newest first. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from nixforhumanity.protocol.cards import GenerationCard, JournalEntry, JournalResponse, PackageChange


class Shown(Enum):
    """Which rows the person wants to see."""

    ALL = "all"
    CHANGES = "changes"
    GENERATIONS = "generations"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened."""

    at: datetime
    """Local time."""
    happened: JournalEntry | GenerationCard

    @property
    def day(self) -> date:
        """The local day."""
        return self.at.date()

    @property
    def packages(self) -> Sequence[PackageChange]:
        """What came, went or changed."""
        return self.happened.packages

    def mentions(self, wanted: str) -> bool:
        """Tell whether the words occur in it; `wanted` is in lower case."""
        texts = [f"{one.name} {one.before or ''} {one.after or ''}" for one in self.packages]
        if isinstance(self.happened, JournalEntry):
            texts += [self.happened.title, self.happened.state_text, *self.happened.commands]
        else:
            texts.append(str(self.happened.number))
        return any(wanted in text.casefold() for text in texts)


def timeline(journal: JournalResponse, shown: Shown, wanted: str = "") -> list[TimelineRow]:
    """Return the rows to show, newest first; at one moment the change comes before its generation."""
    happened: list[JournalEntry | GenerationCard] = []
    if shown is not Shown.GENERATIONS:
        happened += journal.entries
    if shown is not Shown.CHANGES:
        happened += journal.generations
    rows = [TimelineRow(_local(one.at), one) for one in happened]
    wanted = wanted.strip().casefold()
    if wanted:
        rows = [row for row in rows if row.mentions(wanted)]
    return sorted(rows, key=_order, reverse=True)


def _order(row: TimelineRow) -> tuple[datetime, bool, int]:
    if isinstance(row.happened, JournalEntry):
        return row.at.replace(microsecond=0), True, row.happened.entry_id
    return row.at.replace(microsecond=0), False, row.happened.number


def _local(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
