"""The server ends at a bad moment: afterwards the truth is told, and nothing is done twice."""

import asyncio
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import InstallPackage
from nixforhumanity.nix.package_index import PackageIndex
from talking import ALLOW, Talk, begin_talk, reopen


async def killed(talk: Talk) -> None:
    """End everything as kill -9 does: no turn gets to write another word."""
    talk.parts.sessions.close()
    talk.parts.journal.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)


@pytest.fixture
async def running(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    host.gate = asyncio.Event()
    talk = await begin_talk(folder, host, finder, replies=[ALLOW])
    talk.begin("install hello", "the-prompt")
    await host.started.wait()
    return talk


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_change_that_had_not_happened_is_told_and_not_done_again(
    running: Talk, folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    await killed(running)
    again = await reopen(running, folder, host, finder)
    assert again.audience.card.state == "interrupted"
    assert "Nothing was changed" in again.audience.card.state_text
    assert again.parts.journal.entries(1)[0].state == "interrupted"
    assert await again.say("install hello", "the-prompt") == "cancelled"
    assert len(host.ran) == 1
    assert host.contents() == ()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_change_that_had_happened_is_done_and_can_be_undone(
    running: Talk, folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    await killed(running)
    host._carry_out(InstallPackage(attribute="hello"))  # Nix finished just before the end
    again = await reopen(running, folder, host, finder)
    assert again.audience.card.state == "done"
    assert again.audience.card.can_undo_now
    host.gate = None
    again.audience.always = ALLOW
    await again.say("undo")
    assert host.contents() == ()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_card_that_waited_is_expired_and_the_prompt_is_done_again(
    folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    talk = await begin_talk(folder, host, finder)
    talk.begin("install hello", "the-prompt")
    await talk.until(lambda: bool(talk.audience.held))
    await killed(talk)
    again = await reopen(talk, folder, host, finder)
    assert again.audience.card.state == "expired"
    again.audience.always = ALLOW
    assert await again.say("install hello", "the-prompt") == "end_turn"
    assert [card.state for card in again.audience.plans.values()] == ["expired", "done"]
    assert len(host.ran) == 1


async def test_an_orderly_stop_lets_the_running_step_end(running: Talk, host: FakeHost) -> None:
    stopping = asyncio.get_running_loop().create_task(running.assistant.stop(5))
    await asyncio.sleep(0)
    assert host.gate is not None
    host.gate.set()
    await stopping
    assert [one.attribute for one in host.contents()] == ["hello"]
    assert running.audience.card.state == "done"


async def test_an_orderly_stop_stops_a_step_that_does_not_end(running: Talk, host: FakeHost) -> None:
    await running.assistant.stop(0.01)
    assert running.audience.card.state == "stopped"
    assert host.contents() == ()
