"""A small language model server of our own: answers as a test wants, and keeps every byte that it got."""

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answering = Callable[[socket.socket, "ModelServerOfTests"], None]
PATIENCE_SECONDS = 10.0


def reply(content: str, status: str = "200 OK", *headers: str) -> bytes:
    """Return a whole HTTP answer."""
    body = content.encode("utf-8", "surrogateescape")
    head = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def chat(content: str) -> bytes:
    """Return the answer of a chat whose model wrote this."""
    return reply(json.dumps({"id": "x", "choices": [{"index": 0, "message": {"content": content}}]}))


def models(*names: str) -> bytes:
    """Return the list of models."""
    return reply(json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}))


@dataclass(eq=False)
class ModelServerOfTests:
    """One listener of 127.0.0.1. `answers` are given one a connection; the last one is given again."""

    answers: list[bytes | Answering] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    """What came over each connection, byte for byte; empty when a peer connected and said nothing."""
    connected: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    """Is set when a peer went away while it was being answered."""
    waiting: threading.Event = field(default_factory=threading.Event)
    """Is set when a whole request has come."""
    port: int = 0
    tls: ssl.SSLContext | None = None

    @property
    def address(self) -> str:
        """What a person enters."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def bodies(self) -> list[dict[str, object]]:
        """The JSON of each request that had a body."""
        found = (one.partition(b"\r\n\r\n")[2] for one in self.received)
        return [json.loads(one) for one in found if one]

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connected += 1
            threading.Thread(target=self._talk, args=(connection, self.connected), daemon=True).start()

    def _talk(self, connection: socket.socket, number: int) -> None:
        answer = self.answers[min(number, len(self.answers)) - 1]
        connection.settimeout(PATIENCE_SECONDS)
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            self.received.append(_whole_request(connection))
            self.waiting.set()
            if callable(answer):
                answer(connection, self)
            else:
                connection.sendall(answer)
        except OSError:
            self.ended.set()
        finally:
            connection.close()


def _whole_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def hang(connection: socket.socket, server: ModelServerOfTests) -> None:
    """Say nothing until the other goes away."""
    if connection.recv(1) == b"":
        server.ended.set()


def drip(connection: socket.socket, server: ModelServerOfTests) -> None:
    """Send a byte now and then, without an end: no single wait is long."""
    _drip(connection, server, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")


def drip_on_a_last_answer(connection: socket.socket, server: ModelServerOfTests) -> None:
    """The same, where the answer says that the connection ends with it."""
    _drip(connection, server, b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")


def break_off(connection: socket.socket, server: ModelServerOfTests) -> None:
    """Reset the connection in the middle of an answer."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _drip(connection: socket.socket, server: ModelServerOfTests, head: bytes) -> None:
    connection.sendall(head)
    connection.settimeout(0.05)
    while True:
        try:
            if connection.recv(1) == b"":
                break
        except TimeoutError:
            connection.sendall(b" ")
    server.ended.set()


@contextmanager
def model_server(
    *answers: bytes | Answering, tls: ssl.SSLContext | None = None
) -> Iterator[ModelServerOfTests]:
    """Serve until the block ends."""
    server = ModelServerOfTests(list(answers), tls=tls)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=server._serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE_SECONDS)
