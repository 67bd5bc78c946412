"""Starting a program without installing it: fetch it, keep it with a link, find what to start, start it."""

import json
import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from nixforhumanity.assistant.host import HostKind, RunObserver, StartedProgram
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import make_private_folder
from nixforhumanity.core.text import Message
from nixforhumanity.nix.store_names import package_of_path
from nixforhumanity.nix.text import clean
from nixforhumanity.system.action_running import ActionRunner, NewsSpreader
from nixforhumanity.system.nix_machine import NixMachine
from nixforhumanity.system.processes import OutputTooLongError, Patience, TooSlowError, run_program
from nixforhumanity.system.terminals import find_terminal

_FIRST_OUTPUT_LIMIT = 64 * 1024
_MOST_PROGRAMS_NAMED = 12


class ProgramStarter:
    """Starts programs of packages that are not installed."""

    def __init__(self, machine: NixMachine, actions: ActionRunner) -> None:
        self._machine = machine
        self._actions = actions

    async def start(self, attribute: str, observer: RunObserver) -> StartedProgram:
        """See Host.start_program; raises UserError when it cannot be fetched or holds no program."""
        await self._machine.setup()
        commands = self._machine.commands()
        packages = await self._realise(attribute, observer)
        program = await self._main_program(attribute, packages)
        if self._machine.place.kind is HostKind.PRACTICE:
            shown: tuple[str, ...] = (str(program),)  # the practice store needs an environment of its own
        else:
            shown = commands.run_by_hand(attribute, program.name)
        started, output = await self._launch(program, packages)
        return StartedProgram(attribute, program.name, shown, started, output)

    async def _realise(self, attribute: str, observer: RunObserver) -> list[Path]:
        folder = make_private_folder(self._machine.place.runtime)
        # One link a package: the garbage collector keeps what it points to until the folder is emptied.
        link = folder / f"started-{attribute}"
        spreader = NewsSpreader(observer)
        try:
            command = self._machine.commands().realise(attribute, str(link))
            explanation = await self._actions.run_command(command, spreader)
        finally:
            spreader.flush()
        if explanation is not None:
            parameters = {**explanation.message.parameters, "package": attribute}
            raise UserError(explanation.refusal or explanation.message.id, **parameters)
        found = [link, *sorted(folder.glob(f"{link.name}-*"))]
        return [path.resolve() for path in found if path.is_symlink() and path.exists()]

    async def _main_program(self, attribute: str, packages: Sequence[Path]) -> Path:
        programs = {path.name: path for package in reversed(packages) for path in _programs(package)}
        if not programs:
            raise UserError("no-program", package=attribute)
        wanted = [await self._declared(attribute), *(package_of_path(str(one)).name for one in packages)]
        wanted.append(attribute.rpartition(".")[2])
        for name in wanted:
            if name in programs:
                return programs[name]
        if len(programs) > 1:
            names = ", ".join(sorted(programs)[:_MOST_PROGRAMS_NAMED])
            raise UserError("many-programs", package=attribute, programs=names)
        return next(iter(programs.values()))

    async def _declared(self, attribute: str) -> str:
        runner = self._machine.runner
        command = self._machine.commands().main_program(attribute)
        done = await runner.finish(command, seconds=runner.limits.evaluate)
        try:
            name = json.loads(done.output) if done.status == 0 else ""
        except ValueError:
            return ""
        return name if isinstance(name, str) else ""

    async def _launch(self, program: Path, packages: Sequence[Path]) -> tuple[bool, str]:
        environment = self._machine.program_environment
        has_screen = bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
        if has_screen and any(_has_window(package) for package in packages):
            start_detached((str(program),), environment)
            return True, ""
        if has_screen and (terminal := find_terminal(environment)) is not None:
            start_detached((*terminal, str(program)), environment)
            return True, ""
        return await self._first_moments(program)

    async def _first_moments(self, program: Path) -> tuple[bool, str]:
        lines: list[str] = []
        try:
            await run_program(
                (str(program),),
                environment=self._machine.program_environment,
                seconds=self._machine.runner.limits.program,
                output_limit=_FIRST_OUTPUT_LIMIT,
                take_output=lines.append,
                take_errors=lines.append,
                patience=Patience(interrupt=0.5, terminate=0.5),
            )
            ended = True
        except (TooSlowError, OutputTooLongError):
            ended = False
        except UserError as error:
            raise _cannot_start(program, error.message) from error
        return ended, clean("\n".join(lines)).strip()


def start_detached(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start a program that goes on when this one ends; raises UserError `program-cannot-start`."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd=environment.get("HOME") if Path(environment.get("HOME", "")).is_dir() else None,
            start_new_session=True,
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("program-cannot-start", program=Path(command[0]).name, reason=reason) from error
    # Somebody must take note of its end, or it stays in the list of processes as a zombie.
    threading.Thread(target=process.wait, name=f"wait-{process.pid}", daemon=True).start()


def _programs(package: Path) -> list[Path]:
    folder = package / "bin"
    if not folder.is_dir():
        return []
    visible = (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return [path for path in visible if path.is_file() and os.access(path, os.X_OK)]


def _has_window(package: Path) -> bool:
    entries = (package / "share/applications").glob("*.desktop")
    return any(not _wants_terminal(path) for path in entries if path.is_file())


def _wants_terminal(entry: Path) -> bool:
    lines = entry.read_text(encoding="utf-8", errors="replace").splitlines()
    return any(line.replace(" ", "").lower() == "terminal=true" for line in lines)


def _cannot_start(program: Path, reason: Message) -> UserError:
    return UserError(
        "program-cannot-start", program=program.name, reason=str(reason.parameters.get("reason", ""))
    )
