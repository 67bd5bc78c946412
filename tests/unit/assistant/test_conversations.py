"""Answers, choices, sessions and clients that come and go."""

import asyncio
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.host import HostKind
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    Cancelled,
    DeleteSessionRequest,
    ListSessionsRequest,
    LoadSessionRequest,
    NewSessionRequest,
    SetConfigOptionRequest,
    SetModeRequest,
    UserMessageChunk,
)
from talking import ALLOW, RecordingAudience, Talk, begin_talk, reopen


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    return await begin_talk(folder, host, finder)


async def load(talk: Talk, *, replay: bool = True) -> RecordingAudience:
    audience = RecordingAudience()
    request = LoadSessionRequest(session_id=talk.session_id, cwd="/", mcp_servers=[])
    await talk.assistant.load_session(audience, request, replay=replay)
    return audience


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("hi", "find programs"),
        ("help", "Install hello"),
        ("what is a generation?", "photo"),
        ("what is the meaning of life", "did not find anything that I can do"),
        ("what is installed?", "not installed any programs"),
        ("list generations", "no saved states of your programs yet"),
        ("what changed since yesterday?", "Nothing has been installed with Nix yet"),
        ("go back", "no earlier state"),
        ("what uses my disk?", "Nix has stored nothing yet"),
        ("clean up old stuff", "nothing to clean up"),
        ("remove hello", "not among your programs"),
        ("stop", "Nothing is running"),
        ("thank you", "welcome"),
        ("show me the command", "not run any command"),
        ("switch to generation 7", "no saved state"),
        ("try cowsay without installing", "is running"),
        ("😀", "did not find anything"),
    ],
)
async def test_answers_on_an_empty_system(talk: Talk, host: FakeHost, said: str, expected: str) -> None:
    assert await talk.say(said) == "end_turn"
    assert expected in talk.audience.text
    assert host.ran == []


async def test_suggestions_can_be_pressed(talk: Talk) -> None:
    """Whatever a button says is understood, and what it leads to has an answer."""
    await talk.say("hi")
    seen: set[str] = set()
    waiting = list(talk.audience.suggestions)
    while waiting and len(seen) < 60:
        prompt = waiting.pop()
        if prompt in seen or prompt.startswith(("Install", "Remove")):
            continue
        seen.add(prompt)
        before = len(talk.audience.text)
        await talk.say(prompt)
        assert "did not find anything that I can do" not in talk.audience.text[before:], prompt
        waiting += talk.audience.suggestions
    assert len(seen) >= 8


async def test_a_program_is_picked_from_what_was_found_by_number(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("find me a program to watch films")
    assert "VLC" in talk.audience.text
    await talk.say("1")
    assert [one.attribute for one in host.contents()] == ["vlc"]


async def test_a_number_means_nothing_once_something_else_was_said(talk: Talk, host: FakeHost) -> None:
    await talk.say("find me a program to watch films")
    await talk.say("hi")
    await talk.say("1")
    assert talk.audience.asked == []


async def test_a_slip_is_asked_about_and_not_acted_on(talk: Talk, host: FakeHost) -> None:
    await talk.say("install cowsaay")
    assert "cowsay" in talk.audience.suggestions
    assert talk.audience.asked == []


async def test_more_and_simpler_change_the_depth(talk: Talk) -> None:
    await talk.say("what is a generation?")
    await talk.say("more detail")
    assert "numbered generation" in talk.audience.text
    await talk.say("more")
    assert "symlink" in talk.audience.text


async def test_text_from_outside_cannot_become_markup(talk: Talk) -> None:
    await talk.say("search for **bold** [link](http://example.org) `code`")
    assert "](http" not in talk.audience.text.replace("\\]", "")


async def test_every_window_of_a_session_sees_everything(talk: Talk) -> None:
    second = await load(talk)
    await talk.say("hi")
    assert second.text == talk.audience.text
    assert any(isinstance(one, UserMessageChunk) for one in second.updates)


async def test_a_window_that_left_hears_nothing_more(talk: Talk) -> None:
    second = await load(talk)
    talk.assistant.leave(second)
    heard = len(second.updates)
    await talk.say("hi")
    assert len(second.updates) == heard


async def test_two_windows_are_asked_and_the_first_answer_counts(talk: Talk, host: FakeHost) -> None:
    second = await load(talk)
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(second.held) and bool(talk.audience.held))
    second.held[0].set_result(ALLOW)
    await turn
    assert [one.attribute for one in host.contents()] == ["hello"]
    assert talk.audience.withdrawn == 1


