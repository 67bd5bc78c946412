"""How long an embedded server stays after its window has gone: as long as somebody or something needs it."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    goodbye: float = 0.3
    """For the connection of a window that has just gone to end as well."""
    idle: float = 3.0
    """Without a client and without work, once it had stayed for one of them."""
    look_every: float = 0.25


async def stopped_or_not_needed(
    stop: asyncio.Event, window_gone: asyncio.Event, needed: Callable[[], bool], patience: Patience
) -> None:
    """Wait for a stop, or for the end of the window and then for the end of every need for this server."""
    waits = [asyncio.create_task(event.wait()) for event in (stop, window_gone)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()
    if stop.is_set() or await _stopped_within(stop, patience.goodbye) or not needed():
        return
    log.info("the window has gone; still needed")
    needed_at = time.monotonic()
    while time.monotonic() - needed_at < patience.idle:
        if await _stopped_within(stop, patience.look_every):
            return
        if needed():
            needed_at = time.monotonic()
    log.info("nobody needs this server any more")


async def _stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True
