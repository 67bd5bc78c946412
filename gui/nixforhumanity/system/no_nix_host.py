"""A computer without Nix: it can be described, and for everything else it says what is missing."""

from collections.abc import Sequence

from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.assistant.host import (
    ActionPreview,
    ActionResult,
    DiskUsage,
    GarbagePreview,
    Generation,
    HostDescription,
    HostKind,
    InstalledPackage,
    OpenedShell,
    RunObserver,
    StartedProgram,
)
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.protocol.cards import PackageChange


class NoNixHost:
    """Raises UserError `needs-nix` for everything but its description."""

    def __init__(self, operating_system: str) -> None:
        self._operating_system = operating_system

    async def describe(self) -> HostDescription:
        """See Host."""
        return HostDescription(
            kind=HostKind.NO_NIX,
            operating_system=self._operating_system,
            nix_version="",
            profile_kind=None,
            profile="",
            package_source="",
        )

    async def available(self) -> Sequence[PackageFacts] | None:
        """See Host: the set is not small here, so None."""
        return None

    async def installed(self) -> Sequence[InstalledPackage]:
        """See Host."""
        raise UserError("needs-nix")

    async def generations(self) -> Sequence[Generation]:
        """See Host."""
        raise UserError("needs-nix")

    async def difference(self, before: int, after: int) -> Sequence[PackageChange]:
        """See Host."""
        raise UserError("needs-nix")

    def commands(self, action: AnyAction) -> tuple[tuple[str, ...], ...]:
        """See Host."""
        raise UserError("needs-nix")

    async def preview(self, action: AnyAction) -> ActionPreview:
        """See Host."""
        raise UserError("needs-nix")

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        """See Host."""
        raise UserError("needs-nix")

    async def garbage(self, older_than: str | None) -> GarbagePreview:
        """See Host."""
        raise UserError("needs-nix")

    async def disk_usage(self) -> DiskUsage:
        """See Host."""
        raise UserError("needs-nix")

    async def start_program(self, attribute: str, observer: RunObserver) -> StartedProgram:
        """See Host."""
        raise UserError("needs-nix")

    async def open_shell(self, attributes: Sequence[str]) -> OpenedShell:
        """See Host."""
        raise UserError("needs-nix")
