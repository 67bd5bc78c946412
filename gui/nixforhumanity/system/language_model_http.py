"""Speaks to a language model over HTTP: one exchange, bounded in time and size, that can be broken off.

The standard library does it, in a thread: it follows no redirects, uses no proxy, adds nothing of its own but
host, length and encoding, and checks certificates. Nothing of it is loaded before a model is switched on.
"""

import asyncio
import contextlib
import logging
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nixforhumanity.assistant.language_model.address import ModelAddress, may_connect, may_send_to
from nixforhumanity.assistant.language_model.chat import LARGEST_REPLY_BYTES
from nixforhumanity.core.errors import UserError

if TYPE_CHECKING:
    from http.client import HTTPConnection
    from ssl import SSLContext

log = logging.getLogger(__name__)

_BUSY = frozenset({429, 503})
_KEY_REFUSED = frozenset({401, 403})
_OK = 200
_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True)
class ModelServer:
    """One server of language models, and what may be said to it."""

    address: ModelAddress
    key: str = field(default="", repr=False)
    allowed_in_the_open: str = ""
    """The origin that the person allowed to be used without encryption."""
    longest_seconds: float = 20.0
    tls: "SSLContext | None" = None
    """For tests; else the authorities of this computer are asked."""

    async def get(self, path: str) -> bytes:
        """Return the body of a page. Raises UserError `model-...`."""
        return await self._exchange("GET", path, b"")

    async def post(self, path: str, body: bytes) -> bytes:
        """Send JSON and return the body of the answer. Raises UserError `model-...`."""
        return await self._exchange("POST", path, body)

    async def _exchange(self, method: str, path: str, body: bytes) -> bytes:
        if not may_connect(self.address, self.allowed_in_the_open):
            raise UserError("model-address-not-allowed")
        if not is_sendable_key(self.key):
            raise UserError("model-key-unsendable")
        exchange = _Exchange(self, method, self.address.path + path, body)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[bytes] = loop.create_future()

        def tell(reply: bytes, error: UserError | None) -> None:
            if not answer.done():
                answer.set_result(reply) if error is None else answer.set_exception(error)

        def work() -> None:
            reply, problem = b"", None
            try:
                reply = exchange.run()
            except UserError as error:
                problem = error
            with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(tell, reply, problem)

        # A daemon thread: a name that is looked up for minutes must not keep the program from ending.
        threading.Thread(target=work, name="language model", daemon=True).start()
        try:
            return await asyncio.wait_for(answer, self.longest_seconds)
        except TimeoutError:
            raise UserError("model-too-late", seconds=round(self.longest_seconds)) from None
        finally:
            exchange.break_off()


def is_sendable_key(key: str) -> bool:
    """Tell whether a key can stand in a header: printable ASCII without blanks, or nothing."""
    return key.isascii() and key.isprintable() and " " not in key


class _Exchange:
    """One question and its answer; `run` is called in a thread of its own."""

    def __init__(self, server: ModelServer, method: str, target: str, body: bytes) -> None:
        self._server = server
        self._method = method
        self._target = target
        self._body = body
        self._guard = threading.Lock()
        self._broken_off = False
        self._connection: HTTPConnection | None = None
        self._reached: socket.socket | None = None
        """Kept apart: a connection forgets its socket once it knows that the answer is its last."""

    def break_off(self) -> None:
        """End the connection: whoever waits at it wakes up, and nothing more is sent."""
        with self._guard:
            self._broken_off = True
            reached = self._reached
        if reached is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(reached, socket.SHUT_RDWR)  # of TLS too, without waiting

    def run(self) -> bytes:
        """Return the body of the answer. Raises UserError only."""
        import ssl
        from http.client import HTTPException

        place = self._server.address.place
        try:
            return self._talk()
        except ssl.SSLError as error:
            log.info("language model: %s", type(error).__name__)
            raise UserError("model-not-encrypted-well", host=place) from error
        except HTTPException as error:
            raise UserError("model-answer-unusable") from error
        except TimeoutError as error:  # the socket's own limit is as long, and may be noticed first
            raise UserError("model-too-late", seconds=round(self._server.longest_seconds)) from error
        except (OSError, ValueError) as error:
            log.info("language model: %s", type(error).__name__)
            if self._reached is None:
                raise UserError("model-unreachable", host=place) from error
            raise UserError("model-broke-off") from error
        finally:
            if self._connection is not None:
                self._connection.close()

    def _talk(self) -> bytes:
        connection = self._connected()
        headers = {"Accept": "application/json", "Connection": "close"}
        if self._server.key:
            headers["Authorization"] = f"Bearer {self._server.key}"
        if self._body:
            headers["Content-Type"] = "application/json"
        connection.request(self._method, self._target, self._body or None, headers)
        response = connection.getresponse()
        self._check(response.status)
        reply = response.read(LARGEST_REPLY_BYTES + 1)
        if len(reply) > LARGEST_REPLY_BYTES:
            raise UserError("model-answer-unusable")
        return reply

    def _connected(self) -> "HTTPConnection":
        """Connect, and look at who was reached before anything is said."""
        from http.client import HTTPConnection, HTTPSConnection

        address, seconds = self._server.address, self._server.longest_seconds
        connection: HTTPConnection
        if address.encrypted:
            import ssl

            tls = self._server.tls or ssl.create_default_context()
            connection = HTTPSConnection(address.host, address.port, timeout=seconds, context=tls)
        else:
            connection = HTTPConnection(address.host, address.port, timeout=seconds)
        connection.connect()
        with self._guard:
            self._connection, self._reached = connection, connection.sock
            if self._broken_off:
                raise UserError("model-broke-off")
        if not may_send_to(address, str(connection.sock.getpeername()[0])):
            raise UserError("model-led-elsewhere")
        return connection

    def _check(self, status: int) -> None:
        place = self._server.address.place
        if status in _REDIRECTS:
            raise UserError("model-redirects", host=place)
        if status in _KEY_REFUSED:
            raise UserError("model-key-refused", host=place)
        if status in _BUSY:
            raise UserError("model-busy", host=place)
        if status != _OK:
            raise UserError("model-failed", host=place, status=status)
