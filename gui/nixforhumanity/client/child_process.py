"""A child that may outlive this process: asyncio's own subprocesses are killed when they are let go of."""

import asyncio
import contextlib
import subprocess
import threading
from collections.abc import Mapping, Sequence


class ChildProcess:
    """A running child with a pipe to its input and one from its output."""

    def __init__(
        self,
        process: "subprocess.Popen[bytes]",
        reader: asyncio.StreamReader,
        reading: asyncio.BaseTransport,
    ) -> None:
        self._process = process
        self._reading = reading
        self.output = reader
        self._ended = asyncio.Event()
        loop = asyncio.get_running_loop()

        def wait() -> None:
            process.wait()
            with contextlib.suppress(RuntimeError):  # the loop was closed: nobody asks any more
                loop.call_soon_threadsafe(self._ended.set)

        # Not a thread of the pool, which the end of this program would wait for.
        threading.Thread(target=wait, name=f"child {process.pid}", daemon=True).start()

    @classmethod
    async def start(
        cls, command: Sequence[str], environment: Mapping[str, str] | None, errors: int, longest_line: int
    ) -> "ChildProcess":
        """Start it in a session of its own; `errors` is the descriptor for its standard error.

        Raises OSError when it cannot be started.
        """
        process = _started(command, environment, errors)
        reader = asyncio.StreamReader(limit=longest_line)
        loop = asyncio.get_running_loop()
        reading, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), process.stdout
        )
        return cls(process, reader, reading)

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.poll()

    async def wait(self) -> None:
        """Wait until it has ended."""
        await self._ended.wait()

    def close_input(self) -> None:
        """Let it read the end of its input: whoever started it has gone."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def let_go(self) -> None:
        """Close both pipes; it goes on by itself."""
        self.close_input()
        self._reading.close()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()


def _started(
    command: Sequence[str], environment: Mapping[str, str] | None, errors: int
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=None if environment is None else dict(environment),
        bufsize=0,
        start_new_session=True,  # Ctrl+C in a terminal is for the window, which stops it in order
    )
