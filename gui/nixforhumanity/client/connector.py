"""Chooses the server as the settings say: embedded, one that runs on this computer, or a remote one."""

from collections.abc import Mapping
from typing import Protocol

from nixforhumanity.client.embedded import EmbeddedServer, server_command
from nixforhumanity.client.failures import UnreachableError
from nixforhumanity.client.interface import ServerPlace
from nixforhumanity.client.server_log import FILE_NAME as LOG_NAME
from nixforhumanity.client.server_log import ServerLog
from nixforhumanity.client.server_proof import LOOPBACK, server_proves
from nixforhumanity.client.start_turn import turn_to_start
from nixforhumanity.client.target import (
    LOCAL,
    RemoteAddress,
    Target,
    local_target,
    remote_address,
    remote_target,
)
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.text import message
from nixforhumanity.protocol.endpoints import WEBSOCKET, Endpoints, endpoints_path, read_endpoints
from nixforhumanity.settings.declarations import REMOTE_URL, SERVER_PLACE, WEBSOCKET_PORT
from nixforhumanity.settings.secrets import SecretStore
from nixforhumanity.settings.store import Settings

TOKEN_VARIABLE = "NIX_FOR_HUMANITY_TOKEN"  # noqa: S105 - the name of a variable


class Connector(Protocol):
    """Finds a server to connect to."""

    @property
    def place(self) -> ServerPlace:
        """Which kind of server is chosen now."""
        ...

    @property
    def address(self) -> str:
        """What to show of it before it was found."""
        ...

    @property
    def home(self) -> str:
        """See `Target.home`."""
        ...

    async def target(self) -> Target:
        """Return the server, started if need be.

        Raises UnreachableError when trying again may help, UserError when the person has to act.
        """
        ...

    async def not_answering(self, target: Target) -> None:
        """Take note that this server could not be reached."""
        ...

    def answering(self, target: Target) -> None:
        """Take note that this server was reached."""
        ...

    def forgive(self) -> None:
        """The person wants another try: forget what went wrong before."""
        ...

    @property
    def can_restart(self) -> bool:
        """Whether the server was started by this connector and runs."""
        ...

    async def end_server(self, *, patient: bool) -> None:
        """End the server that was started, to start it anew; `patient`: it may first end what it does."""
        ...

    async def stop(self) -> None:
        """Leave what was started to itself; it ends when nobody needs it."""
        ...


class SettingsConnector:
    """Reads the settings anew at each try, so a changed one counts from the next connection on."""

    def __init__(
        self,
        settings: Settings,
        secrets: SecretStore,
        embedded: EmbeddedServer,
        runtime: Folders,
        environment: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._secrets = secrets
        self._embedded = embedded
        self._endpoints = endpoints_path(runtime.runtime)
        self._environment = environment

    @classmethod
    def of_this_program(
        cls, settings: Settings, secrets: SecretStore, folders: Folders, environment: Mapping[str, str]
    ) -> "SettingsConnector":
        """Return the connector of the window: the embedded server is this program."""
        server_log = ServerLog(folders.state / LOG_NAME)
        embedded = EmbeddedServer(server_command(), server_log, environment)
        return cls(settings, secrets, embedded, folders, environment)

    @property
    def place(self) -> ServerPlace:
        """Which kind of server is chosen now."""
        return ServerPlace(self._settings.get(SERVER_PLACE))

    @property
    def address(self) -> str:
        """What to show of it before it was found."""
        if self.place is ServerPlace.REMOTE:
            return self._settings.get(REMOTE_URL)
        return f"{LOOPBACK}:{self._settings.get(WEBSOCKET_PORT)}"

    @property
    def home(self) -> str:
        """Whose conversations the chosen server has; the address as entered when it is not usable."""
        if self.place is not ServerPlace.REMOTE:
            return LOCAL
        entered = self._settings.get(REMOTE_URL)
        try:
            return remote_address(entered).url
        except UserError:
            return f"remote {entered}"

    async def target(self) -> Target:
        """Return the server, started if need be."""
        match self.place:
            case ServerPlace.EMBEDDED:
                return await self._embedded_target()
            case ServerPlace.RUNNING:
                return self._running_target()
            case ServerPlace.REMOTE:
                return await self._remote_target(remote_address(self._settings.get(REMOTE_URL)))

    async def not_answering(self, target: Target) -> None:
        """Take note: an embedded server that stays silent is ended, and started anew at the next try."""
        if target.place is ServerPlace.EMBEDDED:
            await self._embedded.not_answering()

    def answering(self, target: Target) -> None:
        """Take note that this server was reached."""
        if target.place is ServerPlace.EMBEDDED:
            self._embedded.answering()

    def forgive(self) -> None:
        """Forget how often the embedded server ended."""
        self._embedded.forgive()

    @property
    def can_restart(self) -> bool:
        """Whether the embedded server of this window runs and is the chosen one."""
        return self.place is ServerPlace.EMBEDDED and self._embedded.is_running

    async def end_server(self, *, patient: bool) -> None:
        """End the embedded server, to start it anew."""
        await self._embedded.end_now(patient=patient)

    async def stop(self) -> None:
        """Leave the embedded server; it ends when nobody needs it."""
        await self._embedded.let_go()

    async def _embedded_target(self) -> Target:
        if self._embedded.is_running:
            child = await self._embedded.ensure_running()
        else:
            async with turn_to_start(self._endpoints.parent):
                if (found := await self._proven_running()) is not None:
                    return found
                child = await self._embedded.ensure_running()  # it can be found once it is ready
        token = self._token(child.port)
        if token is None:
            raise UnreachableError(message("server-not-reachable", address=f"{LOOPBACK}:{child.port}"))
        return local_target(ServerPlace.EMBEDDED, child.port, token)

    async def _proven_running(self) -> Target | None:
        """Return a server that runs already (a service, another window's), if it proves to be ours."""
        port = self._port_of(read_endpoints(self._endpoints))
        token = self._token(port)
        if token is None:
            return None
        try:
            proven = await server_proves(token, port)
        except OSError:
            return None
        return local_target(ServerPlace.RUNNING, port, token) if proven else None

    def _running_target(self) -> Target:
        endpoints = read_endpoints(self._endpoints)
        port = self._port_of(endpoints)
        token = self._token(port)
        if token is None:
            raise UnreachableError(message("no-running-server", address=f"{LOOPBACK}:{port}"))
        return local_target(ServerPlace.RUNNING, port, token)

    async def _remote_target(self, address: RemoteAddress) -> Target:
        token = await self._secrets.get(address.token_name)
        if not token:
            raise UserError("remote-token-missing", address=f"{address.host}:{address.port}")
        if not (token.isascii() and token.isprintable()):
            raise UserError("remote-token-refused", address=f"{address.host}:{address.port}")
        return remote_target(address, token)

    def _port_of(self, endpoints: Endpoints | None) -> int:
        """Return the port a running server tells, else the configured one."""
        if endpoints is not None and WEBSOCKET in endpoints.ports:
            return endpoints.ports[WEBSOCKET]
        return self._settings.get(WEBSOCKET_PORT)

    def _token(self, port: int) -> str | None:
        """Return the token for a server of this computer."""
        endpoints = read_endpoints(self._endpoints)
        if endpoints is not None and endpoints.ports.get(WEBSOCKET) == port:
            return endpoints.token
        return self._environment.get(TOKEN_VARIABLE) or None
