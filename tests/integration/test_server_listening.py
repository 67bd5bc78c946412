"""What the server can listen on: a port, a socket of systemd, a Unix socket; and what it refuses."""

import asyncio
import os
import shutil
import socket
import sys
from pathlib import Path

import pytest
from websockets.asyncio.client import connect, unix_connect

from nixforhumanity.core.errors import UserError
from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from nixforhumanity.server.listeners import bind_loopback
from scripted_service import ScriptedService
from served import LIMIT_SECONDS, TOKEN, RawClient, http

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
PROGRAM = Path(__file__).parents[1] / "served_by_systemd.py"


def new_server(**settings: bool) -> AssistantServer:
    return AssistantServer(
        ScriptedService(),
        ServerSettings(admission=Admission(token=TOKEN), version="1", **settings),  # type: ignore[arg-type]
    )


async def test_a_port_that_is_taken() -> None:
    with bind_loopback(0) as other:
        with pytest.raises(UserError) as caught:
            await new_server().start(other.getsockname()[1])
        assert caught.value.message.id == "port-taken"


async def test_clients_that_come_before_it_serves_are_served() -> None:
    listener = bind_loopback(0)
    port = listener.getsockname()[1]
    early = asyncio.create_task(http(port, [f"Host: 127.0.0.1:{port}"], "/health"))
    await asyncio.sleep(0)
    server = new_server()
    await server.start(listener)
    assert (await early).status == 200
    await server.stop(0)


async def test_a_server_starts_again_at_once_on_the_same_port() -> None:
    first = new_server()
    await first.start(0)
    port = first.port
    assert port is not None
    async with connect(f"ws://127.0.0.1:{port}/acp", additional_headers=HEADERS, proxy=None):
        await first.stop(0)
    second = new_server()
    await second.start(port)
    assert (await http(port, [f"Host: 127.0.0.1:{port}"], "/health")).status == 200
    await second.stop(0)
    await second.stop(0)


async def test_a_unix_socket(tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "acp"))
    listener.listen()
    server = new_server()
    await server.start(listener)
    assert server.port is None
    async with unix_connect(
        str(tmp_path / "acp"), "ws://localhost/acp", additional_headers=HEADERS
    ) as websocket:
        await RawClient(websocket).open_session()
    await server.stop(0)


async def test_addresses_that_others_reach_need_tls_or_a_proxy() -> None:
    with socket.create_server(("0.0.0.0", 0)) as listener:
        with pytest.raises(UserError) as caught:
            await new_server().start(listener)
        assert caught.value.message.id == "listener-not-local"
    listener = socket.create_server(("0.0.0.0", 0))
    server = new_server(behind_proxy=True)
    await server.start(listener)
    assert server.port is not None
    assert (await http(server.port, [f"Host: 127.0.0.1:{server.port}"])).status == 401
    await server.stop(0)


async def test_a_socket_of_systemd() -> None:
    activate = shutil.which("systemd-socket-activate")
    if activate is None:
        pytest.skip("systemd-socket-activate is not installed")
    with bind_loopback(0) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "NIX_FOR_HUMANITY_TOKEN": TOKEN,
    }
    passed = [f"--setenv={name}" for name in environment]
    process = await asyncio.create_subprocess_exec(
        *(activate, f"--listen=127.0.0.1:{port}", "--fdname=acp", *passed, sys.executable, str(PROGRAM)),
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            assert process.stderr is not None
            while b"Listening on" not in await process.stderr.readline():
                pass
            async with connect(
                f"ws://127.0.0.1:{port}/acp", additional_headers=HEADERS, proxy=None
            ) as websocket:
                await RawClient(websocket).open_session()
            process.terminate()
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
