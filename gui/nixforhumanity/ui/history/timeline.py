"""Changes and generations as one list, newest first: a change and what it made are one row. Knows no Qt."""

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
    """One thing that happened: a change with the generation it made, or a generation made elsewhere."""

    at: datetime
    """Local time."""
    entry: JournalEntry | None
    generation: GenerationCard | None

    @property
    def key(self) -> str:
        """The same for the same thing after it was read again."""
        if self.entry is not None:
            return f"change {self.entry.entry_id}"
        return f"generation {self.generation.number if self.generation else 0}"

    @property
    def day(self) -> date:
        """The local day."""
        return self.at.date()

    @property
    def packages(self) -> Sequence[PackageChange]:
        """What came, went or changed."""
        if self.entry is not None and self.entry.packages:
            return self.entry.packages
        return self.generation.packages if self.generation is not None else ()

    def mentions(self, wanted: str) -> bool:
        """Tell whether the words occur in it; `wanted` is in lower case."""
        texts = [f"{one.name} {one.before or ''} {one.after or ''}" for one in self.packages]
        if self.entry is not None:
            texts += [self.entry.title, self.entry.state_text, *self.entry.commands]
        if self.generation is not None:
            texts.append(str(self.generation.number))
        return any(wanted in text.casefold() for text in texts)


def timeline(journal: JournalResponse, shown: Shown, wanted: str = "") -> list[TimelineRow]:
    """Return the rows to show, newest first; what happened in the same second goes by its number."""
    made = {one.number: one for one in journal.generations}
    rows: list[TimelineRow] = []
    for entry in journal.entries:
        generation = made.pop(entry.generation, None) if entry.generation is not None else None
        rows.append(TimelineRow(_local(entry.at), entry, generation))
    rows += [TimelineRow(_local(one.at), None, one) for one in made.values()]
    if shown is Shown.CHANGES:
        rows = [row for row in rows if row.entry is not None]
    elif shown is Shown.GENERATIONS:
        rows = [row for row in rows if row.generation is not None]
    wanted = wanted.strip().casefold()
    if wanted:
        rows = [row for row in rows if row.mentions(wanted)]
    return sorted(rows, key=_order, reverse=True)


def _order(row: TimelineRow) -> tuple[datetime, bool, int]:
    second = row.at.replace(microsecond=0)
    if row.entry is not None:
        return second, True, row.entry.entry_id
    return second, False, row.generation.number if row.generation is not None else 0


def _local(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
