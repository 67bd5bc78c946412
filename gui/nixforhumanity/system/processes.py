"""Running other programs: argument lists only, in a process group of their own, and never left behind."""

import asyncio
import ctypes
import os
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from nixforhumanity.core.errors import NixForHumanityError, UserError

_PR_SET_PDEATHSIG = 1
_CHUNK = 64 * 1024
_LONGEST_LINE = 64 * 1024
_ERRORS_KEPT = 64 * 1024
_KILLED_SECONDS = 2.0
_LOOK_EVERY_SECONDS = 0.01
_ENDED_STATES = ("Z", "X")

DEFAULT_OUTPUT_LIMIT = 64 * 2**20
"""Bytes of standard output that are read before a program is stopped."""


class OutputTooLongError(NixForHumanityError):
    """A program printed more than was asked for; it has ended."""


class TooSlowError(NixForHumanityError):
    """A program took longer than it may; it has ended."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a program left."""

    status: int
    """Its exit status; negative for the signal that ended it."""
    output: bytes
    """All of its standard output, unless that was handed over line by line."""
    errors: str
    """The end of its error output, at most 64 KiB."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a program may take to end after each request; seconds."""

    interrupt: float = 10.0
    terminate: float = 5.0


LineTaker = Callable[[str], None]


async def run_program(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path | None = None,
    seconds: float | None = None,
    output_limit: int = DEFAULT_OUTPUT_LIMIT,
    take_output: LineTaker | None = None,
    take_errors: LineTaker | None = None,
    patience: Patience | None = None,
) -> Finished:
    """Run a program to its end.

    Lines go to `take_output` and `take_errors` as they come. When this call is cancelled, or raises, the
    program and its group have ended before. Raises UserError `nix-cannot-start`, TooSlowError after
    `seconds`, and OutputTooLongError beyond `output_limit` bytes.
    """
    patience = patience or Patience()
    process = await _started(command, environment, folder, patience)
    output = _Collector(output_limit, take_output, keep=take_output is None)
    errors = _Collector(None, take_errors, keep=True)
    assert process.stdout is not None
    assert process.stderr is not None
    readers = output.read(process.stdout), errors.read(process.stderr)
    work = [asyncio.ensure_future(one) for one in (*readers, process.wait())]
    try:
        async with asyncio.timeout(seconds):
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    except TimeoutError as error:
        await _to_the_end(_end(process, work, patience))
        raise TooSlowError(command[0], seconds) from error
    except BaseException:
        await _to_the_end(_end(process, work, patience))
        raise
    assert process.returncode is not None
    return Finished(process.returncode, bytes(output.kept), errors.kept.decode("utf-8", errors="replace"))


class _Collector:
    """Reads one stream: hands over its lines and keeps what is wanted of it."""

    def __init__(self, limit: int | None, take: LineTaker | None, *, keep: bool) -> None:
        self.kept = bytearray()
        self._limit = limit
        self._take = take
        self._keep = keep
        self._line = bytearray()
        self._read = 0

    async def read(self, stream: asyncio.StreamReader) -> None:
        while chunk := await stream.read(_CHUNK):
            self._read += len(chunk)
            if self._limit is not None and self._read > self._limit:
                raise OutputTooLongError(self._limit)
            if self._keep:
                self.kept += chunk
                if self._limit is None:
                    del self.kept[:-_ERRORS_KEPT]
            if self._take is not None:
                self._split(chunk, self._take)
        if self._line and self._take is not None:
            self._take(self._line.decode("utf-8", errors="replace"))

    def _split(self, chunk: bytes, take: LineTaker) -> None:
        first, *rest = chunk.split(b"\n")
        self._line += first
        for part in rest:
            take(self._line[:_LONGEST_LINE].decode("utf-8", errors="replace"))
            self._line = bytearray(part)
        # What is beyond the longest line is dropped, so that a line without end takes no memory.
        del self._line[_LONGEST_LINE:]


async def _started(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None, patience: Patience
) -> asyncio.subprocess.Process:
    """Start a program; one that was started while this was being cancelled is ended again."""
    starting = asyncio.ensure_future(_start(command, environment, folder))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await _to_the_end(_give_up(starting, patience))
        raise


async def _give_up(starting: asyncio.Future[asyncio.subprocess.Process], patience: Patience) -> None:
    with suppress(UserError):
        await _end(await starting, (), patience)


async def _start(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None
) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
            preexec_fn=_ending_with(os.getpid()),
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("nix-cannot-start", program=command[0], reason=reason) from error


def _ending_with(parent: int) -> Callable[[], None]:
    """Return what a child does before it becomes the program: it will not outlive this process."""
    set_option = ctypes.CDLL(None, use_errno=True).prctl

    def prepare() -> None:
        set_option(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it ended in between
            os._exit(1)

    return prepare


async def _end(
    process: asyncio.subprocess.Process, work: Sequence[asyncio.Future[Any]], patience: Patience
) -> None:
    """Ask the whole group to end, ever more firmly, and wait until it has."""
    for kind, seconds in ((signal.SIGINT, patience.interrupt), (signal.SIGTERM, patience.terminate)):
        if process.returncode is None:
            _signal_group(process.pid, kind)
            await _wait_for(lambda: process.returncode is not None, seconds)
    # Also for those of the group that did not end with their leader.
    _signal_group(process.pid, signal.SIGKILL)
    await _wait_for(lambda: process.returncode is not None and not _group_runs(process.pid), _KILLED_SECONDS)
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    # A process that left the group may still hold our pipes: they are closed on our side.
    process._transport.close()  # type: ignore[attr-defined]


async def _wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Wait until something is true, or for so long."""
    deadline = monotonic() + seconds
    # Nothing announces the end of those processes of a group that are not our children.
    while not condition() and monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


def _signal_group(group: int, kind: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, kind)


def _group_runs(group: int) -> bool:
    """Tell whether a process of the group still runs; ended ones that nobody took note of do not."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                state, _, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(its_group) == group and state not in _ENDED_STATES:
                    return True
    return False


async def _to_the_end(coroutine: Coroutine[Any, Any, None]) -> None:
    """Await something even while this task is being cancelled; the caller raises afterwards."""
    task = asyncio.ensure_future(coroutine)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    task.result()
