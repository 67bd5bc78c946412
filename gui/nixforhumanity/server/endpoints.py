"""Announces a running server in the endpoints file, with the token that opens it."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.endpoints import Endpoints, remove_endpoints, write_endpoints

ENVIRONMENT_VARIABLE = "NIX_FOR_HUMANITY_TOKEN"
_TOKEN_BYTES = 32
_SHORTEST_TOKEN = 16


def local_token(environment: Mapping[str, str]) -> str:
    """Return the token that the environment sets, or 32 new random bytes in hex.

    Raises UserError `token-unusable` when the one that is set is short or cannot stand in an HTTP header.
    """
    given = environment.get(ENVIRONMENT_VARIABLE)
    if given is None:
        return secrets.token_hex(_TOKEN_BYTES)
    if len(given) < _SHORTEST_TOKEN or not given.isascii() or not given.isprintable() or " " in given:
        raise UserError("token-unusable", variable=ENVIRONMENT_VARIABLE, shortest=_SHORTEST_TOKEN)
    return given


class Announcement:
    """The endpoints file of this process, from the start of its server to its end."""

    def __init__(self, path: Path, token: str, ports: Mapping[str, int]) -> None:
        self._path = path
        self._endpoints = Endpoints(pid=os.getpid(), token=token, ports=dict(ports))

    def publish(self) -> None:
        """Write the file; one that an earlier server left is replaced. OSError when that cannot be done."""
        write_endpoints(self._path, self._endpoints)

    def withdraw(self) -> None:
        """Remove the file, unless another server has written its own since."""
        remove_endpoints(self._path, self._endpoints)
