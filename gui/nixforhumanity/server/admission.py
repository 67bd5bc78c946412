"""Who may talk to the server: the checks of the HTTP headers, before anything else is done."""

import hmac
from dataclasses import dataclass, field
from http import HTTPStatus

from websockets.datastructures import Headers

from nixforhumanity.core.text import Message, message

_SCHEME = "bearer "


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused, and no more than that."""

    status: HTTPStatus
    reason: Message


@dataclass(frozen=True, slots=True)
class Admission:
    """The rules for one server."""

    token: str = field(repr=False)
    allowed_hosts: frozenset[str] = frozenset()
    """`NAME` or `NAME:PORT`, besides the loopback names; for a server that is reached from outside."""
    allowed_origins: frozenset[str] = frozenset()
    """Origins of web pages that the person allowed, such as `https://example.org`."""

    def refuse_source(self, headers: Headers, port: int | None) -> Refusal | None:
        """Refuse what a web page could send: another name for this computer, or a page's request.

        A Unix socket has no port.
        """
        hosts = headers.get_all("Host")
        if len(hosts) != 1:
            return Refusal(HTTPStatus.BAD_REQUEST, message("server-refuses-host-count"))
        if not self._is_our_name(hosts[0].lower(), port):
            return Refusal(HTTPStatus.FORBIDDEN, message("server-refuses-host"))
        origins = headers.get_all("Origin")
        from_page = any(name.lower().startswith("sec-fetch-") for name in headers)
        if (origins or from_page) and not self._is_allowed_origin(origins):
            return Refusal(HTTPStatus.FORBIDDEN, message("server-refuses-origin"))
        return None

    def refuse_token(self, headers: Headers) -> Refusal | None:
        """Refuse a request without the token; takes the same time for every wrong one."""
        given = headers.get_all("Authorization")
        if len(given) == 1 and given[0][: len(_SCHEME)].lower() == _SCHEME:
            token = given[0][len(_SCHEME) :].strip().encode(errors="surrogateescape")
            if hmac.compare_digest(token, self.token.encode()):
                return None
        return Refusal(HTTPStatus.UNAUTHORIZED, message("server-refuses-token"))

    def _is_our_name(self, host: str, port: int | None) -> bool:
        if host in (("localhost",) if port is None else (f"127.0.0.1:{port}", f"localhost:{port}")):
            return True
        return any(host in (name.lower(), f"{name.lower()}:{port}") for name in self.allowed_hosts)

    def _is_allowed_origin(self, origins: list[str]) -> bool:
        return len(origins) == 1 and origins[0] in self.allowed_origins
