"""A server that does not live is noticed within a second, while something is asked of it."""

import asyncio
from collections.abc import Awaitable

from faulty_server import until
from nixforhumanity.client.liveness import Liveness


class Other:
    """The other end, which answers pings when it is told to."""

    def __init__(self) -> None:
        self.pings: list[asyncio.Future[float]] = []
        self.lives = True

    async def ping(self) -> Awaitable[float]:
        ping: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.pings.append(ping)
        if self.lives:
            ping.set_result(0.001)
        return ping


async def test_silence_is_told_and_its_end_too() -> None:
    other, told, asked = Other(), [], True
    other.lives = False
    liveness = Liveness(other, lambda: asked, told.append, silent_seconds=0.02)
    liveness.watch()
    liveness.watch()
    await until(lambda: told == [True], "the silence is told")
    assert len(other.pings) == 1
    other.pings[0].set_result(2.0)
    await until(lambda: told == [True, False], "its end is told")
    await liveness.stop()


async def test_one_that_lives_is_not_told_of_and_nothing_is_sent_when_nothing_is_asked() -> None:
    other, told = Other(), []
    liveness = Liveness(other, lambda: len(other.pings) < 1, told.append, silent_seconds=0.02)
    liveness.watch()
    assert liveness._task is not None
    await asyncio.wait_for(liveness._task, 5)
    assert (len(other.pings), told) == (1, [])
