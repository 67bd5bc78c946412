"""What understanding returns: requests with canonical slots, and what to do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from nixforhumanity.core.names import NameMatch

__all__ = [
    "Choice", "Context", "Decision", "NameIndex", "NameMatch", "PurposeIndex", "Request", "SlotValue",
    "Understanding",
]  # fmt: skip

SlotValue = str | int | list[str]


class Decision(Enum):
    """What the assistant should do with an understanding."""

    ACT = "act"
    ASK = "ask"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the catalogue with its canonical slot values."""

    name: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a person may pick: what it shows, the words that pick it, and the request it stands for."""

    label: str
    request: Request
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything one utterance was taken to mean."""

    text: str
    requests: tuple[Request, ...]
    decision: Decision
    alternatives: tuple[str, ...] = ()
    """Other requests that may have been meant, best first."""
    choices: tuple[Choice, ...] = ()
    """With ASK: what to offer."""
    unknown_name: str = ""
    """With ASK: the name that nothing was found for, as it was typed."""
    foreign_tool: str = ""
    """With ACT: the package manager that the command was written for, when it is not Nix."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the dialogue expects; all fields empty for a line that stands alone."""

    choices: tuple[Choice, ...] = ()
    """Open choices, numbered from 1 in this order."""
    last_package: str | None = None
    """The program that "it" means."""


class NameIndex(Protocol):
    """Resolves names of programs; implemented by the package index in `nix`."""

    def resolve(self, name: str, limit: int = 5) -> Sequence[NameMatch]:
        """Return what the name may mean, best first; empty when nothing is near."""
        ...


class PurposeIndex(Protocol):
    """Knows what programs are for; implemented by the package index in `nix`."""

    def suggest(self, purpose: str, limit: int = 4) -> Sequence[object]:
        """Return what fits a purpose, best first; empty when nothing does."""
        ...
