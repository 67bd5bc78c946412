"""The sockets that the server listens on: taken before anything is served, or handed over by systemd."""

import errno
import os
import socket
from collections.abc import Iterator, MutableMapping

from nixforhumanity.core.errors import UserError
from nixforhumanity.server.port_holder import holder_of_port

LOOPBACK = "127.0.0.1"
_BACKLOG = 128
_FIRST_INHERITED = 3
_TAKEN = frozenset({errno.EADDRINUSE})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})


def bind_loopback(port: int) -> socket.socket:
    """Bind and listen on 127.0.0.1:port (0: any free port) in one go, and return the socket.

    Raises UserError `port-taken` (port, holder, pid, free_port) or `port-not-permitted` (port, free_port).
    """
    try:
        return _listen(port)
    except OSError as error:
        if error.errno in _TAKEN:
            holder = holder_of_port(port)
            raise UserError(
                "port-taken",
                port=port,
                holder=holder.name if holder else "",
                pid=holder.pid if holder else 0,
                free_port=free_port(port),
            ) from error
        if error.errno in _FORBIDDEN:
            raise UserError("port-not-permitted", port=port, free_port=free_port(port)) from error
        raise


def free_port(instead_of: int) -> int:
    """Return a port that can be bound now: the usual alternative (134xx) first, then 234xx and so on."""
    for candidate in _alternatives(instead_of):
        try:
            with _listen(candidate) as listener:
                return int(listener.getsockname()[1])
        except OSError:
            continue
    raise OSError(errno.EADDRINUSE, "no free port")


def inherited_listener(environment: MutableMapping[str, str], name: str) -> socket.socket | None:
    """Return the socket that systemd opened for us, or None when it opened none.

    Of several, the one whose FileDescriptorName is `name`. The variables are taken out of the environment,
    so that no program started later mistakes them for its own.
    Raises UserError `inherited-socket-unusable` when there is one that cannot be used.
    """
    intended_for = environment.pop("LISTEN_PID", "")
    count = environment.pop("LISTEN_FDS", "")
    names = environment.pop("LISTEN_FDNAMES", "").split(":")
    if intended_for != str(os.getpid()) or not count.isdecimal() or int(count) == 0:
        return None
    descriptors = range(_FIRST_INHERITED, _FIRST_INHERITED + int(count))
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)
    named = [number for number, given in zip(descriptors, names, strict=False) if given == name]
    chosen = named or list(descriptors)
    if len(chosen) != 1:
        raise UserError("inherited-socket-unusable", name=name)
    listener = socket.socket(fileno=chosen[0])
    if listener.type != socket.SOCK_STREAM or not listener.getsockopt(
        socket.SOL_SOCKET, socket.SO_ACCEPTCONN
    ):
        listener.close()
        raise UserError("inherited-socket-unusable", name=name)
    listener.setblocking(False)
    return listener


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
    try:
        # Old connections that linger do not hold the port. Never SO_REUSEPORT: others could share it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        # A port that is bound but silent is only found out here.
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _alternatives(port: int) -> Iterator[int]:
    for step in range(10_000, 60_000, 10_000):
        if port % 10_000 + step < 65_536:
            yield port % 10_000 + step
    yield 0
