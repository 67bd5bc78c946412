"""The same conversation over standard input and output, one message a line: for editors that start us."""

import asyncio
import logging
import os
from typing import BinaryIO, Protocol

from nixforhumanity.assistant.service import AssistantService
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.peer import frame_too_large
from nixforhumanity.server.acp_connection import AcpConnection
from nixforhumanity.server.limits import Limits
from nixforhumanity.server.line_frames import LineFrames, LineTooLong
from nixforhumanity.server.plain_files import FileOutlet, FileReader, can_be_waited_for

log = logging.getLogger(__name__)
_CHUNK = 1 << 16
_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def claim_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams of the conversation, and point the usual ones elsewhere.

    From now on everything else in this process that prints, programs it starts included, prints to standard
    error, and reads nothing.
    """
    incoming = os.fdopen(os.dup(_INPUT), "rb", buffering=0)
    outgoing = os.fdopen(os.dup(_OUTPUT), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, _INPUT)
    os.close(nothing)
    os.dup2(_ERRORS, _OUTPUT)
    return incoming, outgoing


async def serve_lines(
    service: AssistantService,
    incoming: BinaryIO,
    outgoing: BinaryIO,
    *,
    version: str,
    grace_seconds: float,
    limits: Limits,
) -> None:
    """Serve one client over two pipes until it closes its end or stops reading; both are closed then.

    Either may be a file as well: then every request in it is answered before the end.
    The assistant is stopped at the end, with that much time for a step that runs.
    """
    loop = asyncio.get_running_loop()
    tasks = BackgroundTasks()
    reader: _Reader
    reading: _Closable
    outlet: _PipeOutlet | FileOutlet
    writing: _Closable
    if can_be_waited_for(incoming):
        reader = stream = asyncio.StreamReader(limit=_CHUNK)
        reading, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), incoming)
    else:
        reader = reading = FileReader(incoming)
    if can_be_waited_for(outgoing):
        outlet = pipe = _PipeOutlet(limits.unsent_bytes)
        writing, _ = await loop.connect_write_pipe(lambda: pipe, outgoing)
    else:
        outlet = writing = FileOutlet(outgoing)
    connection = AcpConnection(service, outlet, tasks, version=version, limits=limits)
    input_ended = tasks.start(
        _read(reader, connection, outlet, limits.frame_bytes), name="read standard input"
    )
    try:
        await asyncio.wait([input_ended, outlet.lost], return_when=asyncio.FIRST_COMPLETED)
        if isinstance(reader, FileReader):
            await connection.answered(grace_seconds)
    finally:
        await connection.close()
        await service.stop(grace_seconds)
        await tasks.stop()
        reading.close()
        writing.close()
        await outlet.wait_lost(limits.close_seconds)


class _Reader(Protocol):
    async def read(self, size: int, /) -> bytes: ...


class _Closable(Protocol):
    def close(self) -> None: ...


async def _read(
    reader: _Reader, connection: AcpConnection, outlet: "_PipeOutlet | FileOutlet", longest: int
) -> None:
    lines = LineFrames(longest)
    while data := await reader.read(_CHUNK):
        for line in lines.feed(data):
            if isinstance(line, LineTooLong):
                outlet.send(frame_too_large(longest))
            else:
                connection.receive(line)


class _PipeOutlet(asyncio.BaseProtocol):
    def __init__(self, unsent_bytes: int) -> None:
        self._unsent_bytes = unsent_bytes
        self._transport: asyncio.WriteTransport | None = None
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the other side cannot be written to any more."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        """Note that the reader is gone."""
        self._transport = None
        if not self.lost.done():
            self.lost.set_result(None)

    @property
    def unsent(self) -> int:
        """Bytes that wait here for the reader; none once it is gone."""
        if self._transport is None or self.lost.done():
            return 0
        return self._transport.get_write_buffer_size()

    def send(self, frame: bytes) -> None:
        """Write one line; nothing happens once the reader is gone."""
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.write(frame + b"\n")
        if self._transport.get_write_buffer_size() > self._unsent_bytes:
            log.warning("the client does not read: ended")
            self._transport.abort()

    def end(self, reason: Message) -> None:
        """Hang up; a pipe has no room for the reason, so it goes to the log."""
        log.warning("ended: %s", reason.id)
        if self._transport is not None:
            self._transport.abort()

    async def wait_lost(self, timeout_seconds: float) -> None:
        """Wait until what was written has gone out, or cut it off after the time."""
        done, _ = await asyncio.wait([self.lost], timeout=timeout_seconds)
        if not done and self._transport is not None:
            self._transport.abort()
            await self.lost
