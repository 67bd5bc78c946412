"""Carrying out actions: progress while they run, and the truth about what became of them afterwards."""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable
from time import monotonic

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
)
from nixforhumanity.assistant.host import ActionResult, Diagnosis, RunObserver
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.nix.commands import PROGRESS_OPTIONS, Command
from nixforhumanity.nix.diagnosis import Explanation, explain
from nixforhumanity.nix.dry_run import parse_size
from nixforhumanity.nix.profiles import ProfileTool
from nixforhumanity.nix.progress import ProgressReader
from nixforhumanity.nix.text import clean_line
from nixforhumanity.protocol.cards import PackageChange, Progress
from nixforhumanity.system.nix_machine import NixMachine
from nixforhumanity.system.previewing import commands_of
from nixforhumanity.system.profile_reading import ProfileReader

log = logging.getLogger(__name__)

_SECONDS_BETWEEN_NEWS = 0.05
_OUTPUT_KEPT = 64 * 1024
_LINES_KEPT = 2000
_FREED = re.compile(r"\d+ store paths deleted, ([\d.]+) ([KMGT]i)?B freed")


class NewsSpreader:
    """Reads the lines of a running command and tells the observer at most 20 times a second."""

    def __init__(self, observer: RunObserver) -> None:
        self.reader = ProgressReader()
        self.kept: deque[str] = deque(maxlen=_LINES_KEPT)
        self._observer = observer
        self._last_news = 0.0
        self._last_progress: Progress | None = None
        self._later: asyncio.TimerHandle | None = None
        self._waiting: list[str] = []

    def take_errors(self, line: str) -> None:
        """Take a line of the error output, where Nix tells its progress."""
        self.reader.feed(line)
        self._take(self.reader.take_lines())

    def take_output(self, line: str) -> None:
        """Take a line of the standard output."""
        if text := clean_line(line):
            self._take([text])

    def flush(self) -> None:
        """Tell everything now."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        self._last_news = monotonic()
        if self._waiting:
            lines, self._waiting = self._waiting, []
            self._observer.printed(lines)
        now = self.reader.snapshot()
        progress = Progress(done=now.done, expected=now.expected, unit=now.unit, phase=now.phase)
        if progress != self._last_progress:
            self._last_progress = progress
            self._observer.progressed(progress)

    @property
    def output(self) -> str:
        """The end of what was printed, at most 64 KiB."""
        return "\n".join(self.kept)[-_OUTPUT_KEPT:]

    def _take(self, lines: list[str]) -> None:
        self.kept.extend(lines)
        self._waiting.extend(lines)
        # What nobody can read at that speed is not sent either.
        del self._waiting[:-_LINES_KEPT]
        if self._later is None:
            pause = max(0.0, self._last_news + _SECONDS_BETWEEN_NEWS - monotonic())
            if pause == 0.0:
                self.flush()
            else:
                self._later = asyncio.get_running_loop().call_later(pause, self.flush)


class ActionRunner:
    """Runs one action at a time."""

    def __init__(self, machine: NixMachine, reader: ProfileReader) -> None:
        self._machine = machine
        self._reader = reader

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        """See Host.run. When cancelled, the command has ended before CancelledError goes on."""
        await self._machine.setup()
        profile = self._machine.profile()
        before = profile.current()
        if await self._is_there(action):
            return ActionResult(succeeded=True, generation_before=before, generation_after=before)
        spreader = NewsSpreader(observer)
        try:
            explanation = await self._run_all(commands_of(self._machine, action), spreader)
        finally:
            spreader.flush()
        after = self._machine.profile().current()
        if explanation is None:
            explanation = await self._missed(action, changed=before != after)
        return ActionResult(
            succeeded=explanation is None,
            generation_before=before,
            generation_after=after,
            packages=await self._changes(action, before, after),
            freed_bytes=_freed(spreader.output) if isinstance(action, CollectGarbage) else None,
            diagnosis=None if explanation is None else as_diagnosis(explanation),
            output=spreader.output,
        )

    async def _is_there(self, action: AnyAction) -> bool:
        """Look whether a package is installed already: an old Nix would install it twice."""
        if not isinstance(action, InstallPackage):
            return False
        elements = await self._machine.elements()
        if action.store_path is not None:
            return any(action.store_path in one.store_paths for one in elements)
        of_attribute = any(one.attribute == action.attribute for one in elements)
        return of_attribute and self._machine.tool() is ProfileTool.NIX_PROFILE

    async def _run_all(self, commands: tuple[Command, ...], spreader: NewsSpreader) -> Explanation | None:
        for command in commands:
            explanation = await self.run_command(command, spreader)
            if explanation is not None:
                return explanation
        return None

    async def run_command(self, command: Command, spreader: NewsSpreader) -> Explanation | None:
        """Run one command and return why it failed, or None."""
        watch = _LockWatch(self._machine.runner.limits.lock)

        def take_errors(line: str) -> None:
            spreader.take_errors(line)
            watch.look(spreader.reader.waits_for_lock)

        run = asyncio.ensure_future(
            self._machine.runner.stream(
                (*command, *PROGRESS_OPTIONS), take_output=spreader.take_output, take_errors=take_errors
            )
        )
        watch.stop = run.cancel
        try:
            status = await run
        except asyncio.CancelledError:
            if not watch.gave_up:
                raise
            return explain([spreader.reader.lock_message])
        except UserError as error:
            return Explanation("", error.message, None, "")
        finally:
            watch.look(False)
        if status == 0:
            return None
        return explain(spreader.reader.errors or [_last_error(spreader.kept)])

    async def _missed(self, action: AnyAction, *, changed: bool) -> Explanation | None:
        """Look whether a command that claims success did what it was for; `remove` claims it for anything."""
        if not isinstance(action, RemovePackage):
            return None
        if not changed or any(one.element == action.element for one in await self._machine.elements()):
            return Explanation("", message("package-not-installed", package=action.attribute), None, "")
        return None

    async def _changes(
        self, action: AnyAction, before: int | None, after: int | None
    ) -> tuple[PackageChange, ...]:
        if before == after or isinstance(action, DeleteGenerations | CollectGarbage):
            return ()
        try:
            return tuple(await self._reader.difference(before or 0, after or 0))
        except UserError:
            # What was done stays true when the profile cannot be read any more.
            log.warning("the packages that changed could not be read", exc_info=True)
            return ()


class _LockWatch:
    """Gives up on a command that waits too long for another program."""

    def __init__(self, seconds: float) -> None:
        self.gave_up = False
        self.stop: Callable[[], object] = lambda: None
        self._seconds = seconds
        self._alarm: asyncio.TimerHandle | None = None

    def look(self, waits: bool) -> None:
        """Take notice of whether the command waits now."""
        if waits and self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(self._seconds, self._give_up)
        elif not waits and self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _give_up(self) -> None:
        self.gave_up = True
        self.stop()


def as_diagnosis(explanation: Explanation) -> Diagnosis:
    """Return the explanation as the assistant speaks of it."""
    return Diagnosis(explanation.message, explanation.advice, explanation.detail, explanation.meaning)


def _freed(output: str) -> int | None:
    found = _FREED.findall(output)
    return parse_size(*found[-1]) if found else None


def _last_error(lines: deque[str]) -> str:
    return "\n".join(list(lines)[-20:])
