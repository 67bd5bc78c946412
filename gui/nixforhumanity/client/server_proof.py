"""Asks a server on this computer to prove that it knows the token, before the token is sent to it."""

import asyncio
import secrets

from nixforhumanity.protocol.proof import PROOF_PATH, proves_token

LOOPBACK = "127.0.0.1"
LIMIT_SECONDS = 3.0
MOST_BYTES = 4096
NONCE_BYTES = 16


async def server_proves(token: str, port: int, *, limit_seconds: float = LIMIT_SECONDS) -> bool:
    """Tell whether the server at 127.0.0.1:port knows the token.

    Raises OSError when nothing listens there or nothing is answered in time (TimeoutError is one).
    """
    nonce = secrets.token_hex(NONCE_BYTES)
    async with asyncio.timeout(limit_seconds):
        reader, writer = await asyncio.open_connection(LOOPBACK, port, limit=MOST_BYTES)
        try:
            writer.write(
                f"GET {PROOF_PATH}?nonce={nonce} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            await writer.drain()
            answer = await _body_of_good_answer(reader)
        finally:
            writer.close()
    return answer is not None and proves_token(answer, token, nonce, port)


async def _body_of_good_answer(reader: asyncio.StreamReader) -> str | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    lines = head.decode("latin-1").split("\r\n")
    if lines[0].split(" ")[1:2] != ["200"]:
        return None
    length = _content_length(lines[1:])
    try:
        body = await reader.read(MOST_BYTES) if length is None else await reader.readexactly(length)
    except asyncio.IncompleteReadError:
        return None
    return body.decode("latin-1")


def _content_length(headers: list[str]) -> int | None:
    for header in headers:
        name, _, value = header.partition(":")
        digits = value.strip()
        if name.strip().lower() == "content-length" and digits.isascii() and digits.isdigit():
            return min(int(digits[:6]), MOST_BYTES)
    return None
