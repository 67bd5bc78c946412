"""The embedded server: a child process of the window, restarted when it ends, up to a limit.

It may outlive the window: see compose/lingering.py.
"""

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from nixforhumanity.client.child_process import ChildProcess
from nixforhumanity.client.failures import EmbeddedServerError, UnreachableError
from nixforhumanity.client.server_log import ServerLog
from nixforhumanity.core.text import Message, message

log = logging.getLogger(__name__)

CRASHES = 5
WITHIN_SECONDS = 60.0
READY_SECONDS = 30.0
SILENT_SECONDS = 30.0
GRACE_SECONDS = 10.0
TERMINATE_SECONDS = 3.0
LET_GO_SECONDS = 1.5
IMPATIENT_SECONDS = 0.5
ROTATE_EVERY_SECONDS = 60.0
MOST_LINE_BYTES = 64 * 1024


class _Failure(msgspec.Struct, frozen=True, rename="camel"):
    message_id: str
    parameters: dict[str, str | int | float] = {}
    text: str = ""


class _FirstLine(msgspec.Struct, frozen=True):
    ready: bool = False
    port: int = 0
    error: _Failure | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the supervision is; seconds."""

    crashes: int = CRASHES
    within: float = WITHIN_SECONDS
    ready: float = READY_SECONDS
    silent: float = SILENT_SECONDS
    grace: float = GRACE_SECONDS
    terminate: float = TERMINATE_SECONDS
    let_go: float = LET_GO_SECONDS
    impatient: float = IMPATIENT_SECONDS
    """Between the wish to end one that does not answer and its kill."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """The child that is ready."""

    pid: int
    port: int


def server_command() -> tuple[str, ...]:
    """Return the command that starts the server of this program."""
    return (sys.executable, "-m", "nixforhumanity", "serve", "--embedded")


class EmbeddedServer:
    """Started when it is needed; the end of its standard input tells it that this window has gone."""

    def __init__(
        self,
        command: Sequence[str],
        server_log: ServerLog,
        environment: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        *,
        outlives: bool = True,
    ) -> None:
        self._command = tuple(command)
        self._log = server_log
        self._environment = environment
        self._limits = limits or Limits()
        self._outlives = outlives
        self._process: ChildProcess | None = None
        self._running: RunningServer | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._crashes: deque[float] = deque()
        self._silent_since: float | None = None
        self._lock = asyncio.Lock()

    @property
    def is_running(self) -> bool:
        """Whether the child was started, became ready and has not ended."""
        return self._running is not None and self._process is not None and self._process.returncode is None

    async def ensure_running(self) -> RunningServer:
        """Return the running child, starting one if there is none; it reads its port from the settings.

        Raises UnreachableError when it has just ended, EmbeddedServerError when it needs the person.
        """
        async with self._lock:
            if self.is_running and self._running is not None:
                return self._running
            if self._process is not None:
                await self._forget()
                crashed = self._crashed()
                if isinstance(crashed, EmbeddedServerError):
                    raise crashed
            return await self._start()

    async def not_answering(self) -> None:
        """Take note that the child runs and cannot be reached; end it when that has lasted too long."""
        async with self._lock:
            if self._running is None:
                return
            now = time.monotonic()
            if self._silent_since is None:
                self._silent_since = now
            elif now - self._silent_since > self._limits.silent and self._process is not None:
                log.warning("the embedded server does not answer; it is ended")
                await self._kill(self._process)

    def answering(self) -> None:
        """Take note that the child was reached."""
        self._silent_since = None

    def forgive(self) -> None:
        """Forget the crashes: the person wants another try."""
        self._crashes.clear()

    async def let_go(self) -> None:
        """Leave the child to itself: it ends when nobody needs it any more, and that is often at once.

        It stays while another window uses it or a change is going on, if it may outlive this window at all.
        """
        if not self._outlives:
            await self.end_now()
            return
        async with self._lock:
            if self._process is None:
                return
            self._process.close_input()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), self._limits.let_go)
            await self._forget()

    async def stop(self) -> None:
        """End the child, whoever uses it: it is asked by the end of its input, then by signals."""
        async with self._lock:
            if self._process is not None:
                self._process.close_input()
                await self._end_by_signals(self._process, self._limits.grace)

    async def end_now(self, *, patient: bool = True) -> None:
        """End the child, whoever uses it: asked at once, and killed later; much later if `patient`."""
        async with self._lock:
            if self._process is not None:
                self._process.terminate()
                await self._end_by_signals(
                    self._process, self._limits.grace if patient else self._limits.impatient
                )

    async def _end_by_signals(self, process: ChildProcess, patience: float) -> None:
        for end, seconds in ((process.terminate, patience), (process.kill, self._limits.terminate)):
            try:
                await asyncio.wait_for(process.wait(), seconds)
            except TimeoutError:
                end()
        await process.wait()
        await self._forget()

    async def _start(self) -> RunningServer:
        process = await self._spawn()
        self._process = process
        try:
            first = await self._first_line(process)
        except BaseException:
            await self._kill(process)
            raise
        if first is None:
            await self._kill(process)
            await self._forget()
            raise self._crashed()
        if first.error is not None:
            await self._kill(process)
            await self._forget()
            raise self._refused(first.error)
        self._running = RunningServer(process.pid, first.port)
        self._silent_since = None
        self._watcher = asyncio.create_task(self._watch(process), name="embedded server watcher")
        return self._running

    async def _spawn(self) -> ChildProcess:
        self._log.rotate()
        try:
            descriptor = self._log.open()
        except OSError as error:
            log.warning("the log of the embedded server cannot be opened: %s", error)
            descriptor = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
        try:
            return await ChildProcess.start(self._command, self._environment, descriptor, MOST_LINE_BYTES)
        except OSError as error:
            reason = error.strerror or str(error)
            raise EmbeddedServerError(message("embedded-not-started", reason=reason)) from error
        finally:
            os.close(descriptor)

    async def _first_line(self, process: ChildProcess) -> _FirstLine | None:
        """Return the line that says how the start went; None when the child ends or is silent."""
        try:
            async with asyncio.timeout(self._limits.ready):
                while line := await process.output.readline():
                    with contextlib.suppress(msgspec.DecodeError, RecursionError):
                        first = msgspec.json.decode(line, type=_FirstLine)
                        if first.error is not None or (first.ready and first.port > 0):
                            return first
        except (TimeoutError, ValueError):
            log.warning("the embedded server did not say that it is ready")
        return None

    async def _watch(self, process: ChildProcess) -> None:
        """Read what it prints, so that it never waits for us, and keep its log small."""
        while True:
            try:
                async with asyncio.timeout(ROTATE_EVERY_SECONDS):
                    if not await process.output.read(MOST_LINE_BYTES):
                        return
            except TimeoutError:
                self._log.rotate()

    async def _kill(self, process: ChildProcess) -> None:
        process.kill()
        await process.wait()

    async def _forget(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        if self._process is not None:
            self._process.let_go()
        self._process = self._running = self._watcher = self._silent_since = None

    def _crashed(self) -> UnreachableError | EmbeddedServerError:
        now = time.monotonic()
        self._crashes.append(now)
        while now - self._crashes[0] > self._limits.within:
            self._crashes.popleft()
        if len(self._crashes) >= self._limits.crashes:
            count, self._crashes = len(self._crashes), deque()
            return EmbeddedServerError(message("embedded-keeps-ending", count=count), detail=self._log.end())
        return UnreachableError(message("embedded-ended"))

    def _refused(self, failure: _Failure) -> EmbeddedServerError:
        free_port = failure.parameters.get("free_port")
        return EmbeddedServerError(
            Message(failure.message_id, {**failure.parameters, "text": failure.text}),
            detail=self._log.end(),
            free_port=free_port if isinstance(free_port, int) else None,
        )
