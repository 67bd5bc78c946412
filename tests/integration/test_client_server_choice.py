"""Embedded, running or remote: the client finds the server that the settings name, and says why it cannot."""

import asyncio
import datetime
import ipaddress
import os
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import fake_child
import serving_child
from faulty_server import TOKEN, FaultyServer, RememberingListener, until
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.connector import SettingsConnector
from nixforhumanity.client.embedded import EmbeddedServer
from nixforhumanity.client.interface import ConnectionPhase, ServerPlace
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.client.server_log import ServerLog
from nixforhumanity.client.target import remote_address
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.protocol.endpoints import WEBSOCKET, Endpoints, endpoints_path, write_endpoints
from nixforhumanity.settings.declarations import REMOTE_URL, SERVER_PLACE, WEBSOCKET_PORT
from nixforhumanity.settings.secrets import MemorySecretStore, SecretStore
from nixforhumanity.settings.store import Settings
from processes import is_running

GUI = Path(__file__).parents[2] / "gui"
TESTS = Path(__file__).parents[1]


class Desk:
    """A person's computer: folders, settings, secrets, and the client on it."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port
        self.folders = Folders.below(root)
        self.settings = Settings.in_folders(self.folders, {})
        self.settings.set(WEBSOCKET_PORT, port)
        self.secrets: SecretStore = MemorySecretStore()
        self.listener = RememberingListener()
        self.command = (
            *(sys.executable, serving_child.__file__, str(port)),
            *(str(self.folders.runtime), str(root / "starts")),
        )
        self.environment = {**os.environ, "PYTHONPATH": f"{GUI}:{TESTS}"}
        self.client: AssistantClient | None = None

    async def open(self) -> AssistantClient:
        """Open the client."""
        log = ServerLog(self.folders.state / "server.log")
        embedded = EmbeddedServer(self.command, log, self.environment)
        connector = SettingsConnector(self.settings, self.secrets, embedded, self.folders, self.environment)
        self.client = AssistantClient(connector, Outbox.in_folders(self.folders), self.listener)
        await self.client.start()
        return self.client

    async def reaches(self, phase: ConnectionPhase) -> None:
        """Wait until the connection is in that phase."""
        client = self.client
        assert client is not None
        await until(lambda: client.state.phase is phase, f"it is {phase.value}")

    def problem(self) -> str:
        """Return the id of what the person is told."""
        assert self.client is not None
        assert self.client.state.problem is not None
        return self.client.state.problem.id

    def starts(self) -> list[int]:
        """Return the process numbers of all children that were started."""
        file = self.root / "starts"
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def announce(self, server: FaultyServer, port: int | None = None) -> None:
        """Write the endpoints file of a server that runs on its own."""
        endpoints = Endpoints(pid=1, token=server.token, ports={WEBSOCKET: port or server.port})
        write_endpoints(endpoints_path(self.folders.runtime), endpoints)


@pytest.fixture
def free_port() -> int:
    """Give a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
async def desk(tmp_path: Path, free_port: int) -> AsyncIterator[Desk]:
    """Give a computer on which nothing runs."""
    one = Desk(tmp_path, free_port)
    yield one
    if one.client is not None:
        await one.client.stop()
    assert not any(is_running(number) for number in one.starts())


async def test_the_embedded_server_is_started_used_and_ended_with_the_window(desk: Desk) -> None:
    client = await desk.open()
    session = await client.new_session()
    prompt = client.send_prompt(session, "hello")
    await until(lambda: prompt in desk.listener.ended, "it has ended")
    state = client.state
    assert (state.phase, state.place) == (ConnectionPhase.CONNECTED, ServerPlace.EMBEDDED)
    assert state.address == f"127.0.0.1:{desk.port}"
    assert len(desk.starts()) == 1
    await client.stop()
    assert not is_running(desk.starts()[0])


async def test_an_embedded_server_that_is_killed_is_back_and_no_words_are_lost(desk: Desk) -> None:
    client = await desk.open()
    session = await client.new_session()
    os.kill(desk.starts()[0], signal.SIGKILL)
    prompt = client.send_prompt(session, "typed at the wrong moment")
    await until(lambda: prompt in desk.listener.ended, "it has ended")
    assert desk.listener.ended[prompt] == "end_turn"
    assert len(desk.starts()) == 2
    assert ("reset", session, None) in desk.listener.news


