"""What a skill may look at when it turns a request into an answer or a plan."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.host import Host, HostDescription
from nixforhumanity.assistant.journal import Journal
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.nix.packages import PackageFacts, PackageHit
from nixforhumanity.protocol.cards import PlanCard, Progress
from nixforhumanity.understanding.requests import NameIndex, Request

Outcome = Answer | PlanDraft | Sequence[Answer | PlanDraft]
Skill = Callable[[Request, "Situation"], Awaitable[Outcome]]


class Suggestion(Protocol):
    """A program that fits a purpose."""

    @property
    def attribute(self) -> str:
        """Its nixpkgs attribute."""
        ...

    @property
    def why(self) -> str:
        """A few words: `like Photoshop`."""
        ...


class Finder(NameIndex, Protocol):
    """What the skills need of the package index."""

    def facts(self, attribute: str) -> PackageFacts | None:
        """Return what is known of a package."""
        ...

    def search(self, query: str, limit: int = 10) -> Sequence[PackageHit]:
        """Return packages that fit some words, best first."""
        ...

    def suggest(self, purpose: str, limit: int = 4) -> Sequence[Suggestion]:
        """Return programs for a purpose, best first."""
        ...

    def names_purpose(self, words: str) -> bool:
        """Tell whether the words are what people say for a purpose, and hold nothing else that matters."""
        ...

    def providers(self, command: str) -> Sequence[str]:
        """Return the attributes of packages that bring a command."""
        ...


class Watcher(Protocol):
    """Shows that something is going on while a skill looks things up."""

    def progressed(self, progress: Progress) -> None:
        """Take the newest state."""
        ...

    def printed(self, lines: Sequence[str]) -> None:
        """Take new output lines."""
        ...


@dataclass(frozen=True, slots=True)
class Situation:
    """One turn's view of the world."""

    host: Host
    description: HostDescription
    finder: Finder
    journal: Journal
    watcher: Watcher
    level: str
    language: str
    now: datetime
    previous: Answer | None
    """The answer before this one."""
    waiting: PlanCard | None = None
    """The plan that waits for the person's answer."""
    said_last: Answer | None = None
    """What was said last, errors included."""
    asked_last: str = ""
    """The plan whose question is the last thing that was put to the person; empty after anything else."""
    session_id: str = ""
    """The conversation that this is a turn of."""
    can: frozenset[str] = frozenset()
    """The requests that this version can carry out."""


def known_name(attribute: str, finder: Finder) -> str:
    """Return the name that a person knows a package by."""
    facts = finder.facts(attribute)
    return (facts.name if facts else "") or attribute
