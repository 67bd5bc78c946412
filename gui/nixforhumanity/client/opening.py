"""What is said first on a new connection: the greeting, and the conversations that were open before."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from nixforhumanity import __version__
from nixforhumanity.client.failures import LinkLostError, RequestFailedError, UnreachableError
from nixforhumanity.client.link import Link
from nixforhumanity.client.target import Target
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.protocol import methods
from nixforhumanity.protocol.messages import (
    PROTOCOL_VERSION,
    Implementation,
    InitializeRequest,
    InitializeResponse,
    LoadSessionRequest,
    LoadSessionResponse,
)

log = logging.getLogger(__name__)

GREETING_SECONDS = 10.0
LOADING_SECONDS = 60.0
WORKING_FOLDER = "/"
"""The protocol wants one and it is not used; a person's own would tell a remote server their name."""


async def greet(link: Link, target: Target) -> bool:
    """Say who we are; return whether the server can resume a session without replaying it.

    Raises UserError `server-incompatible`, or UnreachableError when no answer comes.
    """
    request = InitializeRequest(
        protocol_version=PROTOCOL_VERSION,
        client_info=Implementation(name="nix-for-humanity", version=__version__),
    )
    try:
        answer: InitializeResponse = await _ask(link, target, methods.INITIALIZE, request, GREETING_SECONDS)
    except RequestFailedError as error:
        raise UserError("server-incompatible", address=target.address, reason=error.error.message) from error
    if answer.protocol_version != PROTOCOL_VERSION:
        reason = f"protocol {answer.protocol_version}"
        raise UserError("server-incompatible", address=target.address, reason=reason)
    agent = answer.agent_capabilities
    sessions = agent.session_capabilities if agent is not None else None
    return sessions is not None and sessions.resume is not None


async def open_again(
    link: Link,
    target: Target,
    shown: Sequence[str],
    waited_for: Sequence[str],
    *,
    resumes: bool,
    replay: Callable[[str], None],
    opened: Callable[[str, LoadSessionResponse], None],
) -> None:
    """Load the conversations that are shown, and join those for which words wait in the outbox.

    `replay` is called before one is sent anew, `opened` when all of it has come.
    """
    for session_id in dict.fromkeys((*shown, *waited_for)):
        replays = session_id in shown or not resumes
        if replays:
            replay(session_id)
        method = methods.SESSION_LOAD if replays else methods.SESSION_RESUME
        request = LoadSessionRequest(session_id=session_id, cwd=WORKING_FOLDER)
        try:
            opened(session_id, await _ask(link, target, method, request, LOADING_SECONDS))
        except RequestFailedError as error:
            # Deleted meanwhile, say. The next prompt in it is told so by the server.
            log.warning("a session could not be opened again: %s", error)


async def _ask(link: Link, target: Target, method: str, params: msgspec.Struct, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            return await link.begin(method, params)
    except (LinkLostError, TimeoutError) as error:
        raise UnreachableError(message("server-not-reachable", address=target.address)) from error