async def test_a_port_taken_by_another_program_is_said_with_a_free_one(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", desk.port)):
        client = await desk.open()
        await desk.reaches(ConnectionPhase.FAILED)
        assert desk.problem() == "port-taken"
        assert client.state.free_port == 13457
        with pytest.raises(UserError) as refused:
            await client.new_session()
        assert refused.value.message.id == "port-taken"
    await client.retry_now()
    await desk.reaches(ConnectionPhase.CONNECTED)


async def test_one_that_keeps_ending_is_given_up_with_the_end_of_its_log(desk: Desk) -> None:
    desk.command = (sys.executable, fake_child.__file__, "crashing", str(desk.root / "starts"))
    client = await desk.open()
    await desk.reaches(ConnectionPhase.FAILED)
    assert desk.problem() == "embedded-keeps-ending"
    assert client.state.detail.endswith("the very last line")
    assert len(desk.starts()) == 5
    assert ConnectionPhase.WAITING in desk.listener.phases()
    await client.retry_now()
    await until(lambda: len(desk.starts()) == 10, "it was tried as often once more")
    await desk.reaches(ConnectionPhase.FAILED)


async def test_a_server_that_runs_already_is_used_and_none_is_started(desk: Desk) -> None:
    async with FaultyServer() as server:
        desk.settings.set(WEBSOCKET_PORT, server.port)
        desk.announce(server)
        client = await desk.open()
        await desk.reaches(ConnectionPhase.CONNECTED)
        assert await client.list_sessions() == []
        assert desk.starts() == []


async def test_another_program_on_the_port_of_a_server_that_ended_is_not_told_the_token(desk: Desk) -> None:
    async with FaultyServer(token="another") as impostor:
        desk.settings.set(WEBSOCKET_PORT, impostor.port)
        desk.command = (*desk.command[:2], str(impostor.port), *desk.command[3:])
        desk.announce(FaultyServer(), impostor.port)
        await desk.open()
        await desk.reaches(ConnectionPhase.FAILED)
        assert desk.problem() == "port-taken"
        assert impostor.authorizations == []


async def test_a_running_server_is_waited_for_and_found_on_the_port_it_tells(desk: Desk) -> None:
    desk.settings.set(SERVER_PLACE, "running")
    client = await desk.open()
    await desk.reaches(ConnectionPhase.WAITING)
    assert desk.problem() == "no-running-server"
    async with FaultyServer() as server:
        assert server.port != desk.port
        desk.announce(server)
        await desk.reaches(ConnectionPhase.CONNECTED)
        assert client.state.address == f"127.0.0.1:{server.port}"
        assert desk.starts() == []


async def test_a_token_of_the_environment_is_used_for_a_server_without_endpoints_file(desk: Desk) -> None:
    desk.settings.set(SERVER_PLACE, "running")
    desk.environment["NIX_FOR_HUMANITY_TOKEN"] = TOKEN
    async with FaultyServer() as server:
        desk.settings.set(WEBSOCKET_PORT, server.port)
        await desk.open()
        await desk.reaches(ConnectionPhase.CONNECTED)


async def test_another_choice_in_the_settings_counts_at_once_and_ends_the_child(desk: Desk) -> None:
    client = await desk.open()
    await desk.reaches(ConnectionPhase.CONNECTED)
    child = desk.starts()[0]
    async with FaultyServer() as server:
        desk.settings.set(SERVER_PLACE, "running")
        desk.announce(server)
        await client.retry_now()
        await until(lambda: server.connection_count == 1, "it is connected to the other one")
        await desk.reaches(ConnectionPhase.CONNECTED)
        assert not is_running(child)
        assert client.state.place is ServerPlace.RUNNING


async def test_try_again_leaves_a_good_connection_alone(desk: Desk) -> None:
    client = await desk.open()
    await desk.reaches(ConnectionPhase.CONNECTED)
    await client.retry_now()
    assert await client.list_sessions() == []
    assert desk.listener.phases() == [ConnectionPhase.CONNECTED]


class ClosedKeyring(MemorySecretStore):
    """A keyring that cannot be used."""

    async def get(self, name: str) -> str | None:
        raise UserError("keyring-unavailable", reason="no answer")


@pytest.mark.parametrize(
    ("url", "secrets", "problem"),
    [
        ("", MemorySecretStore, "remote-url-missing"),
        ("ws://host.example", MemorySecretStore, "remote-url-not-encrypted"),
        ("wss://host.example", MemorySecretStore, "remote-token-missing"),
        ("wss://host.example", ClosedKeyring, "keyring-unavailable"),
    ],
)
async def test_what_is_missing_for_a_remote_server_is_said(
    url: str, secrets: Callable[[], SecretStore], problem: str, desk: Desk
) -> None:
    desk.settings.set(SERVER_PLACE, "remote")
    desk.settings.set(REMOTE_URL, url)
    desk.secrets = secrets()
    await desk.open()
    await desk.reaches(ConnectionPhase.FAILED)
    assert desk.problem() == problem


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a certificate with key for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


async def remote(desk: Desk, certificate: Path, token: str) -> FaultyServer:
    """Start a TLS server and choose it in the settings."""
    server = FaultyServer()
    server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.tls.load_cert_chain(certificate)
    await server.start()
    url = f"wss://127.0.0.1:{server.port}"
    desk.settings.set(SERVER_PLACE, "remote")
    desk.settings.set(REMOTE_URL, url)
    await desk.secrets.set(remote_address(url).token_name, token)
    return server


async def test_a_remote_server_with_a_trusted_certificate_is_used(
    desk: Desk, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with await remote(desk, certificate, TOKEN) as server:
        client = await desk.open()
        await desk.reaches(ConnectionPhase.CONNECTED)
        assert client.state.address == f"127.0.0.1:{server.port}"
        assert server.authorizations == [f"Bearer {TOKEN}"]
        assert desk.starts() == []
        await client.stop()


async def test_a_remote_server_that_nobody_vouches_for_is_not_told_the_token(
    desk: Desk, certificate: Path
) -> None:
    async with await remote(desk, certificate, TOKEN) as server:
        await desk.open()
        await desk.reaches(ConnectionPhase.FAILED)
        assert desk.problem() == "remote-certificate"
        assert server.authorizations == []


async def test_a_wrong_token_needs_the_person(
    desk: Desk, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with await remote(desk, certificate, "wrong") as server:
        client = await desk.open()
        await desk.reaches(ConnectionPhase.FAILED)
        assert desk.problem() == "remote-token-refused"
        await desk.secrets.set(remote_address(desk.settings.get(REMOTE_URL)).token_name, server.token)
        await client.retry_now()
        await desk.reaches(ConnectionPhase.CONNECTED)
        await client.stop()


async def test_a_server_that_is_stopped_is_said_within_two_seconds_and_can_be_restarted(desk: Desk) -> None:
    client = await desk.open()
    session = await client.new_session()
    os.kill(desk.starts()[0], signal.SIGSTOP)
    begin = asyncio.get_running_loop().time()
    prompt = client.send_prompt(session, "anyone there")
    await until(lambda: client.state.silent, "the silence is said")
    assert asyncio.get_running_loop().time() - begin < 2
    assert not client.state.restartable
    await until(lambda: client.state.restartable, "a restart is offered")
    assert asyncio.get_running_loop().time() - begin < 7
    await client.restart()
    await until(lambda: prompt in desk.listener.ended, "it has ended")
    assert not client.state.silent
    assert len(desk.starts()) == 2
    assert not is_running(desk.starts()[0])


async def test_a_server_that_others_use_is_left_to_them(desk: Desk) -> None:
    desk.command = (*desk.command, "--stays")
    client = await desk.open()
    await client.new_session()
    server = desk.starts()[0]
    await client.stop()
    assert is_running(server)
    os.kill(server, signal.SIGTERM)
    await until(lambda: not is_running(server), "it has ended")


@pytest.fixture
async def two_desks(tmp_path: Path, free_port: int) -> AsyncIterator[tuple[Desk, Desk]]:
    """Give one computer to two windows."""
    both = Desk(tmp_path, free_port), Desk(tmp_path, free_port)
    yield both
    for one in both:
        if one.client is not None:
            await one.client.stop()
    assert not any(is_running(number) for number in both[0].starts())


async def test_two_windows_that_open_at_once_have_one_server(two_desks: tuple[Desk, Desk]) -> None:
    first, second = two_desks
    await asyncio.gather(first.open(), second.open())
    for desk in two_desks:
        await desk.reaches(ConnectionPhase.CONNECTED)
    assert len(first.starts()) == 1
    places = {desk.client.state.place for desk in two_desks if desk.client is not None}
    assert places == {ServerPlace.EMBEDDED}


async def test_two_windows_whose_server_is_killed_have_one_again(two_desks: tuple[Desk, Desk]) -> None:
    first = two_desks[0]
    for desk in two_desks:
        await desk.open()
        await desk.reaches(ConnectionPhase.CONNECTED)
    os.kill(first.starts()[0], signal.SIGKILL)
    await until(lambda: len(first.starts()) == 2, "it is started again")
    for desk in two_desks:
        await desk.reaches(ConnectionPhase.CONNECTED)
        assert desk.client is not None
        await desk.client.new_session()
    assert len(first.starts()) == 2
