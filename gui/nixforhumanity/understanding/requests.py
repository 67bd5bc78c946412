"""What understanding returns: requests with canonical slots, and what to do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, runtime_checkable

from nixforhumanity.core.names import NameMatch

__all__ = [
    "Choice", "Context", "Decision", "Likelihood", "LoadingModel", "NameIndex", "NameMatch", "OpenModel",
    "Opinions", "PurposeIndex", "Request", "RequestModel", "SlotValue", "Understanding",
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

    def about(self, slot: str, value: SlotValue) -> "Request":
        """Return the same request for something else; what was said of the first one alone goes."""
        if self.slots.get(slot) == value:
            return self
        kept = {name: one for name, one in self.slots.items() if name not in (slot, "version")}
        return Request(self.name, {**kept, slot: value})


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
    missing: tuple[str, ...] = ()
    """With ASK: the slots that the request needs and the words have nothing for."""
    foreign_tool: str = ""
    """With ACT: the package manager that the command was written for, when it is not Nix."""
    corrects: bool = False
    """The words take the last request back in favour of this one: a plan that waits was not meant."""
    adds: bool = False
    """The requests begin with what waits already: its plan is asked about again, among these."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the dialogue expects; all fields empty for a line that stands alone."""

    choices: tuple[Choice, ...] = ()
    """Open choices, numbered from 1 in this order."""
    last_package: str | None = None
    """The program that "it" means."""
    taken: int | None = None
    """The place (from 0) of the open choice that was picked last: a plan for it may wait."""
    wanted: Request | None = None
    """A request that was asked back about: it lacks the slot that the next words may name."""
    wanted_slot: str = ""
    last: Request | None = None
    """The last request, whatever it was about: "again" means it."""
    last_named: Request | None = None
    """The last request with a slot: "and vlc too" and "no, I meant vlc" change the slot."""
    last_done: bool = False
    """Whether the change that `last_named` asked for was made and still holds."""
    waiting: Request | None = None
    """The request whose plan waits for the person's answer."""
    behind: tuple[Request, ...] = ()
    """What was asked for together with `waiting` and comes after it."""
    language: str = ""
    """The language that was spoken last: a short answer goes on in it."""
    other_package: str | None = None
    """The program that was spoken of before the last one: "the other one" where nothing was offered."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """One request and how likely it is, from 0 to 1."""

    request: str
    probability: float


@dataclass(frozen=True, slots=True)
class Opinions:
    """What each half of a model makes of a line, to look into."""

    repaired: str
    """The line that both halves read, its slips repaired."""
    by_words: Sequence[Likelihood]
    by_meaning: Sequence[Likelihood]
    """Empty while that half is not loaded."""


class RequestModel(Protocol):
    """Knows from many examples what a line most likely asks for."""

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = "en"
    ) -> Sequence[Likelihood]:
        """Return the likeliest requests of a normalised line, best first; empty while nothing is loaded.

        `quick`: a rougher answer in a tenth of the time. `language`: of the line.
        """
        ...

    def likelihoods_of(self, lines: Sequence[str], *, language: str = "en") -> Sequence[Sequence[Likelihood]]:
        """Return the same for several lines at once, which takes hardly longer than for one."""
        ...


@runtime_checkable
class OpenModel(Protocol):
    """A model that can be looked into."""

    def opinions(self, normalised: str, *, language: str = "en") -> Opinions:
        """Return what each half thinks, best first; slower than `likelihoods`, and never needed to act."""
        ...


class LoadingModel(RequestModel, Protocol):
    """A model that may still be loading."""

    async def ready(self, language: str) -> None:
        """Wait until lines of a language are understood as well as they ever will, at most a few seconds."""
        ...


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

    def names_purpose(self, words: str) -> bool:
        """Tell whether the words are what people say for a purpose, and hold nothing else that matters."""
        ...
