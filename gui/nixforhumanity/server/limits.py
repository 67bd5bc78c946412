"""How much one client may ask of the server."""

from collections.abc import Callable
from dataclasses import dataclass

from nixforhumanity.protocol.peer import LARGEST_FRAME


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the server; all of them hold for each connection but the two that count connections."""

    frame_bytes: int = LARGEST_FRAME
    connections: int = 32
    waiting_connections: int = 64
    """TCP connections that have not finished their HTTP request."""
    requests_per_second: float = 60.0
    refused_before_closing: int = 600
    """Messages over the rate in a row, after which the connection is closed."""
    open_requests: int = 64
    authentication_seconds: float = 10.0
    unsent_bytes: int = 8 << 20
    """What may wait for a slow reader before it is dropped."""
    close_seconds: float = 2.0
    """How long a client may take to say goodbye."""


class RateLimit:
    """A bucket that holds one second's worth of requests and refills steadily."""

    def __init__(self, per_second: float, clock: Callable[[], float]) -> None:
        self._per_second = per_second
        self._clock = clock
        self._left = per_second
        self._at = clock()

    def take(self) -> bool:
        """Count one request; return whether it is within the rate."""
        now = self._clock()
        self._left = min(self._per_second, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
