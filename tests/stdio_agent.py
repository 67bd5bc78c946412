"""A program that serves the scripted assistant over standard input and output, for tests."""

import asyncio
import logging
import sys

from nixforhumanity.server.limits import Limits
from nixforhumanity.server.stdio import claim_standard_streams, serve_lines
from scripted_service import ScriptedService


async def serve() -> None:
    """Serve until standard input ends."""
    incoming, outgoing = claim_standard_streams()
    print("this must not get into the conversation")
    await serve_lines(
        ScriptedService(), incoming, outgoing, version="9.8.7", grace_seconds=1.0, limits=Limits()
    )


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    asyncio.run(serve())
