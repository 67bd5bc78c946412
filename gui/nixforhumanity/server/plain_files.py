"""Standard input and output that are files: event loops cannot wait for those, and need not."""

import asyncio
import logging
import select
from typing import BinaryIO

from nixforhumanity.core.text import Message

log = logging.getLogger(__name__)


def can_be_waited_for(stream: BinaryIO) -> bool:
    """Tell pipes, sockets and terminals from files and the empty device."""
    with select.epoll() as poll:
        try:
            poll.register(stream.fileno())
        except PermissionError:
            return False
    return True


class FileReader:
    """Reads a file as a stream is read, letting others work between two chunks."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    async def read(self, size: int) -> bytes:
        """Return the next bytes; none at the end of the file."""
        await asyncio.sleep(0)
        return self._file.read(size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class FileOutlet:
    """Writes frames into a file. See Outlet: nothing waits, and a full disk ends it quietly."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the file cannot be written to any more."""

    @property
    def unsent(self) -> int:
        """Bytes that wait: a file takes everything at once."""
        return 0

    def send(self, frame: bytes) -> None:
        """Write one line; nothing happens after a failure."""
        if self.lost.done():
            return
        rest = memoryview(frame + b"\n")
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            log.warning("the output file cannot be written: %s", error)
            self.lost.set_result(None)

    def end(self, reason: Message) -> None:
        """Stop writing; the reason goes to the log."""
        log.warning("ended: %s", reason.id)
        if not self.lost.done():
            self.lost.set_result(None)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    async def wait_lost(self, timeout_seconds: float) -> None:
        """Wait for nothing: what was written is written."""
