"""Sends frames to one WebSocket client without waiting for it, and drops it when it does not read."""

import asyncio
import logging

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.frames import CloseCode

from nixforhumanity.assistant.service import AssistantService
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message, message

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
        unsent_bytes: int,
    ) -> None:
        self._websocket = websocket
        self._service = service
        self._tasks = tasks
        self._unsent_bytes = unsent_bytes
        self._ended = False

    def send(self, frame: bytes) -> None:
        """Hand the frame to the kernel or to the buffer, in order; nothing happens once it is closed."""
        if self._ended:
            return
        # For a single connection, the way to write at once and without waiting for the reader.
        broadcast((self._websocket,), frame, text=True)
        if self._websocket.transport.get_write_buffer_size() > self._unsent_bytes:
            log.warning("dropped a client that does not read")
            self.end(message("server-closes-slow-reader"))

    def end(self, reason: Message) -> None:
        """Close with code 1008 and the reason; a client that does not answer is cut off."""
        if not self._ended:
            self._ended = True
            closing = close_websocket(self._websocket, CloseCode.POLICY_VIOLATION, self._service.text(reason))
            self._tasks.start(closing, name="close a WebSocket")


async def close_websocket(websocket: ServerConnection, code: CloseCode, reason: str) -> None:
    """Say goodbye with a code and as much of the reason as fits, and wait for the end (close timeout)."""
    fitting = reason.encode()[:_MOST_REASON_BYTES].decode(errors="ignore")
    await websocket.close(code, fitting)
    await asyncio.shield(websocket.wait_closed())
