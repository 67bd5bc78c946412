"""An embedded server stays after its window while it is needed, and no longer."""

import asyncio

from nixforhumanity.compose.lingering import Patience, stopped_or_not_needed

QUICK = Patience(goodbye=0.01, idle=0.05, look_every=0.005)


async def waits(stop: asyncio.Event, gone: asyncio.Event, needed: bool) -> bool:
    """Tell whether it still waits after a while."""
    work = asyncio.create_task(stopped_or_not_needed(stop, gone, lambda: needed, QUICK))
    done, _ = await asyncio.wait([work], timeout=0.2)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    return not done


async def test_it_ends_only_when_the_window_has_gone_and_nobody_needs_it() -> None:
    stop, gone = asyncio.Event(), asyncio.Event()
    assert await waits(stop, gone, needed=False)
    gone.set()
    assert await waits(stop, gone, needed=True)
    assert not await waits(stop, gone, needed=False)


async def test_a_stop_ends_it_whatever_is_needed() -> None:
    stop, gone = asyncio.Event(), asyncio.Event()
    stop.set()
    assert not await waits(stop, gone, needed=True)
    gone.set()
    assert not await waits(stop, gone, needed=True)


async def test_it_stays_a_little_after_the_last_need() -> None:
    stop, gone, needs = asyncio.Event(), asyncio.Event(), [True]
    gone.set()
    work = asyncio.create_task(stopped_or_not_needed(stop, gone, lambda: needs[0], QUICK))
    await asyncio.sleep(0.03)
    needs[0] = False
    begin = asyncio.get_running_loop().time()
    await asyncio.wait_for(work, 5)
    assert asyncio.get_running_loop().time() - begin >= 0.03
