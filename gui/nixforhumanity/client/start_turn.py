"""One window at a time looks for a server and starts one: two that do so at once are in each other's way.

Both would want the port, or each would have a server of its own that knows nothing of the other's plans.
"""

import asyncio
import fcntl
import logging
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from nixforhumanity.core.folders import make_private_folder

log = logging.getLogger(__name__)

FILE_NAME = "server-start.lock"
PATIENCE_SECONDS = 35.0
"""A little longer than a start may take: whoever has the turn for longer does not answer any more."""
_POLL_SECONDS = 0.05


@asynccontextmanager
async def turn_to_start(folder: Path, patience_seconds: float = PATIENCE_SECONDS) -> AsyncIterator[None]:
    """Wait for the turn and have it; without it all the same when it does not come, or cannot be told."""
    descriptor = _opened(folder)
    if descriptor is None:
        yield
        return
    deadline = time.monotonic() + patience_seconds
    try:
        while not _locked(descriptor):
            if time.monotonic() > deadline:
                log.warning("another window has been starting a server for too long; it is not waited for")
                break
            await asyncio.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(descriptor)  # the kernel does the same for a window that is killed


def _opened(folder: Path) -> int | None:
    try:
        make_private_folder(folder)
        return os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        log.warning("other windows cannot be told of the start of a server: %s", error)
        return None


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # a file system without locks
        log.warning("other windows cannot be told of the start of a server: %s", error)
    return True
