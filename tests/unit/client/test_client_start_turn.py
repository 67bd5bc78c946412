"""One window at a time starts a server; a window that hangs or a folder that cannot be used stops nobody."""

import asyncio
from pathlib import Path

from nixforhumanity.client.start_turn import FILE_NAME, turn_to_start


async def test_the_second_waits_until_the_first_is_done(tmp_path: Path) -> None:
    said: list[str] = []
    first_has_it, first_may_end = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with turn_to_start(tmp_path / "run"):
            first_has_it.set()
            await first_may_end.wait()
            said.append("first")

    async def second() -> None:
        await first_has_it.wait()
        async with turn_to_start(tmp_path / "run"):
            said.append("second")

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(first())
        waiting = tasks.create_task(second())
        await first_has_it.wait()
        assert not (await asyncio.wait([waiting], timeout=0.2))[0]
        first_may_end.set()
    assert said == ["first", "second"]


async def test_one_that_gives_up_passes_the_turn_on(tmp_path: Path) -> None:
    async with turn_to_start(tmp_path):
        late = asyncio.create_task(turn_to_start(tmp_path).__aenter__())
        assert not (await asyncio.wait([late], timeout=0.1))[0]
        late.cancel()
        await asyncio.gather(late, return_exceptions=True)
    async with asyncio.timeout(5), turn_to_start(tmp_path):
        pass


async def test_one_that_has_it_for_too_long_is_not_waited_for(tmp_path: Path) -> None:
    async with turn_to_start(tmp_path), asyncio.timeout(5), turn_to_start(tmp_path, patience_seconds=0.1):
        pass


async def test_a_folder_that_cannot_be_used_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with turn_to_start(tmp_path / "file"):
        pass
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / FILE_NAME).symlink_to(tmp_path / "elsewhere")
    async with turn_to_start(tmp_path / "run"):
        pass
    assert not (tmp_path / "elsewhere").exists()
