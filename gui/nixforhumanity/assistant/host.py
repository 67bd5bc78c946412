"""What the assistant needs of a computer; `system` implements it for each kind of host."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.core.text import Message
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.protocol.cards import PackageChange, Progress


class HostKind(Enum):
    """The kinds of computer."""

    NIXOS = "nixos"
    OTHER_LINUX = "other-linux"
    NO_NIX = "no-nix"
    PRACTICE = "practice"


class ProfileKind(Enum):
    """Which command a profile belongs to; they do not mix."""

    NIX_PROFILE = "nix profile"
    NIX_ENV = "nix-env"


@dataclass(frozen=True, slots=True)
class HostDescription:
    """What was found on this computer."""

    kind: HostKind
    operating_system: str
    """Pretty name from os-release."""
    nix_version: str
    """Empty without Nix."""
    profile_kind: ProfileKind | None
    profile: str
    """Path of the person's profile; empty without Nix."""
    package_source: str
    """Where packages come from: `nixpkgs` (flake), a folder, a channel name; empty if none."""
    problem: Message | None = None
    """Why Nix cannot be used although it is there."""


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """One element of the person's profile."""

    attribute: str
    """Best known nixpkgs attribute."""
    element: str
    """How the profile names it (for RemovePackage)."""
    version: str
    store_paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of the person's profile."""

    number: int
    at: datetime
    """Aware, UTC."""
    current: bool
    store_path: str


@dataclass(frozen=True, slots=True)
class ActionPreview:
    """What an action would do, found out without doing it."""

    commands: tuple[tuple[str, ...], ...]
    """The argument lists that will run."""
    packages: tuple[PackageChange, ...] = ()
    download_bytes: int | None = None
    """None when not known."""
    disk_bytes: int | None = None
    """Growth of the store; negative when it frees; None when not known."""
    builds: int = 0
    """How many packages must be built here because no ready one exists."""
    removals: tuple[str, ...] = ()
    """Things that go for good, one line each (generations, store paths)."""
    warnings: tuple[Message, ...] = ()
    nothing_to_do: Message | None = None
    """Set when the action would change nothing."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An error of Nix in a person's words."""

    message: Message
    """What happened and what it means."""
    advice: Message | None
    """What to do now."""
    detail: str
    """The innermost error text, cleaned; shown behind one key."""
    meaning: Message | None = None
    """Why it happened, where the message alone does not tell."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What became of an action."""

    succeeded: bool
    generation_before: int | None
    generation_after: int | None
    packages: tuple[PackageChange, ...] = ()
    freed_bytes: int | None = None
    diagnosis: Diagnosis | None = None
    output: str = ""
    """The end of the output, cleaned, at most 64 KiB."""


@dataclass(frozen=True, slots=True)
class GarbagePreview:
    """What a clean-up would delete."""

    generations: tuple[Generation, ...]
    paths: int
    bytes: int


@dataclass(frozen=True, slots=True)
class DiskUsage:
    """Where the disk space went; bytes."""

    store_bytes: int
    store_paths: int
    garbage_bytes: int
    """What a clean-up without deleting generations would free."""
    old_generations_bytes: int
    """What deleting all old generations would free on top."""
    free_bytes: int
    total_bytes: int
    largest: tuple[tuple[str, int], ...] = field(default=())
    """The installed packages with the largest closures: attribute, bytes."""


@dataclass(frozen=True, slots=True)
class StartedProgram:
    """A program that was started without being installed."""

    attribute: str
    program: str
    shell_command: tuple[str, ...]
    """What to type in a terminal for the same."""
    started: bool
    """False when it needs a terminal and none was found."""
    output: str = ""
    """What it printed in its first moments, when it ran without a terminal of its own."""


@dataclass(frozen=True, slots=True)
class OpenedShell:
    """A terminal in which packages are there that are not installed."""

    command: tuple[str, ...]
    """What to type for the same."""
    versions: tuple[tuple[str, str], ...]
    """Attribute and exact version of each package that was asked for."""
    opened: bool
    """False when there is no terminal to open: the command is then for copying."""


class RunObserver(Protocol):
    """Is told how a running action goes on."""

    def progressed(self, progress: Progress) -> None:
        """Take the newest state; called at most some 20 times a second."""
        ...

    def printed(self, lines: Sequence[str]) -> None:
        """Take new output lines, cleaned of control sequences."""
        ...


class Host(Protocol):
    """A computer, real or practice. Errors a person can be told are UserError.

    Reading calls may take long (evaluation): await them outside of anything that must stay quick.
    Cancelling an awaited call ends the process that it started before the cancellation goes on.
    """

    async def describe(self) -> HostDescription:
        """Look at this computer: never raises."""
        ...

    async def available(self) -> Sequence[PackageFacts] | None:
        """Return the facts of every package where the set is small (practice); else None."""
        ...

    async def installed(self) -> Sequence[InstalledPackage]:
        """Return the elements of the person's profile."""
        ...

    async def generations(self) -> Sequence[Generation]:
        """Return the generations of the person's profile, newest first."""
        ...

    async def difference(self, before: int, after: int) -> Sequence[PackageChange]:
        """Return what differs between two generations (0 is the empty one)."""
        ...

    def commands(self, action: AnyAction) -> tuple[tuple[str, ...], ...]:
        """Return the argument lists of an action, at once and without asking Nix."""
        ...

    async def preview(self, action: AnyAction) -> ActionPreview:
        """Find out what an action would do; raises UserError when it cannot be done."""
        ...

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        """Carry out an action; a failing command is a result, not an exception."""
        ...

    async def garbage(self, older_than: str | None) -> GarbagePreview:
        """Compute what deleting old generations and collecting garbage would free."""
        ...

    async def disk_usage(self) -> DiskUsage:
        """Compute where the space went."""
        ...

    async def start_program(self, attribute: str, observer: RunObserver) -> StartedProgram:
        """Fetch a program without installing it, and start it."""
        ...

    async def open_shell(self, attributes: Sequence[str]) -> OpenedShell:
        """Open a terminal with these packages; raises UserError when one of them cannot be had."""
        ...
