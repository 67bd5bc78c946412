"""A real assistant server on a real socket for tests, and plain ways to talk to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from acp_judge import AcpJudge, Direction
from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from nixforhumanity.server.limits import Limits
from scripted_service import ScriptedService

TOKEN = "c0ffee" * 10
UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)
BEARER = f"Authorization: Bearer {TOKEN}"
LIMIT_SECONDS = 10.0


@dataclass
class Served:
    """A server that runs, and the service behind it."""

    service: ScriptedService
    server: AssistantServer

    @property
    def port(self) -> int:
        assert self.server.port is not None
        return self.server.port

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/acp"

    @property
    def host(self) -> str:
        return f"Host: 127.0.0.1:{self.port}"


@asynccontextmanager
async def served(
    *, limits: Limits | None = None, user_id: int | None = None, origins: frozenset[str] = frozenset()
) -> AsyncIterator[Served]:
    """Serve a scripted assistant on a free port until the end of the block."""
    service = ScriptedService()
    settings = ServerSettings(
        admission=Admission(token=TOKEN, allowed_origins=origins), version="9.8.7", limits=limits or Limits()
    )
    if user_id is not None:
        settings = ServerSettings(admission=settings.admission, version="9.8.7", user_id=user_id)
    server = AssistantServer(service, settings)
    await server.start(0)
    try:
        yield Served(service, server)
    finally:
        async with asyncio.timeout(LIMIT_SECONDS):
            await server.stop(1.0)


@dataclass(frozen=True)
class HttpAnswer:
    """What a server answered: status, header lines and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode().strip()


async def http(port: int, head: Sequence[str], target: str = "/acp", method: str = "GET") -> HttpAnswer:
    """Send a request with just these header lines; after an upgrade the connection is dropped."""
    async with asyncio.timeout(LIMIT_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            lines = [f"{method} {target} HTTP/1.1", *head]
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
            await writer.drain()
            begin = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            pairs = (line.split(":", 1) for line in begin[1:] if line)
            headers = {name.lower(): value.strip() for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            return HttpAnswer(int(begin[0].split()[1]), headers, body)
        finally:
            writer.close()
            await writer.wait_closed()


@dataclass
class RawClient:
    """A WebSocket client that speaks JSON by hand; everything the server sends goes through the judge."""

    websocket: ClientConnection
    judge: AcpJudge = field(default_factory=AcpJudge)
    updates: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_id: int = 0

    async def send(self, **parts: Any) -> None:
        """Send a good message."""
        frame = json.dumps({"jsonrpc": "2.0", **parts})
        self.judge.judge_frame(frame.encode(), Direction.TO_SERVER)
        await self.websocket.send(frame)

    async def receive(self) -> dict[str, Any]:
        """Return the next message of the server."""
        async with asyncio.timeout(LIMIT_SECONDS):
            frame = await self.websocket.recv(decode=False)
        self.judge.judge_frame(frame, Direction.TO_CLIENT)
        return dict(json.loads(frame))

    async def receive_call(self, method: str) -> dict[str, Any]:
        """Return the next message that calls this method; updates on the way are kept."""
        while (message := await self.receive()).get("method") != method:
            self._keep(message)
        return message

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a request and return the whole answer; updates on the way are kept."""
        request_id = await self.begin(method, **params)
        return await self.answer_to(request_id)

    async def begin(self, method: str, **params: Any) -> int:
        """Send a request and return its id."""
        self.last_id += 1
        await self.send(id=self.last_id, method=method, params=params)
        return self.last_id

    async def answer_to(self, request_id: int) -> dict[str, Any]:
        """Return the answer to a request; other answers on the way are kept."""
        while request_id not in self.answers:
            message = await self.receive()
            if "method" in message:
                self._keep(message)
            else:
                self.answers[message["id"]] = message
        return self.answers.pop(request_id)

    async def open_session(self) -> str:
        """Say hello and begin a conversation."""
        await self.ask("initialize", protocolVersion=1)
        answer = await self.ask("session/new", cwd="/", mcpServers=[])
        return str(answer["result"]["sessionId"])

    async def begin_prompt(self, session_id: str, text: str) -> int:
        """Send a prompt and return its id."""
        return await self.begin(
            "session/prompt", sessionId=session_id, prompt=[{"type": "text", "text": text}]
        )

    def said(self) -> str:
        """Return what the assistant has said so far."""
        chunks = [one["params"]["update"] for one in self.updates]
        return "".join(
            one["content"]["text"] for one in chunks if one["sessionUpdate"] == "agent_message_chunk"
        )

    def _keep(self, message: dict[str, Any]) -> None:
        assert message.get("method") == "session/update", message
        self.updates.append(message)


@asynccontextmanager
async def raw_client(to: Served, **options: Any) -> AsyncIterator[RawClient]:
    """Connect with the right token."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with connect(
        to.url, additional_headers=headers, compression=None, proxy=None, **options
    ) as websocket:
        yield RawClient(websocket)


async def eventually(condition: Any, what: str) -> None:
    """Let the loop run until the condition is true."""
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                await asyncio.sleep(0.002)
    except TimeoutError:
        raise AssertionError(f"waited in vain until {what}") from None
