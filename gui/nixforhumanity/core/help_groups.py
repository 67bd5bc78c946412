"""What a person is told to say, in groups: reads resources/help.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from nixforhumanity.core.resources import resource


class Amount(Enum):
    """How much is shown at a time, the least first."""

    FEW = "few"
    MORE = "more"
    ALL = "all"

    @property
    def includes(self) -> "tuple[Amount, ...]":
        """What is shown with it: itself, and everything less."""
        every = list(Amount)
        return tuple(every[: every.index(self) + 1])


@dataclass(frozen=True, slots=True)
class Hint:
    """A request to show, and which of its examples to prefer."""

    request: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Requests that belong together."""

    id: str
    words: tuple[str, ...]
    """What people call it, lower case."""
    shown: Amount
    """How much help it takes for it to be shown unasked."""
    first: tuple[Hint, ...]
    later: tuple[Hint, ...]
    """Shown when more is asked for."""


@dataclass(frozen=True, slots=True)
class HelpData:
    """The whole file."""

    groups: Mapping[str, HelpGroup]
    moments: Mapping[str, tuple[Hint, ...]]
    """Requests that fit what is going on: a plan that waits, a change that runs, ..."""
    first_start: tuple[Hint, ...]
    """What an empty conversation offers."""


@cache
def help_data() -> HelpData:
    """Return the groups and moments, in the order of the file."""
    data = tomllib.loads(resource("help.toml").read_text(encoding="utf-8"))
    groups = {name: _group(name, row) for name, row in data["groups"].items()}
    moments = {name: _hints(lines) for name, lines in data["moments"].items()}
    return HelpData(groups, moments, _hints(data["first_start"]))


def group_called(words: str) -> HelpGroup | None:
    """Return the group that people call so, if there is one."""
    return next((group for group in help_data().groups.values() if words in group.words), None)


def _group(name: str, row: Mapping[str, Any]) -> HelpGroup:
    return HelpGroup(
        name,
        words=tuple(word.strip() for word in row["words"].split(",")),
        shown=Amount(row["shown"]),
        first=_hints(row["requests"]),
        later=_hints(row.get("later", ())),
    )


def _hints(lines: Sequence[str]) -> tuple[Hint, ...]:
    parts = (line.partition(": ") for line in lines)
    return tuple(Hint(request, example) for request, _, example in parts)
