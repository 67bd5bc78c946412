"""The server ends at a bad moment: afterwards the truth is told, and nothing is done twice."""

import asyncio
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import InstallPackage
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol.messages import ToolCall, ToolCallUpdate
from talking import ALLOW, Talk, begin_talk, reopen


def last_spoken(talk: Talk) -> str:
    """When the person said something the last time, as the list of conversations is ordered by it."""
    record = talk.parts.sessions.session(talk.session_id)
    assert record is not None
    return record.updated_at


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
    assert [card.state for card in again.audience.plans.values()] == ["done"]  # in its old place
    assert len(host.ran) == 1


async def test_a_card_that_waited_at_an_orderly_stop_is_asked_again_when_its_words_come_again(
    folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    talk = await begin_talk(folder, host, finder)
    turn = talk.begin("install hello", "the-prompt")
    await talk.until(lambda: bool(talk.audience.held))
    await talk.assistant.stop(60)
    assert not turn.done()  # no answer: whoever said it says it again
    turn.cancel()
    again = await reopen(talk, folder, host, finder)
    again.audience.always = ALLOW
    assert await again.say("install hello", "the-prompt") == "end_turn"
    assert [card.state for card in again.audience.plans.values()] == ["done"]
    assert len(host.ran) == 1


async def test_words_that_come_while_the_server_stops_are_not_answered_by_it(
    folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    talk = await begin_talk(folder, host, finder)
    await talk.assistant.stop(1)
    turn = talk.begin("install hello", "the-prompt")
    done, _ = await asyncio.wait([turn], timeout=0.05)
    assert not done
    turn.cancel()


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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_what_is_taken_up_again_after_a_restart_says_why(
    folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    talk = await begin_talk(folder, host, finder)
    talk.begin("install hello", "the-prompt")
    await talk.until(lambda: bool(talk.audience.held))
    assert "restarted" not in talk.audience.text
    before = last_spoken(talk)
    await killed(talk)
    again = await reopen(talk, folder, host, finder)
    assert last_statuses(again) == {"failed"}
    turn = again.begin("install hello", "the-prompt")
    await again.until(lambda: bool(again.audience.held))
    assert "Before the assistant was restarted you asked for this: “install hello”" in again.audience.text
    assert again.audience.card.state == "waiting"
    assert last_statuses(again) == {"pending"}
    assert last_spoken(again) == before  # nobody has said anything new: it keeps its place in the list
    await again.say("yes")
    await turn
    assert last_spoken(again) > before
    assert last_statuses(again) == {"completed"}
    assert len(host.ran) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("finished", "status"), [(False, "failed"), (True, "completed")])
async def test_a_step_that_was_cut_off_is_not_shown_as_running_for_ever(
    running: Talk, folder: Path, host: FakeHost, finder: PackageIndex, finished: bool, status: str
) -> None:
    await killed(running)
    if finished:
        host._carry_out(InstallPackage(attribute="hello"))
    again = await reopen(running, folder, host, finder)
    assert last_statuses(again) == {status}


def last_statuses(talk: Talk) -> set[str]:
    """The last status of each step, as a window that loads the session sees it."""
    kept = talk.parts.sessions.updates(talk.session_id)
    steps = [one for one in kept if isinstance(one, ToolCall | ToolCallUpdate) and one.status]
    return set({one.tool_call_id: str(one.status) for one in steps}.values())
