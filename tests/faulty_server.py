"""A small assistant server on a real socket that fails as one asks it to, and a listener that remembers."""

import asyncio
import json
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.client.target import LOCAL, Target, local_target
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.messages import Cancelled, PermissionRequest, Selected
from nixforhumanity.protocol.proof import proof_of_token

TOKEN = "ab" * 32
GARBAGE: tuple[str | bytes, ...] = (
    "",
    "{",
    "null",
    "[]",
    '"text"',
    "[" * 5000,
    '{"jsonrpc":"2.0"}',
    '{"jsonrpc":"1.0","method":"session/update","params":{}}',
    '{"jsonrpc":"2.0","id":1000000000,"result":{}}',
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}',
    '{"jsonrpc":"2.0","id":5,"method":"fs/read_text_file","params":{"path":"/etc/passwd"}}',
    '{"jsonrpc":"2.0","id":6,"method":"session/request_permission","params":{"options":7}}',
    '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":{"sessionUpdate":"dance"}}}',
    '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":4}}',
    '{"jsonrpc":"2.0","method":"$/cancel_request","params":{"requestId":"unknown"}}',
    '{"jsonrpc":"2.0","method":"unknown/news","params":{}}',
    b"\x00\xff\xfe",
)


class Fault(Enum):
    """What happens to one prompt that arrives."""

    LOSE_PROMPT = auto()
    """The connection breaks as if the prompt had never arrived."""
    LOSE_ANSWER = auto()
    """The prompt is carried out, and the connection breaks before the answer."""
    HALF_ANSWER = auto()
    """The connection breaks in the middle of the answer's frame."""
    ANSWER_TWICE = auto()
    SAY_GARBAGE = auto()
    """Frames that mean nothing come before the answer."""
    FALL_SILENT = auto()
    """Nothing is read or answered any more, not even pings."""
    NEVER_ANSWER = auto()


