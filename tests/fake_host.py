"""A computer in memory that keeps Host's promises: packages, generations, garbage, staged failures."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
)
from nixforhumanity.assistant.host import (
    ActionPreview,
    ActionResult,
    Diagnosis,
    DiskUsage,
    GarbagePreview,
    Generation,
    HostDescription,
    HostKind,
    InstalledPackage,
    OpenedShell,
    ProfileKind,
    RunObserver,
    StartedProgram,
)
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.nix.generations import GenerationLink, generations_to_delete
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.protocol.cards import PackageChange, Progress

STORE = "/nix/store"
SIZE_OF_A_PACKAGE = 1000
SIZE_OF_A_PROFILE = 10


def facts(attribute: str, version: str, *, unfree: bool = False) -> PackageFacts:
    return PackageFacts(
        attribute, version, f"About {attribute}", attribute, unfree=unfree, main_program=attribute
    )


PACKAGES = (
    facts("hello", "2.12.1"),
    facts("cowsay", "3.8.4"),
    facts("htop", "3.4.1"),
    facts("vlc", "3.0.21"),
    facts("spotify", "1.2.60", unfree=True),
)


@dataclass(frozen=True)
class FakeGeneration:
    number: int
    at: datetime
    contents: tuple[InstalledPackage, ...]
    store_path: str


@dataclass
class FakeHost:
    """What a test sets is public; time advances a second with each generation."""

    packages: dict[str, PackageFacts] = field(
        default_factory=lambda: {one.attribute: one for one in PACKAGES}
    )
    kind: HostKind = HostKind.PRACTICE
    generation_list: list[FakeGeneration] = field(default_factory=list)
    current: int | None = None
    store: dict[str, int] = field(default_factory=dict)
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    failures: list[Diagnosis] = field(default_factory=list)
    """The next actions fail with these, one each, and change nothing."""
    reading_error: UserError | None = None
    """Every reading call raises this."""
    started: asyncio.Event = field(default_factory=asyncio.Event)
    """Is set when an action runs."""
    gate: asyncio.Event | None = None
    """An action waits here before it changes anything; for tests that stop one."""
    ran: list[AnyAction] = field(default_factory=list)
    made: int = 0
    outputs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Outputs that packages have besides their main one."""

    # Staging

    def fail_next(self, text: str = "it broke") -> None:
        """Let the next action fail."""
        self.failures.append(Diagnosis(Message("nix-error-unknown", {"error": text}), None, text))

    def contents(self) -> tuple[InstalledPackage, ...]:
        """What is installed."""
        return self._contents(self.current or 0)

    # Host

    async def describe(self) -> HostDescription:
        return HostDescription(
            kind=self.kind,
            operating_system="Test Linux",
            nix_version="2.8.0",
            profile_kind=ProfileKind.NIX_PROFILE,
            profile="/home/test/.nix-profile",
            package_source="nixpkgs",
        )

    async def available(self) -> Sequence[PackageFacts] | None:
        self._may_read()
        return [self.packages[name] for name in sorted(self.packages)]

    async def installed(self) -> Sequence[InstalledPackage]:
        self._may_read()
        return sorted(self.contents(), key=lambda one: one.attribute)

    async def generations(self) -> Sequence[Generation]:
        self._may_read()
        newest_first = sorted(self.generation_list, key=lambda one: -one.number)
        return [
            Generation(one.number, one.at, one.number == self.current, one.store_path) for one in newest_first
        ]

    async def difference(self, before: int, after: int) -> Sequence[PackageChange]:
        self._may_read()
        return self._difference(self._contents(before), self._contents(after))

    def commands(self, action: AnyAction) -> tuple[tuple[str, ...], ...]:
        action.validate()
        match action:
            case InstallPackage(attribute=attribute, store_path=None):
                return (("nix", "profile", "install", f"nixpkgs#{attribute}"),)
            case InstallPackage(store_paths=paths):
                return (("nix", "profile", "install", *paths),)
            case RemovePackage(element=element):
                return (("nix", "profile", "remove", element),)
            case SwitchGeneration(generation=number):
                return (("nix", "profile", "rollback", "--to", str(number)),)
            case DeleteGenerations():
                return (("nix", "profile", "wipe-history"),)
            case CollectGarbage():
                return (("nix-store", "--gc"),)

    async def preview(self, action: AnyAction) -> ActionPreview:
        self._may_read()
        commands = self.commands(action)
        nothing = self._nothing_to_do(action)
        if nothing is not None:
            return ActionPreview(commands, download_bytes=0, disk_bytes=0, nothing_to_do=nothing)
        if isinstance(action, DeleteGenerations):
            removals = tuple(f"profile-{one.number}-link" for one in self._going(action.older_than))
            return ActionPreview(commands, download_bytes=0, disk_bytes=0, removals=removals)
        if isinstance(action, CollectGarbage):
            dead = self._dead(())
            size = sum(self.store[path] for path in dead)
            return ActionPreview(commands, download_bytes=0, disk_bytes=-size, removals=tuple(sorted(dead)))
        packages = tuple(self._difference(self.contents(), self._after(action)))
        new = isinstance(action, InstallPackage) and self._package(action).store_paths[0] not in self.store
        size = SIZE_OF_A_PACKAGE if new else 0
        return ActionPreview(commands, packages, download_bytes=size // 2, disk_bytes=size)

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        action.validate()
        before = self.current
        self.ran.append(action)
        self.started.set()
        observer.progressed(Progress(done=0, expected=1, unit="builds", phase="building"))
        observer.printed([f"running {self.commands(action)[0][0]}"])
        if self.gate is not None:
            await self.gate.wait()
        if self.failures:
            return self._failed(before, self.failures.pop(0))
        freed, changes = None, ()
        try:
            if isinstance(action, DeleteGenerations):
                going = {one.number for one in self._going(action.older_than)}
                self.generation_list = [one for one in self.generation_list if one.number not in going]
            elif isinstance(action, CollectGarbage):
                freed = sum(self.store.pop(path) for path in self._dead(()))
            else:
                changes = tuple(self._difference(self.contents(), self._after(action)))
                self._carry_out(action)
        except UserError as error:
            return self._failed(before, Diagnosis(error.message, None, ""))
        observer.progressed(Progress(done=1, expected=1, unit="builds", phase="building"))
        return ActionResult(True, before, self.current, changes, freed, output="done")

    async def garbage(self, older_than: str | None) -> GarbagePreview:
        self._may_read()
        going = self._going(older_than)
        dead = self._dead([one.number for one in going])
        generations = tuple(
            one for one in await self.generations() if one.number in {g.number for g in going}
        )
        return GarbagePreview(generations, len(dead), sum(self.store[path] for path in dead))

    async def disk_usage(self) -> DiskUsage:
        self._may_read()
        now, later = self._dead(()), self._dead([one.number for one in self._going(None)])
        return DiskUsage(
            store_bytes=sum(self.store.values()),
            store_paths=len(self.store),
            garbage_bytes=sum(self.store[path] for path in now),
            old_generations_bytes=sum(self.store[path] for path in later - now),
            free_bytes=10**9,
            total_bytes=10**10,
            largest=tuple((one.attribute, SIZE_OF_A_PACKAGE) for one in self.contents()),
        )

    async def start_program(self, attribute: str, observer: RunObserver) -> StartedProgram:
        package = self._package(InstallPackage(attribute=attribute))
        self.store.setdefault(package.store_paths[0], SIZE_OF_A_PACKAGE)
        return StartedProgram(attribute, attribute, ("nix", "run", f"nixpkgs#{attribute}"), True, "")

    async def open_shell(self, attributes: Sequence[str]) -> OpenedShell:
        versions = tuple((name, self._package(InstallPackage(attribute=name)).version) for name in attributes)
        command = ("nix", "shell", *(f"nixpkgs#{name}" for name in attributes))
        return OpenedShell(command, versions, opened=False)

    # How it works

    def _may_read(self) -> None:
        if self.reading_error is not None:
            raise self.reading_error

    def _contents(self, number: int) -> tuple[InstalledPackage, ...]:
        return () if number == 0 else self._generation(number).contents

    def _generation(self, number: int) -> FakeGeneration:
        found = next((one for one in self.generation_list if one.number == number), None)
        if found is None:
            raise UserError("generation-not-found", generation=number)
        return found

    def _package(self, action: InstallPackage) -> InstalledPackage:
        if action.store_path is not None:
            if action.store_path not in self.store:
                raise UserError("build-gone", package=action.attribute)
            version = action.store_path.rpartition("-")[2]
            return InstalledPackage(action.attribute, action.attribute, version, action.store_paths)
        known = self.packages.get(action.attribute)
        if known is None:
            raise UserError("package-not-found", package=action.attribute)
        if known.unfree:
            raise UserError("package-unfree", package=action.attribute)
        path = f"{STORE}/{known.attribute.lower()[:32]:0<32}-{known.attribute}-{known.version}"
        paths = (path, *(f"{path}-{output}" for output in self.outputs.get(known.attribute, ())))
        return InstalledPackage(known.attribute, known.attribute, known.version, paths)

    def _after(self, action: AnyAction) -> tuple[InstalledPackage, ...]:
        contents = self.contents()
        match action:
            case InstallPackage():
                package = self._package(action)
                return (*(one for one in contents if one.element != package.element), package)
            case RemovePackage(element=element):
                if not any(one.element == element for one in contents):
                    raise UserError("package-not-installed", package=action.attribute)
                return tuple(one for one in contents if one.element != element)
            case SwitchGeneration(generation=number):
                return self._contents(number)
        raise AssertionError(action)

    def _carry_out(self, action: AnyAction) -> None:
        after = self._after(action)
        if isinstance(action, SwitchGeneration) and action.generation != 0:
            self.current = action.generation
        elif set(after) != set(self.contents()):
            self._new_generation(after)

    def _new_generation(self, contents: tuple[InstalledPackage, ...]) -> None:
        number = max((one.number for one in self.generation_list), default=0) + 1
        self.made += 1
        self.now += timedelta(seconds=1)
        path = f"{STORE}/{self.made:0>32}-profile"
        self.generation_list.append(FakeGeneration(number, self.now, contents, path))
        self.current = number
        self.store[path] = SIZE_OF_A_PROFILE
        for package in contents:
            self.store[package.store_paths[0]] = SIZE_OF_A_PACKAGE

    def _going(self, older_than: str | None) -> list[GenerationLink]:
        links = [GenerationLink(one.number, one.at, one.store_path, "") for one in self.generation_list]
        return generations_to_delete(links, self.current, older_than, self.now)

    def _dead(self, going: Sequence[int]) -> set[str]:
        staying = [one for one in self.generation_list if one.number not in going]
        living = {path for one in staying for package in one.contents for path in package.store_paths}
        return self.store.keys() - living - {one.store_path for one in staying}

    def _nothing_to_do(self, action: AnyAction) -> Message | None:
        if isinstance(action, InstallPackage):
            package = self._package(action)
            same = next((one for one in self.contents() if one.element == package.element), None)
            if same is not None and (action.store_path in (None, *same.store_paths)):
                return message("nix-already-installed", package=same.attribute, version=same.version)
        if isinstance(action, SwitchGeneration):
            self._contents(action.generation)
            if action.generation == self.current:
                return message("already-current-generation", generation=action.generation)
            if action.generation == 0 and not self.contents():
                return message("nix-nothing-installed")
        if isinstance(action, DeleteGenerations) and not self._going(action.older_than):
            return message("nix-no-old-generations")
        if isinstance(action, CollectGarbage) and not self._dead(()):
            return message("nothing-to-clean-up")
        return None

    def _failed(self, before: int | None, diagnosis: Diagnosis) -> ActionResult:
        return ActionResult(False, before, self.current, diagnosis=diagnosis, output=diagnosis.detail)

    @staticmethod
    def _difference(
        before: Sequence[InstalledPackage], after: Sequence[InstalledPackage]
    ) -> list[PackageChange]:
        old = {one.attribute: one.version for one in before}
        new = {one.attribute: one.version for one in after}
        return [
            PackageChange(name=name, before=old.get(name), after=new.get(name))
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        ]


def with_version(host: FakeHost, attribute: str, version: str) -> None:
    """Let the package collection have another version from now on."""
    host.packages[attribute] = replace(host.packages[attribute], version=version)
