"""What an action would do, found out by dry runs and by reading, changing nothing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
)
from nixforhumanity.assistant.host import ActionPreview
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.nix.commands import Command
from nixforhumanity.nix.diagnosis import explain
from nixforhumanity.nix.dry_run import DryRun, parse_dry_run
from nixforhumanity.nix.generations import generations_to_delete
from nixforhumanity.nix.profiles import ProfileElement, ProfileTool
from nixforhumanity.nix.store_names import main_path, name_of_path, package_of_path, split_package_name
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.system.nix_machine import NixMachine
from nixforhumanity.system.nix_runner import refusal
from nixforhumanity.system.profile_reading import ProfileReader
from nixforhumanity.system.store_reading import StoreReader

MOST_REMOVALS_NAMED = 100
"""Store paths that a preview names; the largest ones."""


def commands_of(machine: NixMachine, action: AnyAction) -> tuple[Command, ...]:
    """Return the argument lists of an action; asks nobody."""
    action.validate()
    commands = machine.commands()
    match action:
        case InstallPackage(attribute=attribute, store_path=None):
            return (commands.install(attribute),)
        case InstallPackage(store_paths=paths):
            return (commands.install_path(*paths),)
        case RemovePackage(element=element):
            return (commands.remove(element),)
        case SwitchGeneration(generation=0):
            # There is no generation 0: the state before the first one is an empty profile.
            paths = tuple(main_path(one.store_paths) for one in machine.elements_on_disk() if one.store_paths)
            return (commands.remove_all(paths),)
        case SwitchGeneration(generation=number):
            return (commands.switch_generation(number),)
        case DeleteGenerations(older_than=older_than):
            return (commands.delete_generations(older_than),)
        case CollectGarbage():
            return (commands.collect_garbage(),)


class Previewer:
    """Previews each kind of action; raises UserError for what cannot be done."""

    def __init__(self, machine: NixMachine, reader: ProfileReader, store: StoreReader) -> None:
        self._machine = machine
        self._reader = reader
        self._store = store

    async def preview(self, action: AnyAction) -> ActionPreview:
        """See Host.preview."""
        action.validate()
        await self._machine.setup()
        match action:
            case InstallPackage(store_path=None):
                return await self._install(action)
            case InstallPackage():
                return await self._install_path(action)
            case RemovePackage():
                return await self._remove(action)
            case SwitchGeneration():
                return await self._switch(action)
            case DeleteGenerations():
                return self._delete(action)
            case CollectGarbage():
                return await self._collect(action)

    async def _install(self, action: InstallPackage) -> ActionPreview:
        commands = self._machine.commands()
        installed = await self._machine.elements()
        same = next((one for one in installed if one.attribute == action.attribute), None)
        if same is not None and commands.tool is ProfileTool.NIX_PROFILE:
            return self._nothing(action, _already(action.attribute, same.version))
        replaced: ProfileElement | None = None
        if commands.tool is ProfileTool.NIX_PROFILE:
            dry, paths = await self._dry_run(action.attribute)
            version = package_of_path(main_path(paths)).version if paths else ""
        else:
            name, paths = await self._env_package(action.attribute)
            dry = await self._env_dry_run(action.attribute)
            split = split_package_name(name)
            version = split.version
            # nix-env keeps one of each name: installing another version replaces it.
            replaced = next(
                (one for one in installed if split_package_name(one.element).name == split.name), None
            )
        for one in installed:
            if set(paths) & set(one.store_paths) or (replaced is one and one.version == version):
                return self._nothing(action, _already(action.attribute, one.version))
        return ActionPreview(
            commands=commands_of(self._machine, action),
            packages=(
                PackageChange(
                    name=action.attribute, before=replaced.version if replaced else None, after=version
                ),
            ),
            download_bytes=dry.download_bytes,
            disk_bytes=dry.disk_bytes,
            builds=dry.builds,
            warnings=_install_warnings(action.attribute, dry, replaced),
        )

    async def _install_path(self, action: InstallPackage) -> ActionPreview:
        assert action.store_path is not None
        installed = await self._machine.elements()
        package = package_of_path(action.store_path)
        if any(action.store_path in one.store_paths for one in installed):
            return self._nothing(action, _already(action.attribute, package.version))
        dry = DryRun()
        gone = [path for path in action.store_paths if not _exists(path)]
        if gone:
            command = self._machine.commands().dry_run_path(*gone)
            dry = await self._read_dry_run(command, action.attribute)
            if not dry.fetched_paths:
                raise UserError("build-gone", package=action.attribute)
        return ActionPreview(
            commands=commands_of(self._machine, action),
            packages=(PackageChange(name=action.attribute, after=package.version),),
            download_bytes=dry.download_bytes,
            disk_bytes=dry.disk_bytes,
        )

    async def _remove(self, action: RemovePackage) -> ActionPreview:
        going = [one for one in await self._machine.elements() if one.element == action.element]
        if not going:
            raise UserError("package-not-installed", package=action.attribute)
        shared = message("warning-attribute-shared", package=action.attribute)
        return ActionPreview(
            commands=commands_of(self._machine, action),
            packages=tuple(PackageChange(name=one.attribute, before=one.version) for one in going),
            download_bytes=0,
            disk_bytes=0,
            warnings=(shared,) if len(going) > 1 else (),
        )

    async def _switch(self, action: SwitchGeneration) -> ActionPreview:
        current = self._machine.profile().current()
        number = action.generation
        if number == 0 and not await self._machine.elements():
            return self._nothing(action, message("nix-nothing-installed"))
        if number != 0:
            await self._machine.generation(number)
            if number == current:
                return self._nothing(action, message("already-current-generation", generation=number))
        return ActionPreview(
            commands=commands_of(self._machine, action),
            packages=tuple(await self._reader.difference(current or 0, number)),
            download_bytes=0,
            disk_bytes=0,
        )

    def _delete(self, action: DeleteGenerations) -> ActionPreview:
        profile = self._machine.profile()
        going = generations_to_delete(
            profile.generations(), profile.current(), action.older_than, datetime.now(UTC)
        )
        if not going:
            return self._nothing(action, message("nix-no-old-generations"))
        return ActionPreview(
            commands=commands_of(self._machine, action),
            download_bytes=0,
            disk_bytes=0,
            removals=tuple(one.link for one in going),
        )

    async def _collect(self, action: CollectGarbage) -> ActionPreview:
        snapshot = await self._store.snapshot()
        dead = await self._store.dead_paths(snapshot, ())
        if not dead:
            return self._nothing(action, message("nothing-to-clean-up"))
        largest = sorted(dead, key=lambda path: (-snapshot.paths[path].size, path))
        named = [path for path in largest if not path.endswith(".drv")][:MOST_REMOVALS_NAMED]
        return ActionPreview(
            commands=commands_of(self._machine, action),
            download_bytes=0,
            disk_bytes=-sum(snapshot.paths[path].size for path in dead),
            removals=tuple(name_of_path(path) for path in named),
        )

    async def _dry_run(self, attribute: str) -> tuple[DryRun, tuple[str, ...]]:
        runner = self._machine.runner
        done = await runner.finish(
            self._machine.commands().dry_run(attribute), seconds=runner.limits.evaluate
        )
        if done.status != 0:
            raise refusal(explain([done.errors]), done.errors, package=attribute)
        rows = _json(done.output, list[dict[str, Any]])
        outputs = (row["outputs"] for row in rows if isinstance(row.get("outputs"), dict))
        return parse_dry_run(done.errors), tuple(
            str(path) for row in outputs for path in row.values() if path
        )

    async def _env_package(self, attribute: str) -> tuple[str, tuple[str, ...]]:
        runner = self._machine.runner
        command = self._machine.commands().env_query_available(attribute)
        done = await runner.finish(command, seconds=runner.limits.evaluate)
        if done.status != 0:
            raise refusal(explain([done.errors]), done.errors, package=attribute)
        rows = _json(done.output, dict[str, dict[str, Any]])
        if not rows:
            # An attribute that exists and is refused is left out here; installing tells why.
            await self._env_dry_run(attribute)
            raise UserError("package-not-found", package=attribute)
        row = next(iter(rows.values()))
        outputs = row.get("outputs")
        paths = outputs.values() if isinstance(outputs, dict) else ()
        return str(row.get("name", "")), tuple(str(path) for path in paths if path)

    async def _env_dry_run(self, attribute: str) -> DryRun:
        return await self._read_dry_run(self._machine.commands().env_dry_run(attribute), attribute)

    async def _read_dry_run(self, command: Command, attribute: str) -> DryRun:
        runner = self._machine.runner
        done = await runner.finish(command, seconds=runner.limits.evaluate)
        if done.status != 0:
            raise refusal(explain([done.errors]), done.errors, package=attribute)
        return parse_dry_run(done.errors)

    def _nothing(self, action: AnyAction, reason: Message) -> ActionPreview:
        commands = commands_of(self._machine, action)
        return ActionPreview(commands=commands, download_bytes=0, disk_bytes=0, nothing_to_do=reason)


def _exists(path: str) -> bool:
    return Path(path).exists()


def _already(attribute: str, version: str) -> Message:
    return message("nix-already-installed", package=attribute, version=version or "none")


def _install_warnings(attribute: str, dry: DryRun, replaced: ProfileElement | None) -> tuple[Message, ...]:
    found = []
    if dry.builds:
        found.append(message("warning-builds-here"))
    if replaced is not None:
        found.append(
            message("warning-replaces-version", package=attribute, version=replaced.version or "none")
        )
    return tuple(found)


def _json(data: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise UserError("nix-broken", detail=str(error)) from error
