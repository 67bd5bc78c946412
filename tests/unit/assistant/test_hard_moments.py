"""Races, reused numbers, second stops, full disks: what must hold at the worst moment."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import (
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
)
from nixforhumanity.assistant.host import ActionPreview
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import Cancelled, NewSessionRequest
from talking import ALLOW, REJECT, RecordingAudience, Talk, begin_talk


class SlowHost(FakeHost):
    """Every reading call lets other tasks run first; previews wait for a gate, if there is one."""

    preview_gate: asyncio.Event | None = None

    async def generations(self):
        await asyncio.sleep(0)
        return await super().generations()

    async def preview(self, action) -> ActionPreview:
        await asyncio.sleep(0)
        if self.preview_gate is not None:
            await self.preview_gate.wait()
        return await super().preview(action)


@pytest.fixture
def host() -> SlowHost:
    return SlowHost()


@pytest.fixture
async def talk(folder: Path, host: SlowHost, finder: PackageIndex) -> Talk:
    return await begin_talk(folder, host, finder)


def installed(host: FakeHost) -> list[str]:
    return [one.attribute for one in host.contents()]


async def undo_entry(talk: Talk, entry_id: int) -> None:
    await talk.assistant.undo(talk.audience, cards.UndoRequest(session_id=talk.session_id, entry_id=entry_id))
    await talk.until(lambda: not talk.assistant.busy)


async def test_undo_is_not_fooled_by_a_number_that_is_used_again(talk: Talk, host: SlowHost) -> None:
    talk.audience.always = ALLOW
    for words in ("install hello", "install htop"):
        await talk.say(words)
    htop = talk.parts.journal.entries(1)[0].id
    for words in ("go back", "delete old generations", "install vlc"):
        await talk.say(words)
    assert host.current == 2, "the number of the deleted generation came back"
    await undo_entry(talk, htop)
    assert installed(host) == ["hello", "vlc"]


async def test_undoing_an_old_switch_does_not_lose_later_changes(talk: Talk, host: SlowHost) -> None:
    talk.audience.always = ALLOW
    for words in ("install hello", "install htop", "go back"):
        await talk.say(words)
    switch = talk.parts.journal.entries(1)[0].id
    await talk.say("install vlc")
    await undo_entry(talk, switch)
    assert installed(host) == ["hello", "vlc"]
    assert "would lose them" in talk.audience.text


async def test_a_final_plan_deletes_only_what_was_shown(talk: Talk, host: SlowHost) -> None:
    talk.audience.replies = [ALLOW, ALLOW]
    await talk.say("install hello")
    await talk.say("install htop")
    turn = talk.begin("delete old generations")
    await talk.until(lambda: bool(talk.audience.held))
    assert talk.audience.card.removals == ["profile-1-link"]
    host._carry_out(InstallPackage(attribute="vlc"))  # in a terminal: another generation becomes old
    host._carry_out(SwitchGeneration(generation=2))
    talk.audience.held[0].set_result(ALLOW)
    await talk.until(lambda: len(talk.audience.held) == 2)
    assert not any(isinstance(one, DeleteGenerations) for one in host.ran)
    assert talk.audience.card.warnings
    talk.audience.held[1].set_result(REJECT)
    await turn
    assert len(host.generation_list) == 3


async def test_a_final_plan_is_not_asked_about_before_it_is_known(talk: Talk, host: SlowHost) -> None:
    talk.audience.replies = [ALLOW, ALLOW]
    await talk.say("install hello")
    await talk.say("install htop")
    host.preview_gate = asyncio.Event()
    turn = talk.begin("delete old generations")
    done, _ = await asyncio.wait([turn], timeout=0.6)
    assert not done
    assert talk.audience.held == []
    host.preview_gate.set()
    await talk.until(lambda: bool(talk.audience.held))
    assert talk.audience.card.removals
    talk.audience.held[0].set_result(REJECT)
    await turn


async def test_other_plans_are_shown_before_their_costs_are_known(talk: Talk, host: SlowHost) -> None:
    host.preview_gate = asyncio.Event()
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    assert talk.audience.card.costs == ["Finding out what it costs …"]
    host.preview_gate.set()
    await talk.until(lambda: "Finding" not in talk.audience.card.costs[0])
    talk.audience.held[0].set_result(ALLOW)
    assert await turn == "end_turn"
    assert installed(host) == ["hello"]


async def test_a_turn_that_is_stopped_before_its_first_step_is_over(talk: Talk) -> None:
    turn = talk.begin("install hello", "early")
    await asyncio.sleep(0)
    talk.assistant.cancel(talk.session_id)
    assert await turn == "cancelled"
    assert not talk.assistant.busy
    assert talk.parts.sessions.prompt_reason("early", talk.session_id) == "cancelled"


async def test_a_second_stop_does_not_cut_off_the_truth_of_the_first(talk: Talk, host: SlowHost) -> None:
    talk.audience.always = ALLOW
    host.gate = asyncio.Event()
    turn = talk.begin("install hello")
    await host.started.wait()
    for _ in range(3):
        talk.assistant.cancel(talk.session_id)
        await asyncio.sleep(0)
    assert await turn == "cancelled"
    assert talk.audience.card.state == "stopped"
    assert talk.parts.journal.running() == []


async def test_a_stop_of_the_server_begins_nothing_new(talk: Talk, host: SlowHost) -> None:
    talk.audience.always = ALLOW
    host.gate = asyncio.Event()
    talk.begin("install hello, vlc and htop")
    await host.started.wait()
    stopping = asyncio.get_running_loop().create_task(talk.assistant.stop(5))
    await asyncio.sleep(0)
    host.gate.set()
    await stopping
    assert installed(host) == ["hello"]


async def test_a_stop_of_the_server_does_not_wait_for_an_unanswered_card(talk: Talk) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    async with asyncio.timeout(3):
        await talk.assistant.stop(60)
    assert await turn == "cancelled"


async def test_a_yes_from_where_the_plan_was_not_shown_is_no_yes(talk: Talk, host: SlowHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    stranger = RecordingAudience()
    await talk.say("yes", audience=stranger)
    assert host.ran == []
    talk.audience.held[0].set_result(REJECT)
    await turn


async def test_a_yes_that_names_another_deed_is_no_yes(talk: Talk, host: SlowHost) -> None:
    talk.audience.replies = [ALLOW]
    await talk.say("install hello")
    turn = talk.begin("remove hello")
    await talk.until(lambda: bool(talk.audience.held))
    await talk.say("yes, install it")
    assert installed(host) == ["hello"]
    await talk.say("yes, remove it")
    await turn
    assert installed(host) == []


async def test_a_client_that_cannot_ask_does_not_decline_for_the_window(talk: Talk, host: SlowHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    editor = RecordingAudience()
    await talk.say("what is a flake?", audience=editor)
    await talk.until(lambda: bool(editor.held))
    editor.held[0].set_result(Cancelled())
    done, _ = await asyncio.wait([turn], timeout=1.3)
    assert not done
    talk.audience.held[0].set_result(ALLOW)
    await turn
    assert installed(host) == ["hello"]


async def test_others_need_not_wait_while_a_person_is_asked_again(talk: Talk, host: SlowHost) -> None:
    talk.audience.replies = [ALLOW]
    await talk.say("install hello")
    turn = talk.begin("remove hello")
    await talk.until(lambda: bool(talk.audience.held))
    host._carry_out(RemovePackage(attribute="hello", element="hello"))
    host._carry_out(InstallPackage(attribute="cowsay"))
    host._carry_out(InstallPackage(attribute="hello"))
    host.packages.pop("hello")
    talk.audience.held[0].set_result(ALLOW)
    other = RecordingAudience(always=ALLOW)
    session = await talk.assistant.new_session(other, NewSessionRequest(cwd="/", mcp_servers=[]))
    async with asyncio.timeout(5):
        await Talk(talk.assistant, talk.parts, session.session_id, other).say("install htop")
    assert "htop" in installed(host)
    talk.assistant.cancel(talk.session_id)
    await turn


async def test_a_full_disk_for_what_is_shown_does_not_break_what_is_done(
    talk: Talk, host: SlowHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.audience.always = ALLOW

    def full(*_args: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    await host.generations()
    monkeypatch.setattr(talk.parts.sessions, "record", full)
    await talk.say("install hello")
    assert installed(host) == ["hello"]
    assert talk.parts.journal.entries(1)[0].state == "done"
    assert talk.audience.card.state == "done"


async def test_a_card_is_closed_when_something_breaks_after_it_was_shown(talk: Talk, host: SlowHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    host.reading_error = UserError("nix-broken", detail="exit status 1")
    talk.audience.held[0].set_result(ALLOW)
    await turn
    assert talk.audience.card.state == "failed"


async def test_a_clean_up_that_fails_half_way_does_not_say_that_nothing_was_changed(
    talk: Talk, host: SlowHost
) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    host.fail_next("error: disk is read-only")
    await talk.say("delete old generations")
    assert talk.audience.card.state == "failed"
    assert "Nothing was changed" not in talk.audience.card.state_text


async def test_what_was_undone_loses_its_undo_button(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("undo")
    first, second = talk.audience.plans.values()
    assert not first.can_undo_now
    assert second.can_undo_now


async def test_undo_goes_on_to_the_change_that_can_still_be_undone(talk: Talk, host: SlowHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("install htop")
    host._carry_out(RemovePackage(attribute="htop", element="htop"))  # in a terminal
    await talk.say("undo")
    assert installed(host) == []


async def test_undoing_an_undo_is_called_doing_it_again(talk: Talk, host: SlowHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    await talk.say("undo")
    await undo_entry(talk, talk.parts.journal.entries(1)[0].id)
    assert talk.audience.card.title == "Do again: Install GNU Hello"
    assert installed(host) == ["hello"]
