"""The address of a language model: checked, and open text only where the person allowed it."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from nixforhumanity.core.errors import UserError

USUAL_PATH = "/v1"
_USUAL_PORTS = {"http": 80, "https": 443}
_PRIVATE = tuple(
    ipaddress.ip_network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)
_PRINTABLE = frozenset(chr(code) for code in range(0x21, 0x7F))


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """A checked address: the part before `/chat/completions`."""

    encrypted: bool
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Who is spoken to; the key and the permission for open text belong to this."""
        return f"{'https' if self.encrypted else 'http'}://{self.place}"

    @property
    def place(self) -> str:
        """Host and port, as the person sees them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def on_this_computer(self) -> bool:
        """Whether the name is one of this computer itself."""
        return self.host == "localhost" or is_loopback(self.host)


def model_address(text: str) -> ModelAddress:
    """Check what the person entered.

    Raises UserError `model-address-missing` or `model-address-wrong`.
    """
    text = text.strip()
    if not text:
        raise UserError("model-address-missing")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UserError("model-address-wrong") from error
    host = (parts.hostname or "").rstrip(".")
    extra = parts.username is not None or parts.query or parts.fragment
    if parts.scheme not in _USUAL_PORTS or not host or extra or port == 0 or set(text) - _PRINTABLE:
        raise UserError("model-address-wrong")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return ModelAddress(parts.scheme == "https", host, port or _USUAL_PORTS[parts.scheme], path or USUAL_PATH)


def may_connect(address: ModelAddress, allowed_in_the_open: str) -> bool:
    """Tell whether the address may be used: encrypted, this computer, or an origin that was allowed."""
    return address.encrypted or address.on_this_computer or address.origin == allowed_in_the_open


def may_send_to(address: ModelAddress, peer: str) -> bool:
    """Tell whether words may go to the peer that was reached under the address.

    A name may lead anywhere. In the open, "localhost" is only this computer, and a name that was allowed is
    only a computer of a private network.
    """
    if address.encrypted:
        return True
    return is_loopback(peer) if address.on_this_computer else is_loopback(peer) or is_private(peer)


def is_loopback(host: str) -> bool:
    """Tell whether a number is this computer itself."""
    number = _number(host)
    return number is not None and number.is_loopback


def is_private(host: str) -> bool:
    """Tell whether a number belongs to a network at home or at work."""
    number = _number(host)
    return number is not None and any(number.version == one.version and number in one for one in _PRIVATE)


def is_public(host: str) -> bool:
    """Tell whether it is a number, and one that is reached over the internet."""
    return _number(host) is not None and not is_loopback(host) and not is_private(host)


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return mapped or number
