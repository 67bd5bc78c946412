"""Sends frames to one WebSocket client without waiting for it, and drops it when it does not read."""

import asyncio
import logging

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.frames import CloseCode

from nixforhumanity.assistant.service import AssistantService
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message, message
from nixforhumanity.server.limits import Limits

log = logging.getLogger(__name__)
_MOST_REASON_BYTES = 123
"""What fits into a close frame beside the code."""


class WebSocketOutlet:
    """The way out to one client; what it has not read waits in memory, up to a limit."""

    def __init__(
        self,
        websocket: ServerConnection,
        service: AssistantService,
        tasks: BackgroundTasks,
        limits: Limits,
    ) -> None:
        self._websocket = websocket
        self._service = service
        self._tasks = tasks
        self._limits = limits
        self._ended = False

    @property
    def unsent(self) -> int:
        """Bytes that wait here for the client to read; none once it is closed."""
        return 0 if self._ended else self._websocket.transport.get_write_buffer_size()

    def send(self, frame: bytes) -> None:
        """Hand the frame to the kernel or to the buffer, in order; nothing happens once it is closed."""
        if self._ended:
            return
        # For a single connection, the way to write at once and without waiting for the reader.
        broadcast((self._websocket,), frame.decode())
        if self._websocket.transport.get_write_buffer_size() > self._limits.unsent_bytes:
            log.warning("dropped a client that does not read")
            self.end(message("server-closes-slow-reader"))

    def end(self, reason: Message) -> None:
        """Close with code 1008 and the reason; a client that does not answer is cut off."""
        if not self._ended:
            self._ended = True
            closing = close_websocket(
                self._websocket,
                CloseCode.POLICY_VIOLATION,
                self._service.text(reason),
                self._limits.close_seconds,
            )
            self._tasks.start(closing, name="close a WebSocket")


async def close_websocket(
    websocket: ServerConnection, code: CloseCode, reason: str, limit_seconds: float
) -> None:
    """Say goodbye with a code and as much of the reason as fits; cut off who does not answer in time."""
    fitting = reason.encode()[:_MOST_REASON_BYTES].decode(errors="ignore")
    try:
        # The library's own limit begins only when the goodbye could be written: never, with a full buffer.
        async with asyncio.timeout(limit_seconds):
            await websocket.close(code, fitting)
            await websocket.wait_closed()
    except TimeoutError:
        log.info("a client did not answer the goodbye")
    finally:
        websocket.transport.abort()
