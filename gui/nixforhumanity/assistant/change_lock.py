"""One change at a time, over all windows, terminals and servers of a person."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from nixforhumanity.core.folders import make_private_folder

_POLL_SECONDS = 0.1


class ChangeLock:
    """A lock among tasks of this process, and among processes by a locked file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tasks = asyncio.Lock()

    @asynccontextmanager
    async def held(self, when_waiting: Callable[[], None]) -> AsyncIterator[None]:
        """Hold the lock; `when_waiting` is called once when another change has it."""
        told = self._tasks.locked()
        if told:
            when_waiting()
        async with self._tasks:
            make_private_folder(self._path.parent)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                while not _try_lock(descriptor):
                    if not told:
                        told = True
                        when_waiting()
                    await asyncio.sleep(_POLL_SECONDS)
                yield
            finally:
                os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
