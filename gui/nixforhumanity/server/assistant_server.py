"""The assistant's server: the WebSocket at /acp, and its health and proof over plain HTTP, on one port."""

import asyncio
import ipaddress
import logging
import os
import socket
import ssl
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.http11 import Request, Response

from nixforhumanity.assistant.service import AssistantService
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import message
from nixforhumanity.protocol.proof import PROOF_PATH
from nixforhumanity.server.acp_connection import AcpConnection
from nixforhumanity.server.admission import Admission, Refusal
from nixforhumanity.server.doorway import Doorway
from nixforhumanity.server.http_pages import HEALTH_PATHS, health, health_page, proof_page, text_page
from nixforhumanity.server.limits import Limits
from nixforhumanity.server.listeners import bind_loopback
from nixforhumanity.server.peer_uid import peer_uid
from nixforhumanity.server.websocket_outlet import WebSocketOutlet, close_websocket

log = logging.getLogger(__name__)
ACP_PATH = "/acp"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the server is reached, and by whom."""

    admission: Admission
    version: str
    limits: Limits = field(default_factory=Limits)
    user_id: int = field(default_factory=os.getuid)
    """Only processes of this user may connect to a local listener."""
    tls: ssl.SSLContext | None = None
    """Wanted for a listener that other computers reach."""
    behind_proxy: bool = False
    """Allows such a listener without TLS, in a container for example."""


class AssistantServer:
    """Serves one assistant to up to `limits.connections` clients."""

    def __init__(self, service: AssistantService, settings: ServerSettings) -> None:
        self._service = service
        self._settings = settings
        self._limits = settings.limits
        self._tasks = BackgroundTasks()
        self._doorway = Doorway(self._limits.connections, self._limits.waiting_connections)
        self._server: Server | None = None
        self._port: int | None = None
        self._local = True
        self._started_at = 0.0

    @property
    def port(self) -> int | None:
        """The port that is served; None before the start and for a Unix socket."""
        return self._port

    @property
    def clients(self) -> int:
        """How many clients are connected."""
        return self._doorway.inside

    @property
    def waiting(self) -> int:
        """How many connections have not finished their HTTP request."""
        return self._doorway.waiting

    async def start(self, listener: socket.socket | int) -> None:
        """Serve a socket that listens already (it is closed at the stop), or a port of 127.0.0.1.

        Raises UserError `port-taken` or `port-not-permitted` as `bind_loopback` does, and
        `listener-not-local` for a socket that other computers reach without TLS.
        """
        bound = bind_loopback(listener) if isinstance(listener, int) else listener
        on_unix = bound.family == socket.AF_UNIX
        self._port = None if on_unix else int(bound.getsockname()[1])
        self._local = on_unix or ipaddress.ip_address(bound.getsockname()[0]).is_loopback
        if not (self._local or self._settings.tls or self._settings.behind_proxy):
            raise UserError("listener-not-local", address=bound.getsockname()[0])
        self._started_at = time.monotonic()
        listening: dict[str, Any] = {"unix": True} if on_unix else {}
        self._server = await serve(
            self._serve,
            sock=bound,
            process_request=self._admit,
            compression=None,
            server_header=None,
            open_timeout=self._limits.authentication_seconds,
            close_timeout=self._limits.close_seconds,
            max_size=self._limits.frame_bytes,
            create_connection=cast("type[ServerConnection]", self._doorway.connection),
            ssl=self._settings.tls,
            logger=log.getChild("websockets"),
            **listening,
        )
        log.info("serving on port %s", self._port)

    async def stop(self, grace_seconds: float) -> None:
        """Accept nobody any more, let the assistant finish, then say goodbye to the clients."""
        server = self._server
        if server is None:
            return
        self._server = None
        server.close(close_connections=False)
        await self._service.stop(grace_seconds)
        reason = self._service.text(message("server-closes-stopping"))
        goodbyes = [
            close_websocket(one, CloseCode.GOING_AWAY, reason, self._limits.close_seconds)
            for one in server.connections
        ]
        await asyncio.gather(*goodbyes, return_exceptions=True)
        self._doorway.close()
        await server.wait_closed()
        await self._tasks.stop()
        log.info("stopped serving on port %s", self._port)

    # --- before the upgrade ---------------------------------------------------------------------------

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Return the page to answer with, or None to go on to the WebSocket."""
        refusal = self._settings.admission.refuse_source(request.headers, self._port)
        if refusal is not None:
            return self._refuse(refusal)
        path, _, query = request.path.partition("?")
        if getattr(request, "method", "GET") != "GET":
            return self._refuse(Refusal(HTTPStatus.NOT_FOUND, message("server-refuses-path")))
        if path in HEALTH_PATHS:
            uptime = time.monotonic() - self._started_at
            return health_page(path, health(self._settings.version, uptime, self._service.checks()))
        if path == PROOF_PATH and self._port is not None:
            proof = proof_page(query, self._settings.admission.token, self._port)
            return proof or self._refuse(Refusal(HTTPStatus.BAD_REQUEST, message("server-refuses-nonce")))
        refusal = self._settings.admission.refuse_token(request.headers) or self._refuse_user(connection)
        if refusal is None and path != ACP_PATH:
            refusal = Refusal(HTTPStatus.NOT_FOUND, message("server-refuses-path"))
        if refusal is None and not self._doorway.admit(connection):
            refusal = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, message("server-refuses-count"))
        return self._refuse(refusal) if refusal else None

    def _refuse_user(self, connection: ServerConnection) -> Refusal | None:
        if not self._local:
            return None
        if peer_uid(connection.transport.get_extra_info("socket")) == self._settings.user_id:
            return None
        return Refusal(HTTPStatus.FORBIDDEN, message("server-refuses-user"))

    def _refuse(self, refusal: Refusal) -> Response:
        log.info("refused: %d %s", refusal.status, refusal.reason.id)
        return text_page(refusal.status, self._service.text(refusal.reason))

    # --- after the upgrade ----------------------------------------------------------------------------

    async def _serve(self, websocket: ServerConnection) -> None:
        outlet = WebSocketOutlet(websocket, self._service, self._tasks, self._limits)
        connection = AcpConnection(
            self._service, outlet, self._tasks, version=self._settings.version, limits=self._limits
        )
        log.info("a client has connected")
        try:
            while True:
                connection.receive(await websocket.recv(decode=False))
        except ConnectionClosed as closed:
            log.info("a client has left: %s", closed.rcvd.code if closed.rcvd else "without a goodbye")
        finally:
            await connection.close()
