"""Opening a terminal in which some packages are there, without installing them."""

import asyncio
import json
from collections.abc import Sequence

from nixforhumanity.assistant.host import OpenedShell
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.diagnosis import explain
from nixforhumanity.system.nix_machine import NixMachine
from nixforhumanity.system.nix_runner import refusal
from nixforhumanity.system.program_starting import start_detached
from nixforhumanity.system.terminals import find_terminal


class ShellOpener:
    """Finds the exact versions, writes the command, and opens a terminal with it where there is one."""

    def __init__(self, machine: NixMachine) -> None:
        self._machine = machine

    async def open(self, attributes: Sequence[str]) -> OpenedShell:
        """See Host.open_shell."""
        await self._machine.setup()
        command = self._machine.commands().shell(attributes)
        # Two at a time: on a real computer each is an evaluation of its own.
        gate = asyncio.Semaphore(2)
        versions = await asyncio.gather(*(self._version(attribute, gate) for attribute in attributes))
        opened = self._open(command)
        return OpenedShell(command, tuple(zip(attributes, versions, strict=True)), opened)

    async def _version(self, attribute: str, gate: asyncio.Semaphore) -> str:
        runner = self._machine.runner
        command = self._machine.commands().version_of(attribute)
        async with gate:
            done = await runner.finish(command, seconds=runner.limits.evaluate)
        if done.status != 0:
            raise refusal(explain([done.errors]), done.errors, package=attribute)
        try:
            version = json.loads(done.output)
        except ValueError as error:
            raise UserError("nix-broken", detail=str(error)) from error
        return version if isinstance(version, str) else ""

    def _open(self, command: Sequence[str]) -> bool:
        environment = dict(self._machine.program_environment)
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            return False
        terminal = find_terminal(environment)
        if terminal is None:
            return False
        # A practice system is found by these; on any other computer they are what they were.
        inside = {
            name: value for name, value in self._machine.runner.environment.items() if name.startswith("NIX_")
        }
        path = self._machine.runner.environment.get("PATH", environment.get("PATH", ""))
        start_detached((*terminal, *command), {**environment, **inside, "PATH": path})
        return True
