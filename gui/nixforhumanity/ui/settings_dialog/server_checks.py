"""What is wrong with what is typed about the assistant server, and what is good to know. Knows no Qt."""

from nixforhumanity.client.target import remote_address
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.declarations import WEBSOCKET_PORT

FIRST_FREE_PORT = 1024
"""The ports below belong to the administrator of a computer."""


def wrong_address(text: str) -> Message | None:
    """Return what is wrong with the address of another computer; None when it will do, or is empty."""
    try:
        remote_address(text)
    except UserError as error:
        return error.message if text.strip() else None
    return None


def address_hint(text: str) -> Message | None:
    """Return what is good to know while there is no address."""
    return None if text.strip() else message("setting-server-remote-url-wanted")


def port_hint(text: str) -> Message | None:
    """Return what is good to know about a port that is allowed."""
    port = WEBSOCKET_PORT.parse(text)
    return message("setting-ports-websocket-low") if port is not None and port < FIRST_FREE_PORT else None
