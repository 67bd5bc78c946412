"""From words to a changed computer: shown, asked, run, written down."""

import asyncio
from pathlib import Path

import pytest

from fake_host import FakeHost, with_version
from nixforhumanity.assistant.actions import InstallPackage, RemovePackage, hash_actions
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import AgentMessageChunk, PlanUpdate, ToolCall, ToolCallUpdate
from talking import ALLOW, REJECT, Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    return await begin_talk(folder, host, finder)


def installed(host: FakeHost) -> list[str]:
    return [one.attribute for one in host.contents()]


async def test_install_shows_a_card_asks_once_and_runs_when_allowed(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    card = talk.audience.card
    assert card.state == "waiting"
    assert "GNU Hello" in card.title
    assert card.hash == hash_actions([InstallPackage(attribute="hello")])
    assert card.steps[0].command == "nix profile install 'nixpkgs#hello'"
    assert card.undoable
    assert host.ran == []
    talk.audience.held[0].set_result(ALLOW)
    assert await turn == "end_turn"
    assert installed(host) == ["hello"]
    assert talk.audience.states == ["waiting", "running", "done"]
    assert talk.audience.card.can_undo_now
    assert len(talk.audience.asked) == 1


async def test_the_journal_has_the_change_with_both_generations(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    newest, first = talk.parts.journal.entries(10)
    assert (first.state, first.generation_before, first.generation_after) == ("done", None, 1)
    assert (newest.state, newest.generation_before, newest.generation_after) == ("done", 1, 2)
    assert newest.actions == (InstallPackage(attribute="htop"),)
    assert [(one.name, one.before, one.after) for one in newest.packages] == [("htop", None, "3.4.1")]


async def test_declined_changes_nothing_and_writes_no_entry(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = REJECT
    assert await talk.say("install hello") == "end_turn"
    assert host.ran == []
    assert talk.audience.states == ["waiting", "declined"]
    assert talk.parts.journal.entries(10) == []


async def test_a_typed_yes_allows_the_plan_that_waits(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    await talk.say("yes")
    assert await turn == "end_turn"
    assert installed(host) == ["hello"]
    assert talk.audience.withdrawn == 1


async def test_a_typed_no_declines_it(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    await talk.say("no thanks")
    await turn
    assert host.ran == []


async def test_a_yes_without_a_question_does_nothing(talk: Talk, host: FakeHost) -> None:
    await talk.say("yes")
    assert host.ran == []
    assert talk.audience.asked == []


async def test_installing_what_is_there_needs_no_plan(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install hello")
    assert len(talk.audience.plans) == 1
    assert "installed already" in talk.audience.text


async def test_several_programs_are_several_plans_in_order(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello, vlc and htop")
    assert [type(one) for one in host.ran] == [InstallPackage] * 3
    assert installed(host) == ["hello", "vlc", "htop"]
    assert len(talk.audience.asked) == 3


async def test_a_failing_step_is_told_and_the_rest_is_not_begun(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    host.fail_next("error: builder for hello failed")
    await talk.say("install hello and vlc")
    assert talk.audience.states == ["waiting", "running", "failed"]
    assert "Nothing was changed." in talk.audience.card.state_text
    assert not talk.audience.card.can_undo_now
    assert len(host.ran) == 1
    assert talk.parts.journal.entries(1)[0].state == "failed"


async def test_what_cannot_be_done_is_said_without_a_card(talk: Talk, host: FakeHost) -> None:
    await talk.say("install spotify")
    assert talk.audience.plans == {}
    assert any((one.meta or {}).get(cards.MESSAGE_KIND) == "error" for one in talk.audience.updates)
    assert host.ran == []


async def test_stop_while_running_ends_the_step_and_tells_the_truth(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    host.gate = asyncio.Event()
    turn = talk.begin("install hello")
    await host.started.wait()
    await talk.say("stop")
    assert await turn == "cancelled"
    assert installed(host) == []
    assert talk.audience.card.state == "stopped"
    assert "Nothing was changed" in talk.audience.card.state_text
    assert talk.parts.journal.entries(1)[0].state == "stopped"
    assert talk.parts.journal.running() == []


async def test_cancel_of_the_wire_before_the_answer_changes_nothing(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    talk.assistant.cancel(talk.session_id)
    assert await turn == "cancelled"
    assert host.ran == []
    assert talk.audience.card.state == "declined"


async def test_remove_and_undo_brings_back_the_same_generation(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("remove hello")
    assert installed(host) == []
    await talk.say("undo")
    assert installed(host) == ["hello"]
    assert host.current == 1
    states = [entry.state for entry in talk.parts.journal.entries(10)]
    assert states == ["done", "undone", "done"]


async def test_undo_keeps_what_came_after(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    first = talk.parts.journal.entries(10)[-1].id
    await talk.assistant.undo(talk.audience, cards.UndoRequest(session_id=talk.session_id, entry_id=first))
    await talk.until(lambda: isinstance(host.ran[-1], RemovePackage) and not talk.assistant.busy)
    assert installed(host) == ["htop"]
    assert talk.parts.journal.entry(first).state == "undone"


async def test_undo_twice_takes_back_two_changes_and_undo_can_be_undone(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    await talk.say("undo")
    assert installed(host) == ["hello"]
    await talk.say("undo")
    assert installed(host) == []
    last_undo = talk.parts.journal.entries(1)[0].id
    await talk.assistant.undo(
        talk.audience, cards.UndoRequest(session_id=talk.session_id, entry_id=last_undo)
    )
    await talk.until(lambda: installed(host) == ["hello"] and not talk.assistant.busy)
    entries = {entry.title: entry.state for entry in talk.parts.journal.entries(10)}
    assert entries["Install GNU Hello"] == "done"
    assert entries["Install htop"] == "undone"


async def test_undo_without_a_change_says_so(talk: Talk) -> None:
    await talk.say("undo")
    assert "nothing to undo" in talk.audience.text
    assert talk.audience.plans == {}


async def test_clean_up_asks_twice_and_a_yes_is_not_enough(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW, ALLOW, ALLOW]
    await talk.say("install hello")
    await talk.say("install htop")
    await talk.say("remove hello")
    turn = talk.begin("clean up old stuff")
    await talk.until(lambda: len(talk.audience.held) == 1)
    card = talk.audience.card
    assert card.final
    assert not card.undoable
    assert card.removals == ["profile-1-link", "profile-2-link"]
    assert "cannot be undone" in card.undo
    await talk.say("yes")
    assert len(host.generation_list) == 3, "a bare yes must not delete"
    await talk.say("yes, delete them")
    await talk.until(lambda: len(talk.audience.held) == 2)
    assert len(host.generation_list) == 1
    second = talk.audience.card
    assert second.final
    assert any("Frees" in cost for cost in second.costs)
    talk.audience.held[1].set_result(ALLOW)
    await turn
    assert "It freed" in talk.audience.card.state_text
    assert set(host.store) == {path for one in host.contents() for path in one.store_paths} | {
        host.generation_list[0].store_path
    }


async def test_what_was_deleted_cannot_be_undone(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    await talk.say("delete old generations")
    entry = talk.parts.journal.entries(1)[0]
    ran = list(host.ran)
    await talk.assistant.undo(talk.audience, cards.UndoRequest(session_id=talk.session_id, entry_id=entry.id))
    await talk.until(lambda: not talk.assistant.busy)
    assert host.ran == ran
    assert "cannot be brought back" in talk.audience.text


async def test_undo_never_reaches_a_deleted_generation(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    htop = talk.parts.journal.entries(1)[0].id
    await talk.say("delete old generations")
    await talk.assistant.undo(talk.audience, cards.UndoRequest(session_id=talk.session_id, entry_id=htop))
    await talk.until(lambda: not talk.assistant.busy)
    assert installed(host) == ["hello"], "htop is removed by the opposite action, hello stays"


async def test_undo_right_after_a_final_change_says_that_it_cannot(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    await talk.say("delete old generations")
    ran = list(host.ran)
    await talk.say("undo")
    assert "cannot be brought back" in talk.audience.text
    assert host.ran == ran


async def test_a_profile_that_changed_meanwhile_is_asked_about_again(talk: Talk, host: FakeHost) -> None:
    talk.audience.replies = [ALLOW]
    await talk.say("install hello")
    turn = talk.begin("remove hello")
    await talk.until(lambda: bool(talk.audience.held))
    # Someone else removes it, and adds another version, in a terminal.
    host._carry_out(RemovePackage(attribute="hello", element="hello"))
    with_version(host, "hello", "9.9")
    host._carry_out(InstallPackage(attribute="hello"))
    talk.audience.held[0].set_result(ALLOW)
    await talk.until(lambda: len(talk.audience.asked) == 3)
    assert talk.audience.card.warnings
    assert len(host.ran) == 1, "not run on the permission for what was shown before"
    talk.audience.held[1].set_result(REJECT)
    await turn
    assert installed(host) == ["hello"]


async def test_progress_of_a_step_is_sent_and_only_its_output_is_kept(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    sent = [one.meta for one in talk.audience.updates if isinstance(one, ToolCallUpdate) and one.meta]
    assert any(meta[cards.PROGRESS]["text"] for meta in sent if cards.PROGRESS in meta)
    assert any(meta[cards.OUTPUT] == ["running nix"] for meta in sent if cards.OUTPUT in meta)
    kept = talk.parts.sessions.updates(talk.session_id)
    metas = [one.meta for one in kept if isinstance(one, ToolCallUpdate) and one.meta]
    assert metas == [{cards.OUTPUT: ["done"]}], "the end of the output is kept, once"


async def test_a_replayed_session_shows_what_was_shown(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("what is a generation?")
    await talk.say("install hello")
    kept = talk.parts.sessions.updates(talk.session_id)
    said = [one.content.text for one in kept if isinstance(one, AgentMessageChunk)]
    assert "".join(said)
    assert [cards.plan_in(one.meta).state for one in kept if isinstance(one, PlanUpdate)] == ["done"]
    assert [one.title for one in kept if isinstance(one, ToolCall)] == ["Add GNU Hello to your profile"]
