"""What the store holds, what would be deleted from it, and where the space went."""

import asyncio
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nixforhumanity.assistant.host import DiskUsage, GarbagePreview
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.garbage import (
    Root,
    StoreListingError,
    StorePath,
    closure_size,
    living_paths,
    parse_derivation_outputs,
    parse_path_info,
    parse_roots,
)
from nixforhumanity.nix.generations import GenerationLink, generations_to_delete
from nixforhumanity.nix.store_names import base_name
from nixforhumanity.system.nix_machine import NixMachine
from nixforhumanity.system.profile_reading import as_generation

_LARGEST = 20


@dataclass(frozen=True, slots=True)
class StoreSnapshot:
    """The store at one moment."""

    paths: Mapping[str, StorePath]
    roots: tuple[Root, ...]


class StoreReader:
    """Lists the store and simulates collections."""

    def __init__(self, machine: NixMachine) -> None:
        self._machine = machine

    async def snapshot(self) -> StoreSnapshot:
        """List everything; takes seconds on a large store."""
        await self._machine.setup()
        commands = self._machine.commands()
        # The roots after the paths: what is added in between is then kept by the simulation, not deleted.
        listing = await self._machine.runner.read_store(commands.path_info_all())
        roots = await self._machine.runner.read_store(commands.roots())
        try:
            paths = await asyncio.to_thread(parse_path_info, listing)
        except StoreListingError as error:
            raise UserError("nix-broken", detail=str(error)) from error
        return StoreSnapshot(paths, tuple(parse_roots(roots.decode("utf-8", errors="replace"))))

    async def dead_paths(self, snapshot: StoreSnapshot, going: Collection[GenerationLink]) -> set[str]:
        """Return what a collection would delete once these generations are gone."""
        setup = await self._machine.setup()
        gone = {_real_link(one.link) for one in going}
        roots = [root.target for root in snapshot.roots if _real_link(root.link) not in gone]

        def simulate() -> set[str]:
            living = living_paths(
                snapshot.paths,
                roots,
                keep_derivations=setup.keep_derivations,
                keep_outputs=setup.keep_outputs,
                outputs_of=self._outputs_of,
            )
            return snapshot.paths.keys() - living

        return await asyncio.to_thread(simulate)

    async def garbage(self, older_than: str | None) -> GarbagePreview:
        """See Host.garbage."""
        profile = self._machine.profile()
        current = profile.current()
        going = generations_to_delete(profile.generations(), current, older_than, datetime.now(UTC))
        snapshot = await self.snapshot()
        dead = await self.dead_paths(snapshot, going)
        return GarbagePreview(
            generations=tuple(as_generation(one, current) for one in reversed(going)),
            paths=len(dead),
            bytes=sum(snapshot.paths[path].size for path in dead),
        )

    async def disk_usage(self) -> DiskUsage:
        """See Host.disk_usage."""
        profile = self._machine.profile()
        old = generations_to_delete(profile.generations(), profile.current(), None, datetime.now(UTC))
        snapshot = await self.snapshot()
        now = await self.dead_paths(snapshot, ())
        later = await self.dead_paths(snapshot, old)
        sizes = {path: entry.size for path, entry in snapshot.paths.items()}
        try:
            disk = shutil.disk_usage(self._machine.store_folder)
        except OSError as error:
            raise UserError("nix-broken", detail=error.strerror or str(error)) from error
        elements = await self._machine.elements()
        closures = [
            (one.attribute, closure_size(snapshot.paths, map(base_name, one.store_paths))) for one in elements
        ]
        return DiskUsage(
            store_bytes=sum(sizes.values()),
            store_paths=len(sizes),
            garbage_bytes=sum(sizes[path] for path in now),
            old_generations_bytes=sum(sizes[path] for path in later - now),
            free_bytes=disk.free,
            total_bytes=disk.total,
            largest=tuple(sorted(closures, key=lambda one: (-one[1], one[0]))[:_LARGEST]),
        )

    def _outputs_of(self, recipe: str) -> tuple[str, ...]:
        try:
            text = Path(self._machine.store_folder, recipe).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ()
        return parse_derivation_outputs(text)


def _real_link(link: str) -> str:
    """Return the link's own path with its folder's links followed, as two ways may lead to the same one."""
    path = Path(link)
    return str(path.parent.resolve() / path.name) if path.is_absolute() else link
