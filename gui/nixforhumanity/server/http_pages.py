"""The few plain HTTP answers of the server: its health, the proof, and refusals."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs

import msgspec
from websockets.datastructures import Headers
from websockets.http11 import Response

from nixforhumanity.protocol.proof import is_nonce, proof_of_token

HEALTH, HEALTH_LIVE, HEALTH_READY = "/health", "/health/live", "/health/ready"
HEALTH_PATHS = frozenset({HEALTH, HEALTH_LIVE, HEALTH_READY})
OK = "ok"


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """What `GET /health` tells: `status` is `ok`, or `degraded` when one of the checks is not `ok`."""

    status: str
    version: str
    uptime_seconds: float
    checks: dict[str, str]


def health(version: str, uptime_seconds: float, checks: Mapping[str, str]) -> Health:
    """Put together the state of the server."""
    good = all(state == OK for state in checks.values())
    return Health(
        status=OK if good else "degraded",
        version=version,
        uptime_seconds=round(uptime_seconds, 3),
        checks=dict(checks),
    )


def health_page(path: str, state: Health) -> Response:
    """Answer one of HEALTH_PATHS: `/health/ready` is a 503 when a check is not ok, the others are a 200."""
    if path == HEALTH_LIVE:
        return _page(HTTPStatus.OK, msgspec.json.encode({"status": OK}), "application/json")
    status = HTTPStatus.OK
    if path == HEALTH_READY and state.status != OK:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return _page(status, msgspec.json.encode(state), "application/json")


def proof_page(query: str, token: str, port: int) -> Response | None:
    """Answer `/proof?nonce=HEX`; None when the nonce is missing or not one."""
    try:
        nonces = parse_qs(query, max_num_fields=4).get("nonce", [])
    except ValueError:
        return None
    if len(nonces) != 1 or not is_nonce(nonces[0]):
        return None
    return _page(HTTPStatus.OK, proof_of_token(token, nonces[0], port).encode(), "text/plain")


def text_page(status: HTTPStatus, text: str) -> Response:
    """Answer with one sentence."""
    page = _page(status, (text + "\n").encode(), "text/plain; charset=utf-8")
    if status == HTTPStatus.UNAUTHORIZED:
        page.headers["WWW-Authenticate"] = "Bearer"
    return page


def _page(status: HTTPStatus, body: bytes, content_type: str) -> Response:
    headers = Headers(
        [
            ("Connection", "close"),
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
    )
    return Response(status.value, status.phrase, headers, body)