class FaultyServer:
    """Carries a prompt out by adding it to `carried_out`, once for each id, however often it arrives."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.port = 0
        self.tls: ssl.SSLContext | None = None
        self.faults: deque[Fault] = deque()
        self.carried_out: list[tuple[str, str]] = []
        self.arrivals: list[str] = []
        self.received: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[Any, dict[str, Any]] = {}
        self.refuse_with: int | None = None
        self.prove_wrongly = False
        self.authorizations: list[str | None] = []
        self.connections: set[ServerConnection] = set()
        self.connection_count = 0
        self.errors: dict[str, dict[str, Any]] = {}
        self._server: Server | None = None
        self._ids: set[str] = set()
        self._turns: dict[str, list[str]] = {}

    async def __aenter__(self) -> "FaultyServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the port of before if there was one."""
        if self._server is not None:
            return
        self._server = await serve(
            self._handle,
            "127.0.0.1",
            self.port,
            process_request=self._process_request,
            compression=None,
            ping_interval=None,
            close_timeout=0.2,
            ssl=self.tls,
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        """Break all connections and stop listening."""
        if self._server is not None:
            self.break_all()
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def break_all(self) -> None:
        """Break every connection without a word."""
        for connection in tuple(self.connections):
            connection.transport.abort()

    def texts(self) -> list[str]:
        """Return the words that were carried out, in order."""
        return [text for _, text in self.carried_out]

    def methods(self) -> list[str]:
        """Return the methods that arrived, in order."""
        return [method for method, _ in self.received]

    async def say(self, frame: dict[str, Any] | str | bytes) -> None:
        """Send a frame to every client."""
        for connection in tuple(self.connections):
            await connection.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    def _process_request(self, connection: ServerConnection, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        if parts.path == "/proof":
            nonce = parse_qs(parts.query)["nonce"][0]
            token = "wrong" if self.prove_wrongly else self.token
            return connection.respond(HTTPStatus.OK, proof_of_token(token, nonce, self.port) + "\n")
        authorization = request.headers.get("Authorization")
        self.authorizations.append(authorization)
        if self.refuse_with is not None:
            response = connection.respond(HTTPStatus(self.refuse_with), "no\n")
            response.headers["Location"] = f"ws://127.0.0.1:{self.port}/elsewhere"
            return response
        if authorization != f"Bearer {self.token}":
            return connection.respond(HTTPStatus.UNAUTHORIZED, "no\n")
        return None

    async def _handle(self, connection: ServerConnection) -> None:
        self.connections.add(connection)
        self.connection_count += 1
        try:
            async for frame in connection:
                await self._take(connection, json.loads(frame))
        except ConnectionClosed:
            return
        finally:
            self.connections.discard(connection)

    async def _take(self, connection: ServerConnection, frame: dict[str, Any]) -> None:
        method = frame.get("method")
        if method is None:
            self.answers[frame.get("id")] = frame
            return
        params = frame["params"]
        self.received.append((method, params))
        if method == "session/prompt":
            await self._prompt(connection, frame["id"], params)
        elif "id" in frame:
            if method in self.errors:
                await self._send(connection, {"id": frame["id"], "error": self.errors[method]})
                return
            if method == "session/load":
                await self._replay(connection, params["sessionId"])
            await self._send(connection, {"id": frame["id"], "result": self._result(method, params)})

    def _result(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "initialize":
                return {
                    "protocolVersion": 1,
                    "agentCapabilities": {"loadSession": True, "sessionCapabilities": {"resume": {}}},
                }
            case "session/new":
                session_id = f"session-{len(self._turns) + 1}"
                self._turns[session_id] = []
                return {"sessionId": session_id}
            case "session/list":
                return {"sessions": [{"sessionId": one, "cwd": "/"} for one in self._turns]}
            case _:
                return {}

    async def _replay(self, connection: ServerConnection, session_id: str) -> None:
        for text in self._turns.get(session_id, []):
            await self._update(connection, session_id, "user_message_chunk", text)

    async def _update(self, connection: ServerConnection, session_id: str, kind: str, text: str) -> None:
        update = {"sessionUpdate": kind, "content": {"type": "text", "text": text}}
        params = {"sessionId": session_id, "update": update}
        await self._send(connection, {"method": "session/update", "params": params})

    async def _send(self, connection: ServerConnection, frame: dict[str, Any]) -> None:
        await connection.send(json.dumps({"jsonrpc": "2.0", **frame}))

    async def _prompt(self, connection: ServerConnection, request_id: int, params: dict[str, Any]) -> None:
        fault = self.faults.popleft() if self.faults else None
        prompt_id, text = params["_meta"]["nixforhumanity/promptId"], params["prompt"][0]["text"]
        if fault is Fault.LOSE_PROMPT:
            connection.transport.abort()
            return
        self.arrivals.append(prompt_id)
        if prompt_id not in self._ids:
            self._ids.add(prompt_id)
            self.carried_out.append((prompt_id, text))
            self._turns.setdefault(params["sessionId"], []).append(text)
        answer = {"id": request_id, "result": {"stopReason": "end_turn"}}
        if "session/prompt" in self.errors:
            answer = {"id": request_id, "error": self.errors["session/prompt"]}
        match fault:
            case Fault.LOSE_ANSWER:
                connection.transport.abort()
                return
            case Fault.HALF_ANSWER:
                connection.transport.write(b"\x81\x7e\x01\x00" + b'{"jsonrpc":"2.0","id":')
                connection.transport.close()
                return
            case Fault.FALL_SILENT:
                connection.transport.pause_reading()
                return
            case Fault.NEVER_ANSWER:
                return
            case Fault.SAY_GARBAGE:
                for garbage in GARBAGE:
                    await connection.send(garbage)
            case Fault.ANSWER_TWICE:
                await self._send(connection, answer)
        await self._update(connection, params["sessionId"], "agent_message_chunk", f"heard: {text}")
        await self._send(connection, answer)


class FixedConnector:
    """Implements the client's Connector for one server of a test."""

    def __init__(self, port: int, token: str = TOKEN) -> None:
        self.place = ServerPlace.RUNNING
        self.address = f"127.0.0.1:{port}"
        self.home = LOCAL
        self.token = token
        self.stopped = 0
        self.missed = 0

    async def target(self) -> Target:
        target = local_target(self.place, int(self.address.rpartition(":")[2]), self.token)
        return replace(target, home=self.home)

    async def not_answering(self, target: Target) -> None:
        self.missed += 1

    @property
    def can_restart(self) -> bool:
        return False

    async def end_server(self, *, patient: bool) -> None:
        raise AssertionError("it was not started here")

    def answering(self, target: Target) -> None:
        self.missed = 0

    def forgive(self) -> None:
        self.missed = 0

    async def stop(self) -> None:
        self.stopped += 1


class RememberingListener:
    """Implements ClientListener; keeps everything in order."""

    def __init__(self) -> None:
        self.states: list[ConnectionState] = []
        self.news: list[tuple[str, str, Any]] = []
        self.ended: dict[str, str | Message] = {}
        self.end_count = 0
        self.questions: list[PermissionRequest] = []
        self.withdrawn: list[PermissionRequest] = []
        self.choice: asyncio.Future[Selected | Cancelled] | None = None

    def connection_changed(self, state: ConnectionState) -> None:
        self.states.append(state)

    def session_updated(self, session_id: str, update: Any) -> None:
        self.news.append(("updated", session_id, update))

    def session_reset(self, session_id: str) -> None:
        self.news.append(("reset", session_id, None))

    def prompt_ended(self, session_id: str, prompt_id: str, reason: str | Message) -> None:
        self.end_count += 1
        self.ended[prompt_id] = reason

    async def permission_requested(self, request: PermissionRequest) -> Selected | Cancelled:
        self.questions.append(request)
        self.choice = asyncio.get_running_loop().create_future()
        try:
            return await self.choice
        except asyncio.CancelledError:
            self.withdrawn.append(request)
            raise

    def phases(self) -> list[ConnectionPhase]:
        """Return the phases in order."""
        return [state.phase for state in self.states]

    def texts(self) -> list[str]:
        """Return the texts of all message chunks, a reset shown as `(reset)`."""
        return [
            "(reset)" if kind == "reset" else update.content.text
            for kind, _, update in self.news
            if kind == "reset" or hasattr(update, "content")
        ]


async def until(condition: Callable[[], object], what: str, timeout_seconds: float = 10.0) -> None:
    """Let the loop run until the condition is true."""
    deadline = asyncio.get_running_loop().time() + timeout_seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, (
            f"waited {timeout_seconds} s in vain until {what}"
        )
        await asyncio.sleep(0.005)
