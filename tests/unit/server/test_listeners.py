"""Taking a port, and what is said when that does not work."""

import os
import socket
import sys

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.server.listeners import bind_loopback, free_port, inherited_listener
from nixforhumanity.server.port_holder import PortHolder, holder_of_port


def taken(port: int) -> UserError:
    with pytest.raises(UserError) as caught:
        bind_loopback(port).close()
    assert caught.value.message.id == "port-taken"
    return caught.value


def test_the_socket_is_bound_to_loopback_and_listens() -> None:
    with bind_loopback(0) as listener:
        address, port = listener.getsockname()
        assert address == "127.0.0.1"
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        assert not listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)
        assert not listener.get_inheritable()
        socket.create_connection(("127.0.0.1", port)).close()


def test_a_port_that_is_taken_names_its_holder_and_a_free_one() -> None:
    with bind_loopback(0) as listener:
        port = listener.getsockname()[1]
        parameters = taken(port).parameters
        assert parameters["port"] == port
        assert parameters["pid"] == os.getpid()
        assert parameters["holder"]
        offered = parameters["free_port"]
        assert isinstance(offered, int)
        bind_loopback(offered).close()


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1"])
def test_a_port_that_is_bound_but_silent_is_taken(address: str) -> None:
    with socket.socket() as silent:
        silent.bind((address, 0))
        parameters = taken(silent.getsockname()[1]).parameters
        assert (parameters["holder"], parameters["pid"]) == ("", 0)


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this computer has no IPv6")
def test_a_listener_on_all_addresses_of_both_kinds_is_found() -> None:
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as listener:
        assert taken(listener.getsockname()[1]).parameters["pid"] == os.getpid()


def test_another_loopback_address_is_no_conflict() -> None:
    with socket.create_server(("127.0.0.2", 0)) as other:
        bind_loopback(other.getsockname()[1]).close()


def test_old_connections_that_linger_do_not_hold_the_port() -> None:
    listener = bind_loopback(0)
    port = listener.getsockname()[1]
    client = socket.create_connection(("127.0.0.1", port))
    listener.setblocking(True)
    accepted, _ = listener.accept()
    accepted.close()  # first: the connection lingers on the server's side
    client.recv(1)
    client.close()
    listener.close()
    bind_loopback(port).close()


def test_the_usual_alternative_comes_first_and_then_the_next() -> None:
    try:
        usual = bind_loopback(13457)
    except UserError:
        pytest.skip("13457 is in use on this computer")
    with usual:
        assert free_port(3457) != 13457
    assert free_port(3457) == 13457


def test_nobody_holds_a_free_port() -> None:
    with bind_loopback(0) as listener:
        port = listener.getsockname()[1]
        assert holder_of_port(port) == PortHolder(os.getpid(), _own_name())
    assert holder_of_port(port) is None


def test_who_only_connects_from_a_port_is_not_its_holder() -> None:
    with bind_loopback(0) as listener, socket.create_connection(listener.getsockname()) as client:
        assert holder_of_port(client.getsockname()[1]) is None


def _own_name() -> str:
    with open("/proc/self/comm") as file:
        return file.read().strip()


# --- from systemd: the sockets are put in place by a small process, as systemd would ---------------------

SCRIPT = """
import os, socket, sys
from nixforhumanity.core.errors import UserError
from nixforhumanity.server.listeners import inherited_listener

sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
if sys.argv[3] == "silent":
    sockets = [socket.socket()]
    sockets[0].bind(("127.0.0.1", 0))
kept = [os.dup(one.fileno()) for one in sockets]
wanted = [one.getsockname()[1] for one in sockets]
for number, one in enumerate(kept):
    os.dup2(one, 100 + number)
for number in range(len(kept)):
    os.dup2(100 + number, 3 + number)
environment = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": str(len(kept)), "LISTEN_FDNAMES": sys.argv[2]}
try:
    found = inherited_listener(environment, "acp")
except UserError as error:
    print(error.message.id)
else:
    print(wanted.index(found.getsockname()[1]), found.get_inheritable(), environment)
    found.detach()
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.parametrize(
    ("count", "names", "kind", "expected"),
    [
        (1, "acp", "", "0 False {}"),
        (1, "unit.socket", "", "0 False {}"),
        (3, "rest:acp:metrics", "", "1 False {}"),
        (2, "rest:metrics", "", "inherited-socket-unusable"),
        (2, "acp:acp", "", "inherited-socket-unusable"),
        (1, "acp", "silent", "inherited-socket-unusable"),
    ],
)
def test_inherited_sockets(count: int, names: str, kind: str, expected: str) -> None:
    import subprocess

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(count), names, kind],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.stdout.strip(), done.stderr) == (expected, "")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LISTEN_PID": "1", "LISTEN_FDS": "1"},
        {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "0"},
        {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "many"},
        {"LISTEN_PID": str(os.getpid())},
    ],
)
def test_no_sockets_were_meant_for_us(environment: dict[str, str]) -> None:
    assert inherited_listener(environment, "acp") is None
    assert not environment
