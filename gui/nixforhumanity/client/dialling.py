"""Opens the WebSocket to a server: proof first, then the token, and a reason when it does not work."""

import ssl
from typing import TYPE_CHECKING, Any

from nixforhumanity.client.failures import UnreachableError
from nixforhumanity.client.server_proof import server_proves
from nixforhumanity.client.target import LOOPBACK, Target
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

MOST_FRAME_BYTES = 16 * 1024 * 1024
"""What we take of a server that we chose; what we send is limited to 1 MiB by the server."""
OPEN_SECONDS = 5.0
CLOSE_SECONDS = 1.0
PING_SECONDS = 1.0
PING_LIMIT_SECONDS = 3.0
REMOTE_PING_SECONDS = 5.0
REMOTE_PING_LIMIT_SECONDS = 10.0
UNAUTHORIZED = 401
FORBIDDEN = 403


async def dial(target: Target) -> "ClientConnection":
    """Connect. Raises UnreachableError when trying again may help, UserError when the person has to act."""
    import websockets.asyncio.client  # 90 ms to import: not before the first connection

    try:
        if target.port is not None and not await server_proves(target.token, target.port):
            raise UnreachableError(message("server-not-proven", address=target.address))
        return await _opened(websockets.asyncio.client.connect, target)
    except websockets.InvalidStatus as error:
        raise _refusal(error.response.status_code, target) from error
    except ssl.SSLCertVerificationError as error:
        raise UserError("remote-certificate", address=target.address, reason=error.verify_message) from error
    except (OSError, EOFError, websockets.WebSocketException) as error:
        raise UnreachableError(message("server-not-reachable", address=target.address)) from error


async def _opened(connect: type[Any], target: Target) -> "ClientConnection":
    class ConnectDirectly(connect):  # type: ignore[misc]
        """Follows no redirect: the token is for the server that was chosen."""

        def process_redirect(self, exc: Exception) -> Exception | str:
            return exc

    local = target.port is not None
    connection: ClientConnection = await ConnectDirectly(
        target.url,
        additional_headers={"Authorization": f"Bearer {target.token}"},
        user_agent_header=None,
        compression=None,
        proxy=None if local else True,
        open_timeout=OPEN_SECONDS,
        close_timeout=CLOSE_SECONDS,
        ping_interval=PING_SECONDS if local else REMOTE_PING_SECONDS,
        ping_timeout=PING_LIMIT_SECONDS if local else REMOTE_PING_LIMIT_SECONDS,
        max_size=MOST_FRAME_BYTES,
        **({"host": LOOPBACK, "port": target.port} if local else {}),
    )
    return connection


def _refusal(status: int, target: Target) -> UserError | UnreachableError:
    if status == UNAUTHORIZED and target.port is None:
        return UserError("remote-token-refused", address=target.address)
    if status == FORBIDDEN:
        return UserError("server-refuses", address=target.address)
    return UnreachableError(message("server-answers-wrongly", address=target.address, status=status))
