"""A program that serves the scripted assistant on the socket that systemd hands over, until SIGTERM."""

import asyncio
import os
import signal

from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from nixforhumanity.server.listeners import inherited_listener
from scripted_service import ScriptedService


async def serve() -> None:
    """Serve until SIGTERM."""
    listener = inherited_listener(os.environ, "acp")
    assert listener is not None
    token = os.environ["NIX_FOR_HUMANITY_TOKEN"]
    settings = ServerSettings(admission=Admission(token=token), version="1")
    server = AssistantServer(ScriptedService(), settings)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await server.start(listener)
    await ended.wait()
    await server.stop(1.0)


if __name__ == "__main__":
    asyncio.run(serve())
