"""What the person's profile holds and held, as the assistant speaks of it."""

from collections.abc import Sequence

from nixforhumanity.assistant.host import Generation, InstalledPackage
from nixforhumanity.nix.closures import VersionChange, closure_changes, element_changes
from nixforhumanity.nix.generations import GenerationLink
from nixforhumanity.nix.profiles import ProfileElement
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.system.nix_machine import NixMachine


class ProfileReader:
    """Reads elements, generations and differences."""

    def __init__(self, machine: NixMachine) -> None:
        self._machine = machine

    async def installed(self) -> list[InstalledPackage]:
        """Return what is installed, by attribute."""
        elements = await self._machine.elements()
        return sorted((_package(one) for one in elements), key=lambda one: (one.attribute, one.element))

    def generations(self) -> list[Generation]:
        """Return the generations, newest first."""
        profile = self._machine.profile()
        current = profile.current()
        return [as_generation(one, current) for one in profile.generations()]

    async def difference(self, before: int, after: int) -> list[PackageChange]:
        """Return what differs between two generations; 0 is the empty one.

        What the person installed counts. Only where that is the same, but the profiles are not, everything
        below is compared.
        """
        if before == after:
            return []
        first, second = await self._links(before), await self._links(after)
        old = await self._machine.elements_of(first) if first else ()
        new = await self._machine.elements_of(second) if second else ()
        changes = element_changes(old, new)
        if not changes and first and second and _paths(old) != _paths(new):
            changes = closure_changes(await self._closure(first), await self._closure(second))
        return [as_change(one) for one in changes]

    async def _links(self, number: int) -> GenerationLink | None:
        return None if number == 0 else await self._machine.generation(number)

    async def _closure(self, generation: GenerationLink) -> Sequence[str]:
        output = await self._machine.runner.read(self._machine.commands().closure(generation.target))
        return output.decode("utf-8", errors="replace").split()


def as_change(change: VersionChange) -> PackageChange:
    """Return the change as the wire carries it."""
    return PackageChange(name=change.name, before=change.before, after=change.after)


def as_generation(link: GenerationLink, current: int | None) -> Generation:
    """Return the generation as the assistant speaks of it."""
    return Generation(number=link.number, at=link.at, current=link.number == current, store_path=link.target)


def _package(element: ProfileElement) -> InstalledPackage:
    return InstalledPackage(element.attribute, element.element, element.version, element.store_paths)


def _paths(elements: Sequence[ProfileElement]) -> set[str]:
    return {path for one in elements for path in one.store_paths}
