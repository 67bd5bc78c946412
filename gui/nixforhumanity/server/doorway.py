"""Counts who is connected: those still at the door (their HTTP request is not finished) and those inside."""

from asyncio import BaseTransport
from typing import Any

from websockets.asyncio.server import ServerConnection


class Doorway:
    """The connections of one server, with a limit for each kind."""

    def __init__(self, most_inside: int, most_waiting: int) -> None:
        self._most_inside = most_inside
        self._most_waiting = most_waiting
        self._waiting: set[ServerConnection] = set()
        self._inside: set[ServerConnection] = set()

    @property
    def inside(self) -> int:
        """How many were admitted and have not left."""
        return len(self._inside)

    @property
    def waiting(self) -> int:
        """How many have arrived and were not admitted yet."""
        return len(self._waiting)

    def connection(self, *arguments: Any, **options: Any) -> ServerConnection:
        """Make a connection that reports to this doorway, with the parameters of ServerConnection."""
        return _CountedConnection(self, *arguments, **options)

    def arrive(self, connection: ServerConnection) -> bool:
        """Count a connection as waiting; return whether there is room."""
        if len(self._waiting) >= self._most_waiting:
            return False
        self._waiting.add(connection)
        return True

    def admit(self, connection: ServerConnection) -> bool:
        """Count a connection as inside; return whether there is room."""
        if len(self._inside) >= self._most_inside:
            return False
        self._waiting.discard(connection)
        self._inside.add(connection)
        return True

    def leave(self, connection: ServerConnection) -> None:
        """Stop counting a connection."""
        self._waiting.discard(connection)
        self._inside.discard(connection)

    def close(self) -> None:
        """Cut off everyone who is still at the door."""
        for connection in tuple(self._waiting):
            connection.transport.abort()


class _CountedConnection(ServerConnection):
    def __init__(self, doorway: Doorway, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._doorway = doorway

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        if not self._doorway.arrive(self):
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._doorway.leave(self)
        super().connection_lost(exc)
