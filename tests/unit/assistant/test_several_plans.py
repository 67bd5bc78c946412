"""A plan that waits while other things are said: what a yes or no means, and what becomes of older plans."""

import asyncio
from pathlib import Path

import pytest

from fake_host import FakeHost, with_version
from nixforhumanity.assistant.actions import DeleteGenerations, InstallPackage
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import LoadSessionRequest, Selected, ToolCall, ToolCallUpdate
from talking import ALLOW, REJECT, RecordingAudience, Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    return await begin_talk(folder, host, finder)


def installed(host: FakeHost) -> list[str]:
    return [one.attribute for one in host.contents()]


def last_statuses(talk: Talk) -> dict[str, str | None]:
    """What is kept of each step's status, as a window that loads the session sees it."""
    kept = talk.parts.sessions.updates(talk.session_id)
    steps = [one for one in kept if isinstance(one, ToolCall | ToolCallUpdate) and one.status]
    return {one.tool_call_id: one.status for one in steps}


async def waiting(talk: Talk, said: str, asked: int) -> "asyncio.Task[str]":
    turn = talk.begin(said)
    await talk.until(lambda: len(talk.audience.held) == asked)
    return turn


async def test_a_yes_after_another_question_is_asked_about_first(talk: Talk, host: FakeHost) -> None:
    turn = await waiting(talk, "install hello", 1)
    await talk.say("what is installed?")
    assert talk.audience.card.state == "waiting", "a question sets no plan aside"
    await talk.say("yes")
    assert host.ran == []
    assert "Do you mean: “Install GNU Hello”?" in talk.audience.text
    await talk.say("yes")
    await turn
    assert installed(host) == ["hello"]


async def test_a_yes_to_what_cannot_be_undone_is_asked_about_and_needs_its_words(
    talk: Talk, host: FakeHost
) -> None:
    talk.audience.replies = [ALLOW, ALLOW]
    await talk.say("install hello")
    await talk.say("install htop")
    turn = await waiting(talk, "delete old generations", 1)
    await talk.say("what is installed?")
    for words in ("yes, delete them", "yes"):
        await talk.say(words)
        assert not any(isinstance(one, DeleteGenerations) for one in host.ran)
    assert "Do you mean: “Delete one old state of your programs”?" in talk.audience.text
    await talk.say("yes, delete them")
    await turn
    assert len(host.generation_list) == 1


async def test_a_new_plan_sets_the_one_that_waits_aside(talk: Talk, host: FakeHost) -> None:
    first = await waiting(talk, "install hello", 1)
    second = await waiting(talk, "install htop", 2)
    assert await first == "end_turn"
    old, new = talk.audience.plans.values()
    assert (old.state, new.state) == ("declined", "waiting")
    assert "Set aside" in old.state_text
    assert "Ask again" in old.state_text
    assert talk.audience.withdrawn == 1
    await talk.say("yes")
    await second
    assert installed(host) == ["htop"]


async def test_the_rest_of_a_list_is_set_aside_with_it(talk: Talk, host: FakeHost) -> None:
    first = await waiting(talk, "install hello and vlc", 1)
    second = await waiting(talk, "install htop", 2)
    await first
    old, new = talk.audience.plans.values()
    assert "the rest of that list" in old.state_text
    assert new.state == "waiting", "the rest of the list must not set the new plan aside"
    await talk.say("yes")
    await second
    assert installed(host) == ["htop"]


async def test_a_list_goes_on_once_the_plan_that_came_between_is_answered(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW]
    host.gate = asyncio.Event()
    turn = talk.begin("install hello and vlc")
    await host.started.wait()
    between = await waiting(talk, "install htop", 1)
    host.gate.set()
    await talk.until(lambda: "hello" in installed(host))
    assert [card.state for card in talk.audience.plans.values()] == ["done", "waiting"]
    await talk.say("yes")
    await between
    await talk.until(lambda: len(talk.audience.held) == 2)
    assert "VLC" in talk.audience.card.title
    talk.audience.held[1].set_result(ALLOW)
    await turn
    assert installed(host) == ["hello", "htop", "vlc"]


async def test_undo_from_history_sets_the_plan_that_waits_aside(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW]
    await talk.say("install hello")
    turn = await waiting(talk, "install htop", 1)
    await talk.assistant.undo(talk.audience, cards.UndoRequest(session_id=talk.session_id))
    await talk.until(lambda: len(talk.audience.held) == 2)
    await turn
    assert [card.state for card in talk.audience.plans.values()] == ["done", "declined", "waiting"]
    await talk.say("yes")
    await talk.until(lambda: not talk.assistant.busy)
    assert installed(host) == []


@pytest.mark.parametrize("words", ["no", "not now", "no thanks"])
async def test_a_typed_no_is_answered(talk: Talk, host: FakeHost, words: str) -> None:
    turn = await waiting(talk, "install hello", 1)
    await talk.say("what is installed?")
    await talk.say(words)
    await turn
    assert host.ran == []
    assert "I do not do that: “Install GNU Hello”" in talk.audience.text
    assert talk.audience.card.state == "declined"


