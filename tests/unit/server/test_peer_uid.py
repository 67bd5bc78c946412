"""Who is at the other end."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from nixforhumanity.server import peer_uid as module
from nixforhumanity.server.peer_uid import peer_uid

CONNECT = (
    "import socket, sys; c = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); sys.stdin.read()"
)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_our_own_user(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, 0), family=family)
    except OSError:
        pytest.skip(f"this computer has no {address}")
    with listener, socket.create_connection(listener.getsockname()[:2]), listener.accept()[0] as accepted:
        assert peer_uid(accepted) == os.getuid()
        theirs, ours = accepted.getpeername()[:2], accepted.getsockname()[:2]
        assert module._read_table(family, theirs, ours, Path("/proc/net")) == os.getuid()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user() -> None:
    become = shutil.which("setpriv")
    assert become is not None
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        python = os.path.realpath("/usr/bin/python3")
        if not os.path.exists(python):
            pytest.skip("no Python that another user may run")
        command = [become, "--reuid=65534", "--clear-groups", python, "-c", CONNECT, str(port)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/") as process:
            listener.settimeout(10)
            with listener.accept()[0] as accepted:
                theirs, ours = accepted.getpeername(), accepted.getsockname()
                assert peer_uid(accepted) == 65534
                assert module._read_table(socket.AF_INET, theirs, ours, Path("/proc/net")) == 65534
            process.communicate(timeout=10)


def test_unix_sockets() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert peer_uid(ours) == os.getuid()


def test_a_peer_that_has_gone_is_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        with listener.accept()[0] as accepted:
            client.close()  # resets: nothing of it is left
            assert peer_uid(accepted) is None


def test_other_kinds_are_unknown(tmp_path: Path) -> None:
    with socket.socket() as unconnected:
        assert peer_uid(unconnected) is None
    missing = ("127.0.0.1", 1), ("127.0.0.1", 2)
    assert module._ask_kernel(socket.AF_INET, *missing) is None
    assert module._read_table(socket.AF_INET, *missing, Path("/proc/net")) is None
    assert module._read_table(socket.AF_INET, *missing, tmp_path) is None


def test_without_the_kernels_answer_the_table_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError("sandbox")

    monkeypatch.setattr(module, "_ask_kernel", forbidden)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert peer_uid(accepted) == os.getuid()
