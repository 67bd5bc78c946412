"""Only a server that knows the token passes; whatever else listens there fails or is given up in time."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from nixforhumanity.client.server_proof import server_proves
from nixforhumanity.protocol.proof import proof_of_token

TOKEN = "cd" * 32
Answer = Callable[[str, int], bytes]


@asynccontextmanager
async def listening(answer: Answer) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Give the port of a server that answers each request with these bytes, and what it was sent."""
    requests: list[bytes] = []
    port = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        requests.append(request)
        nonce = re.search(rb"nonce=([0-9a-f]+) ", request)
        assert nonce is not None
        writer.write(answer(nonce[1].decode(), port))
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield port, requests
    finally:
        server.close()
        await server.wait_closed()


def good(body: str, headers: str = "") -> bytes:
    """Return a good answer with that body."""
    return f"HTTP/1.1 200 OK\r\n{headers}\r\n{body}".encode()


@pytest.mark.parametrize(
    "answer",
    [
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port)),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port) + "\n", "Content-Length: 65\r\n"),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port), "content-length:64\r\nX: y\r\n"),
    ],
)
async def test_a_server_that_knows_the_token_passes_without_being_told_it(answer: Answer) -> None:
    async with listening(answer) as (port, requests):
        assert await server_proves(TOKEN, port)
        assert await server_proves(TOKEN, port)
    assert TOKEN.encode() not in b"".join(requests)
    assert requests[0] != requests[1]
    assert f"Host: 127.0.0.1:{port}\r\n".encode() in requests[0]


@pytest.mark.parametrize(
    "answer",
    [
        lambda nonce, port: good(proof_of_token("another", nonce, port)),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port + 1)),
        lambda nonce, port: good(proof_of_token(TOKEN, "00" * 16, port)),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port)[:-1]),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port)).replace(b"200", b"403"),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port), "Content-Length: 900\r\n"),
        lambda nonce, port: good(proof_of_token(TOKEN, nonce, port), "Content-Length: 0\r\n"),
        lambda nonce, port: good(""),
        lambda nonce, port: b"",
        lambda nonce, port: b"SSH-2.0-OpenSSH_9.2\r\n",
        lambda nonce, port: b"\r\n\r\n",
        lambda nonce, port: b"\xff" * 100_000,
        lambda nonce, port: good("é" * 64),
    ],
)
async def test_any_other_server_fails(answer: Answer) -> None:
    async with listening(answer) as (port, _):
        try:
            proven = await server_proves(TOKEN, port)
        except ConnectionResetError:
            proven = False
        assert proven is False


async def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asking: Awaitable[bool] = server_proves(TOKEN, silent.getsockname()[1], limit_seconds=0.1)
        with pytest.raises(TimeoutError):
            await asking


async def test_nothing_that_listens_is_an_os_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(OSError):
        await server_proves(TOKEN, port)
