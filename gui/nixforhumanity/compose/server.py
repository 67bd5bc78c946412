"""Runs the assistant server, alone or as the child of a window; knows no Qt."""

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from dataclasses import dataclass

from nixforhumanity import __version__
from nixforhumanity.compose.assistant import Surroundings, build_assistant, chosen_language, files_not_usable
from nixforhumanity.compose.lingering import Patience, stopped_or_not_needed
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol.endpoints import WEBSOCKET, endpoints_path
from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from nixforhumanity.server.endpoints import Announcement, local_token
from nixforhumanity.server.limits import Limits
from nixforhumanity.server.listeners import bind_loopback, inherited_listener
from nixforhumanity.server.stdio import claim_standard_streams, serve_lines
from nixforhumanity.settings.declarations import WEBSOCKET_PORT

log = logging.getLogger(__name__)

GRACE_SECONDS = 8.0
_INPUT = 0


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How the server is started."""

    port: int | None = None
    """None: the port of the settings. 0: any free port."""
    embedded: bool = False
    """Ends when its window has gone and nobody needs it; tells on standard output that it is ready."""


async def run_server(around: Surroundings, options: ServeOptions) -> int:
    """Serve until a signal comes, or the window that started it has gone and nobody else needs it.

    Returns the exit code.
    """
    stop = asyncio.Event()
    _stop_at_signals(stop)
    window_gone = asyncio.Event()
    if options.embedded:
        _notice_the_windows_end(window_gone)
    listener = _listener(around, options)
    token = local_token(os.environ)
    try:
        assistant = await build_assistant(around)
    except BaseException:
        listener.close()
        raise
    server = AssistantServer(assistant, ServerSettings(admission=Admission(token=token), version=__version__))
    await server.start(listener)
    ports = {} if server.port is None else {WEBSOCKET: server.port}
    announcement = Announcement(endpoints_path(around.folders.runtime), token, ports)
    try:
        _publish(announcement, around)
        if options.embedded:
            tell_parent({"ready": True, "port": server.port})
        else:
            log.warning("listening on 127.0.0.1:%s", server.port)
        await stopped_or_not_needed(
            stop, window_gone, lambda: server.clients > 0 or assistant.at_work, Patience()
        )
    finally:
        announcement.withdraw()
        await server.stop(GRACE_SECONDS)
    return 0


async def run_standard_streams(around: Surroundings) -> int:
    """Speak the protocol on standard input and output until the input ends."""
    incoming, outgoing = claim_standard_streams()
    assistant = await build_assistant(around)
    await serve_lines(
        assistant, incoming, outgoing, version=__version__, grace_seconds=GRACE_SECONDS, limits=Limits()
    )
    return 0


def _publish(announcement: Announcement, around: Surroundings) -> None:
    try:
        announcement.publish()
    except OSError as error:
        raise files_not_usable(error, around.folders.runtime) from error


def tell_parent(line: dict[str, object]) -> None:
    """Print one JSON line for the window that started this server."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def failure_line(error: UserError, around: Surroundings) -> dict[str, object]:
    """Return what the window is told when the server cannot start."""
    text = Wording(chosen_language(around.settings)).text(error.message)
    parameters = dict(error.parameters)
    return {"error": {"messageId": error.message.id, "parameters": parameters, "text": text}}


def _listener(around: Surroundings, options: ServeOptions) -> socket.socket:
    inherited = inherited_listener(os.environ, WEBSOCKET)
    if inherited is not None:
        return inherited
    port = around.settings.get(WEBSOCKET_PORT) if options.port is None else options.port
    return bind_loopback(port)


def _stop_at_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)


def _notice_the_windows_end(window_gone: asyncio.Event) -> None:
    """Set the event at the end of standard input, which the window holds however it ends."""
    loop = asyncio.get_running_loop()

    def readable() -> None:
        if not os.read(_INPUT, 4096):
            loop.remove_reader(_INPUT)
            window_gone.set()

    os.set_blocking(_INPUT, False)
    loop.add_reader(_INPUT, readable)
