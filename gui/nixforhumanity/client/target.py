"""Which server to connect to, and with which token."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from nixforhumanity.client.interface import ServerPlace
from nixforhumanity.core.errors import UserError

LOOPBACK = "127.0.0.1"
PATH = "/acp"
LOCAL = "local"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Target:
    """A server. `port` is set for one on this computer, which proves itself before it is sent the token."""

    place: ServerPlace
    url: str
    address: str
    """What the person sees."""
    token: str = field(repr=False)
    port: int | None = None
    home: str = LOCAL
    """Whose conversations it has: words typed for one home are never sent to another."""


def local_target(place: ServerPlace, port: int, token: str) -> Target:
    """Return the server of that port of this computer."""
    address = f"{LOOPBACK}:{port}"
    return Target(place, f"ws://{address}{PATH}", address, token, port=port)


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """A checked address of a remote server."""

    url: str
    host: str
    port: int
    encrypted: bool

    @property
    def token_name(self) -> str:
        """The name of its token in the secret store; another host or port has another."""
        return f"remote token {self.host}:{self.port}"


def remote_address(text: str) -> RemoteAddress:
    """Check what the person entered.

    Raises UserError `remote-url-missing`, `remote-url-wrong`, or `remote-url-not-encrypted`: words and token
    leave this computer only encrypted; `ws://` is for the computer itself, such as the end of a tunnel.
    """
    text = text.strip()
    if not text:
        raise UserError("remote-url-missing")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UserError("remote-url-wrong", url=text) from error
    host = parts.hostname or ""
    if parts.scheme not in {"ws", "wss"} or not host or parts.username is not None or parts.fragment:
        raise UserError("remote-url-wrong", url=text)
    encrypted = parts.scheme == "wss"
    if not encrypted and host not in LOOPBACK_NAMES:
        raise UserError("remote-url-not-encrypted", url=text)
    port = port or (443 if encrypted else 80)
    path = parts.path if parts.path not in {"", "/"} else PATH
    shown_host = f"[{host}]" if ":" in host else host
    query = f"?{parts.query}" if parts.query else ""
    return RemoteAddress(f"{parts.scheme}://{shown_host}:{port}{path}{query}", host, port, encrypted)


def remote_target(address: RemoteAddress, token: str) -> Target:
    """Return the remote server; one on this computer itself is dialled by number, never by name."""
    if address.encrypted:
        return Target(
            ServerPlace.REMOTE, address.url, f"{address.host}:{address.port}", token, home=address.url
        )
    local = local_target(ServerPlace.REMOTE, address.port, token)
    return Target(local.place, local.url, local.address, local.token, port=address.port, home=address.url)
