"""One live connection: frames go out in order, answers go to who asked, the rest is handed on."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from nixforhumanity.client.failures import LinkLostError, RequestFailedError
from nixforhumanity.client.liveness import Liveness
from nixforhumanity.protocol.peer import (
    ErrorReceived,
    Event,
    NotificationReceived,
    Peer,
    ProtocolViolation,
    RequestId,
    RequestReceived,
    ResponseReceived,
)

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

log = logging.getLogger(__name__)


class LinkListener(Protocol):
    """Is handed what the server sends by itself. Neither call may block or raise."""

    def notified(self, method: str, params: Any) -> None:
        """The server tells something."""
        ...

    def silent(self, is_silent: bool) -> None:
        """The server does not even answer a ping, while something is asked of it; or it does again."""
        ...

    def asked(self, link: "Link", request_id: RequestId, method: str, params: Any) -> None:
        """The server asks something: answer with `link.answer` or `link.refuse`."""
        ...


class Link:
    """Ends when the connection does; all that was asked then fails with LinkLostError."""

    def __init__(self, websocket: "ClientConnection", listener: LinkListener) -> None:
        self._websocket = websocket
        self._listener = listener
        self._peer = Peer.for_client()
        self._answers: dict[RequestId, asyncio.Future[Any]] = {}
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()
        self._open = True
        self._liveness = Liveness(websocket, lambda: bool(self._answers), listener.silent)

    @property
    def is_open(self) -> bool:
        """Whether what is sent may still arrive."""
        return self._open

    async def run(self) -> None:
        """Send and receive until the connection ends, for whatever reason."""
        from websockets.exceptions import ConnectionClosed

        sender = asyncio.create_task(self._send(), name="link sender")
        try:
            while True:
                frame: bytes = await self._websocket.recv(decode=False)
                for event in self._peer.receive(frame):
                    self._take(event)
        except ConnectionClosed as closed:
            log.info("connection closed: %s", closed)
        finally:
            self._open = False
            sender.cancel()
            await self._liveness.stop()
            await asyncio.gather(sender, return_exceptions=True)
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(LinkLostError())
                    answer.exception()  # looked at: nobody needs to wait for it
            self._answers.clear()

    async def close(self) -> None:
        """End the connection; waits a second at most for the server to agree."""
        await self._websocket.close()

    def begin(self, method: str, params: msgspec.Struct) -> asyncio.Future[Any]:
        """Send a request now and return its answer to come.

        The future gives the method's result, LinkLostError or RequestFailedError.
        """
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if not self._open:
            answer.set_exception(LinkLostError())
            return answer
        request_id, frame = self._peer.request(method, params)
        self._answers[request_id] = answer
        self._frames.put_nowait(frame)
        self._liveness.watch()
        return answer

    def tell(self, method: str, params: msgspec.Struct) -> None:
        """Send a notification; it is lost when the connection is."""
        self._frames.put_nowait(self._peer.notify(method, params))

    def answer(self, request_id: RequestId, result: msgspec.Struct) -> None:
        """Answer a request of the server; KeyError when it was answered before."""
        self._frames.put_nowait(self._peer.respond(request_id, result))

    def refuse(self, request_id: RequestId, code: int, reason: str) -> None:
        """Answer a request of the server with an error; KeyError when it was answered before."""
        self._frames.put_nowait(self._peer.fail(request_id, code, reason))

    async def _send(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                frame = await self._frames.get()
                await self._websocket.send(frame.decode())
        except ConnectionClosed:
            return  # the receiving side notices as well, and tells

    def _take(self, event: Event) -> None:
        match event:
            case NotificationReceived(method=method, params=params):
                self._listener.notified(method, params)
            case RequestReceived(id=request_id, method=method, params=params):
                self._listener.asked(self, request_id, method, params)
            case ResponseReceived(id=request_id, result=result):
                self._settle(request_id, result, None)
            case ErrorReceived(id=None, error=error):
                log.warning("the server could not read a frame of ours: %s", error.message)
            case ErrorReceived(id=request_id, method=method, error=error) if request_id is not None:
                self._settle(request_id, None, RequestFailedError(method, error))
            case ProtocolViolation(reason=reason, reply=reply):
                log.info("a frame was ignored: %s", reason)
                if reply is not None:
                    self._frames.put_nowait(reply)

    def _settle(self, request_id: RequestId, result: Any, error: RequestFailedError | None) -> None:
        answer = self._answers.pop(request_id, None)
        if answer is None or answer.done():
            return
        if error is None:
            answer.set_result(result)
        else:
            answer.set_exception(error)
