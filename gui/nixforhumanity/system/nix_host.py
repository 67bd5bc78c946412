"""A computer with Nix: NixOS, another Linux, or a practice system."""

from collections.abc import Mapping, Sequence

from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.assistant.host import (
    ActionPreview,
    ActionResult,
    DiskUsage,
    GarbagePreview,
    Generation,
    HostDescription,
    InstalledPackage,
    OpenedShell,
    ProfileKind,
    RunObserver,
    StartedProgram,
)
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_facts import parse_available
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.sources import FolderSource
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.system.action_running import ActionRunner
from nixforhumanity.system.nix_machine import NixMachine, Place
from nixforhumanity.system.nix_runner import NixRunner, TimeLimits
from nixforhumanity.system.previewing import Previewer, commands_of
from nixforhumanity.system.processes import Patience
from nixforhumanity.system.profile_reading import ProfileReader
from nixforhumanity.system.program_starting import ProgramStarter
from nixforhumanity.system.shell_opening import ShellOpener
from nixforhumanity.system.store_reading import StoreReader

__all__ = ["NixHost", "Place"]


class NixHost:
    """Implements Host with the commands of Nix."""

    def __init__(
        self,
        place: Place,
        *,
        environment: Mapping[str, str],
        program_environment: Mapping[str, str],
        limits: TimeLimits | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Nix runs in `environment`; programs that are started for the person in `program_environment`."""
        runner = NixRunner(environment, limits or TimeLimits(), patience)
        self._machine = NixMachine(place, runner, program_environment)
        self._reader = ProfileReader(self._machine)
        self._store = StoreReader(self._machine)
        self._previewer = Previewer(self._machine, self._reader, self._store)
        self._actions = ActionRunner(self._machine, self._reader)
        self._programs = ProgramStarter(self._machine, self._actions)
        self._shells = ShellOpener(self._machine)

    async def describe(self) -> HostDescription:
        """See Host."""
        place = self._machine.place
        version, problem = "", None
        try:
            version = (await self._machine.setup(again=True)).version.text
        except UserError as error:
            problem = error.message
        tool = self._machine.tool()
        return HostDescription(
            kind=place.kind,
            operating_system=place.operating_system,
            nix_version=version,
            profile_kind=ProfileKind(tool.value),
            profile=str(self._machine.profile().path),
            package_source=self._machine.source(tool).label,
            problem=problem,
        )

    async def available(self) -> Sequence[PackageFacts] | None:
        """See Host."""
        source = self._machine.place.source
        if not isinstance(source, FolderSource):
            return None
        await self._machine.setup()
        runner = self._machine.runner
        command = self._machine.commands().available(source.folder)
        return parse_available(await runner.read(command, seconds=runner.limits.evaluate))

    async def installed(self) -> Sequence[InstalledPackage]:
        """See Host."""
        return await self._reader.installed()

    async def generations(self) -> Sequence[Generation]:
        """See Host."""
        return self._reader.generations()

    async def difference(self, before: int, after: int) -> Sequence[PackageChange]:
        """See Host."""
        return await self._reader.difference(before, after)

    def commands(self, action: AnyAction) -> tuple[tuple[str, ...], ...]:
        """See Host. Options that only make a command tell its progress are left out."""
        return commands_of(self._machine, action)

    async def preview(self, action: AnyAction) -> ActionPreview:
        """See Host."""
        return await self._previewer.preview(action)

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        """See Host."""
        return await self._actions.run(action, observer)

    async def garbage(self, older_than: str | None) -> GarbagePreview:
        """See Host."""
        return await self._store.garbage(older_than)

    async def disk_usage(self) -> DiskUsage:
        """See Host."""
        return await self._store.disk_usage()

    async def start_program(self, attribute: str, observer: RunObserver) -> StartedProgram:
        """See Host."""
        return await self._programs.start(attribute, observer)

    async def open_shell(self, attributes: Sequence[str]) -> OpenedShell:
        """See Host."""
        return await self._shells.open(attributes)
