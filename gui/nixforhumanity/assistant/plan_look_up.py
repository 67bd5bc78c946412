"""Finding out, beside everything else, what a plan would do."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.assistant.host import ActionPreview, Host

Generations = frozenset[tuple[int, str, bool]]
"""Number, store path, and whether it is the current one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found out, and the generations that there were just before."""

    generations: Generations
    previews: Sequence[ActionPreview]


LookUp = asyncio.Future[Seen]


def begin_look_up(host: Host, actions: Sequence[AnyAction]) -> LookUp:
    """Begin to find out what the actions would do."""
    looking: LookUp = asyncio.ensure_future(_look_up(host, actions))
    looking.add_done_callback(lambda done: done.cancelled() or done.exception())  # never "not retrieved"
    return looking


async def end_look_up(looking: LookUp) -> None:
    """Stop looking, and wait until nothing of it goes on."""
    looking.cancel()
    await asyncio.wait([looking])


async def known_generations(host: Host) -> Generations:
    """Return all generations, to see whether anything changed since."""
    return frozenset((item.number, item.store_path, item.current) for item in await host.generations())


async def _look_up(host: Host, actions: Sequence[AnyAction]) -> Seen:
    return Seen(await known_generations(host), [await host.preview(action) for action in actions])