async def test_a_no_to_what_was_offered_since_does_not_decline_the_plan(talk: Talk, host: FakeHost) -> None:
    turn = await waiting(talk, "install hello", 1)
    await talk.say("install cowsaay")
    await talk.say("no")
    assert talk.audience.card.state == "waiting"
    assert "still waits" in talk.audience.text
    await talk.say("no")
    await turn
    assert talk.audience.card.state == "declined"


async def test_words_that_fit_another_deed_are_not_called_final(talk: Talk, host: FakeHost) -> None:
    turn = await waiting(talk, "install hello", 1)
    await talk.say("yes, remove it")
    assert host.ran == []
    assert "cannot be undone" not in talk.audience.text
    await talk.say("yes")
    await turn
    assert installed(host) == ["hello"]


async def test_a_window_that_comes_back_can_still_say_yes(talk: Talk, host: FakeHost) -> None:
    turn = await waiting(talk, "install hello", 1)
    talk.assistant.leave(talk.audience)
    back = RecordingAudience()
    request = LoadSessionRequest(session_id=talk.session_id, cwd="/", mcp_servers=[])
    await talk.assistant.load_session(back, request, replay=True)
    await talk.until(lambda: bool(back.held))
    assert back.card.state == "waiting"
    await talk.say("yes", audience=back)
    await turn
    assert installed(host) == ["hello"]


@pytest.mark.parametrize("answer", [ALLOW, REJECT])
async def test_the_card_ends_in_the_window_that_did_not_answer(
    talk: Talk, host: FakeHost, answer: Selected
) -> None:
    other = RecordingAudience()
    request = LoadSessionRequest(session_id=talk.session_id, cwd="/", mcp_servers=[])
    await talk.assistant.load_session(other, request, replay=False)
    turn = await waiting(talk, "install hello", 1)
    await talk.until(lambda: bool(other.held))
    other.held[0].set_result(answer)
    await turn
    assert talk.audience.withdrawn == 1
    assert talk.audience.card == other.card
    assert other.card.state == ("done" if answer is ALLOW else "declined")


async def test_steps_of_a_declined_plan_do_not_wait_for_ever(talk: Talk) -> None:
    talk.audience.always = REJECT
    await talk.say("install hello")
    assert set(last_statuses(talk).values()) == {"failed"}
    last = talk.parts.sessions.updates(talk.session_id)[-1]
    assert isinstance(last, ToolCallUpdate)
    assert (last.meta or {})[cards.NOT_RUN] is True
    assert "did not run" in str(last.content)


async def test_steps_after_the_one_that_failed_are_ended(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    await talk.say("install vlc")
    entry = talk.parts.journal.entries(1)[0]
    assert entry.actions == (InstallPackage(attribute="vlc"),)
    host.fail_next()
    await talk.say("remove vlc")
    assert "pending" not in last_statuses(talk).values()
    assert "in_progress" not in last_statuses(talk).values()


async def test_the_permission_says_what_comes_back_and_what_goes(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW, ALLOW]
    await talk.say("install hello")
    await talk.say("remove hello")
    turn = await waiting(talk, "go back", 1)
    request = talk.audience.asked[-1]
    assert "GNU Hello comes back." in talk.audience.card.sentence
    assert "GNU Hello comes back." in str(request.tool_call.content)
    talk.audience.held[0].set_result(REJECT)
    await turn
    turn = await waiting(talk, "undo", 2)
    assert "GNU Hello comes back." in talk.audience.card.sentence
    talk.audience.held[1].set_result(REJECT)
    await turn


async def test_going_back_over_versions_says_from_which_to_which(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW]
    await talk.say("install hello")
    with_version(host, "hello", "9.9")
    host._carry_out(InstallPackage(attribute="hello"))
    host._carry_out(InstallPackage(attribute="htop"))
    turn = await waiting(talk, "switch to generation 1", 1)
    assert "GNU Hello changes from 9.9 to 2.12.1." in talk.audience.card.sentence
    assert "htop goes away." in talk.audience.card.sentence
    talk.audience.held[0].set_result(REJECT)
    await turn


async def test_two_lists_that_wait_do_not_set_each_other_aside(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW, ALLOW]
    host.gate = asyncio.Event()
    first = talk.begin("install hello and vlc")
    await host.started.wait()
    second = talk.begin("install cowsay and htop")
    await talk.until(lambda: len(talk.audience.asked) == 2)
    host.gate.set()
    await talk.until(lambda: len(talk.audience.held) == 1 and len(host.ran) == 2)
    await talk.say("yes")
    await talk.until(lambda: len(talk.audience.held) == 2)
    assert [card.state for card in talk.audience.plans.values()] == ["done", "done", "done", "waiting"]
    await talk.say("yes")
    await talk.until(lambda: not talk.assistant.busy)
    await asyncio.gather(first, second)
    assert sorted(installed(host)) == ["cowsay", "hello", "htop", "vlc"]
