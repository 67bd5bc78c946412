"""Notices within a second that the other end does not live, while something is asked of it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Protocol

SILENT_SECONDS = 1.0
LOOK_EVERY_SECONDS = 1.0


class Pinging(Protocol):
    """A connection whose other end answers a ping by itself, however busy its program is."""

    async def ping(self) -> Awaitable[float]:
        """Send one; the value returned is done when its answer has come."""
        ...


class Liveness:
    """Pings while something is outstanding, and tells when the answer is late and when it has come."""

    def __init__(
        self,
        connection: Pinging,
        outstanding: Callable[[], bool],
        silent: Callable[[bool], None],
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        self._connection = connection
        self._outstanding = outstanding
        self._silent = silent
        self._silent_seconds = silent_seconds
        self._task: asyncio.Task[None] | None = None
        self._asked = asyncio.Event()

    def watch(self) -> None:
        """Something was asked: watch until nothing is outstanding any more."""
        self._asked.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._watch(), name="liveness")

    async def stop(self) -> None:
        """Watch no more; nothing is told after this."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        from websockets.exceptions import ConnectionClosed

        with contextlib.suppress(ConnectionClosed):
            while self._outstanding():
                self._asked.clear()
                answer = asyncio.ensure_future(await self._connection.ping())
                done, _ = await asyncio.wait([answer], timeout=self._silent_seconds)
                if not done:
                    self._silent(True)
                    await answer
                    self._silent(False)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._asked.wait(), LOOK_EVERY_SECONDS)