async def test_a_question_outlives_the_client_that_was_asked(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    talk.audience.held[0].set_result(Cancelled())
    talk.assistant.leave(talk.audience)
    back = await load(talk)
    await talk.until(lambda: bool(back.held))
    back.held[0].set_result(ALLOW)
    assert await turn == "end_turn"
    assert [one.attribute for one in host.contents()] == ["hello"]


async def test_a_client_that_stays_and_answers_cancelled_has_declined(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    talk.audience.held[0].set_result(Cancelled())
    assert await turn == "end_turn"
    assert host.ran == []


async def test_one_change_at_a_time_over_two_conversations(talk: Talk, host: FakeHost) -> None:
    other_audience = RecordingAudience(always=ALLOW)
    session = await talk.assistant.new_session(other_audience, NewSessionRequest(cwd="/", mcp_servers=[]))
    other = Talk(talk.assistant, talk.parts, session.session_id, other_audience)
    talk.audience.always = ALLOW
    host.gate = asyncio.Event()
    first = talk.begin("install hello")
    await host.started.wait()
    second = other.begin("install htop")
    await talk.until(lambda: other_audience.states[-1:] == ["queued"])
    assert "Another change is running" in other_audience.card.state_text
    assert len(host.ran) == 1
    host.gate.set()
    await asyncio.gather(first, second)
    assert sorted(one.attribute for one in host.contents()) == ["hello", "htop"]
    assert other_audience.states == ["waiting", "queued", "running", "done"]


async def test_a_prompt_sent_twice_is_done_once(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello", "the-same-id")
    await talk.say("remove hello", "another-id")
    assert await talk.say("install hello", "the-same-id") == "end_turn"
    assert host.contents() == ()
    assert len(host.ran) == 2


async def test_a_prompt_sent_again_while_it_runs_is_joined(talk: Talk, host: FakeHost) -> None:
    first = talk.begin("install hello", "the-same-id")
    await talk.until(lambda: bool(talk.audience.held))
    second = talk.begin("install hello", "the-same-id")
    await asyncio.sleep(0)
    talk.audience.held[0].set_result(ALLOW)
    assert await asyncio.gather(first, second) == ["end_turn", "end_turn"]
    assert len(host.ran) == 1


async def test_sessions_are_listed_newest_first_and_deleted(talk: Talk) -> None:
    await talk.say("hi, this is the first")
    second = await begin_second(talk)
    await second.say("hello from the second")
    listed = await talk.assistant.list_sessions(ListSessionsRequest())
    assert [one.title for one in listed.sessions] == ["hello from the second", "hi, this is the first"]
    await talk.assistant.delete_session(DeleteSessionRequest(session_id=second.session_id))
    listed = await talk.assistant.list_sessions(ListSessionsRequest())
    assert [one.session_id for one in listed.sessions] == [talk.session_id]
    with pytest.raises(UserError):
        await second.say("hi")


async def begin_second(talk: Talk) -> Talk:
    audience = RecordingAudience()
    session = await talk.assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
    return Talk(talk.assistant, talk.parts, session.session_id, audience)


async def test_more_sessions_than_a_page_are_all_listed(talk: Talk) -> None:
    for _ in range(60):
        await (await begin_second(talk)).say("hi")
    first = await talk.assistant.list_sessions(ListSessionsRequest())
    rest = await talk.assistant.list_sessions(ListSessionsRequest(cursor=first.next_cursor))
    assert len({one.session_id for one in [*first.sessions, *rest.sessions]}) == 60
    assert rest.next_cursor is None


@pytest.mark.parametrize("cursor", ["-1", "x", "1" * 50, "٣"])
async def test_a_bad_cursor_is_refused(talk: Talk, cursor: str) -> None:
    with pytest.raises(UserError, match="bad-cursor"):
        await talk.assistant.list_sessions(ListSessionsRequest(cursor=cursor))


async def test_the_level_is_changed_by_words_by_mode_and_by_option(talk: Talk) -> None:
    await talk.say("switch to expert mode")
    assert talk.parts.sessions.session(talk.session_id).level == "expert"
    await talk.assistant.set_mode(SetModeRequest(session_id=talk.session_id, mode_id="beginner"))
    assert talk.parts.sessions.session(talk.session_id).level == "beginner"
    answer = await talk.assistant.set_config_option(
        SetConfigOptionRequest(session_id=talk.session_id, config_id="level", value="intermediate")
    )
    assert answer.config_options[0].current_value == "intermediate"
    with pytest.raises(UserError, match="bad-option"):
        await talk.assistant.set_mode(SetModeRequest(session_id=talk.session_id, mode_id="wizard"))


async def test_the_plan_is_the_same_at_every_level(folder: Path, finder: PackageIndex) -> None:
    found = set()
    for level in ("beginner", "intermediate", "expert"):
        talk = await begin_talk(folder / level, FakeHost(), finder, replies=[ALLOW], level=level)
        await talk.say("install hello")
        card = talk.audience.card
        found.add((card.hash, card.steps[0].command, card.title, tuple(card.costs)))
    assert len(found) == 1


async def test_a_computer_without_nix_explains_and_says_what_needs_nix(
    folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    host.kind = HostKind.NO_NIX
    talk = await begin_talk(folder, host, finder)
    await talk.say("install hello")
    assert "need Nix" in talk.audience.text
    await talk.say("what is a generation?")
    assert "photo" in talk.audience.text
    await talk.say("find me a program to watch films")
    assert "VLC" in talk.audience.text


async def test_a_broken_nix_is_told(talk: Talk, host: FakeHost) -> None:
    host.reading_error = UserError("nix-broken", detail="exit status 1")
    await talk.say("what is installed?")
    assert any((one.meta or {}).get(cards.MESSAGE_KIND) == "error" for one in talk.audience.updates)


async def test_a_bug_is_told_with_a_number_and_logged(
    talk: Talk, host: FakeHost, caplog: pytest.LogCaptureFixture
) -> None:
    host.reading_error = ZeroDivisionError("a bug")  # type: ignore[assignment]
    assert await talk.say("what is installed?") == "end_turn"
    assert "under the number" in talk.audience.text
    assert "a bug" in caplog.text


async def test_host_and_journal_of_the_wire(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    host = await talk.assistant.host()
    assert host.installed == 1
    assert host.sentences
    journal = await talk.assistant.journal(cards.JournalRequest())
    assert [entry.can_undo for entry in journal.entries] == [True]
    assert [one.number for one in journal.generations] == [1]
    assert [change.name for change in journal.generations[0].packages] == ["GNU Hello"]


async def test_a_restart_keeps_the_conversation(
    talk: Talk, folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    said = talk.audience.text
    await talk.assistant.stop(1)
    again = await reopen(talk, folder, host, finder)
    assert again.audience.text == said
    assert again.audience.card.state == "done"
    await again.say("hi")
