"""What is kept: prompts of each session, numbers out of range, sessions without words, busy files."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import InstallPackage
from nixforhumanity.assistant.host import InstalledPackage
from nixforhumanity.assistant.session_store import Claim, SessionRecord, SessionStore, iso
from nixforhumanity.assistant.skills.packages import find_installed, maybe_installed
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    ListSessionsRequest,
    LoadSessionRequest,
    NewSessionRequest,
    SetConfigOptionRequest,
)
from talking import ALLOW, RecordingAudience, Talk, begin_talk, reopen


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    return await begin_talk(folder, host, finder)


async def another(talk: Talk) -> Talk:
    audience = RecordingAudience(always=ALLOW)
    session = await talk.assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
    return Talk(talk.assistant, talk.parts, session.session_id, audience)


def installed(host: FakeHost) -> list[str]:
    return [one.attribute for one in host.contents()]


async def test_the_same_id_in_another_session_is_another_prompt(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    other = await another(talk)
    await talk.say("install hello", "1")
    assert await other.say("install htop", "1") == "end_turn"
    assert installed(host) == ["hello", "htop"]
    plans = {*talk.audience.plans, *other.audience.plans}
    assert len(plans) == 2, "the plans of two sessions are two in the journal too"


def test_prompts_from_before_sessions_had_their_own_are_still_known(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    old = sqlite3.connect(path)
    old.executescript(
        """
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
            level TEXT NOT NULL, language TEXT NOT NULL, cwd TEXT NOT NULL);
        CREATE TABLE updates (
            number INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            key TEXT, payload BLOB NOT NULL, UNIQUE (session_id, key));
        CREATE TABLE prompts (
            id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', changed INTEGER NOT NULL DEFAULT 0);
        INSERT INTO sessions VALUES ('s', 't', '', '', 'beginner', 'en', '/');
        INSERT INTO prompts VALUES ('p', 's', 'ended', 'end_turn', 1);
        PRAGMA user_version = 1;
        """
    )
    old.close()
    store = SessionStore(path)
    assert store.prompt_reason("p", "s") == "end_turn"
    assert store.claim_prompt("p", "s") is Claim.TAKEN
    store.delete("s")
    assert store.prompt_reason("p", "s") == "cancelled", "deleted with its session"
    store.close()


@pytest.mark.parametrize("number", [2**63, 2**64 + 5, -1, 0, 10**6])
async def test_an_entry_that_cannot_exist_is_not_found(talk: Talk, number: int) -> None:
    with pytest.raises(UserError, match="no-such-entry"):
        await talk.assistant.undo(
            talk.audience, cards.UndoRequest(session_id=talk.session_id, entry_id=number)
        )


@pytest.mark.parametrize(("before", "found"), [(2**63, 1), (2**70, 1), (-(2**70), 0), (1, 0)])
async def test_the_journal_can_be_read_from_any_number(talk: Talk, before: int, found: int) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    response = await talk.assistant.journal(cards.JournalRequest(before=before))
    assert len(response.entries) == found


async def test_a_session_that_only_took_something_back_is_listed(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    other = await another(talk)
    entry = talk.parts.journal.entries(1)[0]
    await other.assistant.undo(
        other.audience, cards.UndoRequest(session_id=other.session_id, entry_id=entry.id)
    )
    await talk.until(lambda: not talk.assistant.busy)
    assert installed(host) == []
    listed = await talk.assistant.list_sessions(ListSessionsRequest())
    titles = {one.session_id: one.title for one in listed.sessions}
    assert titles[other.session_id] == "Undo: Install GNU Hello"


async def test_sessions_without_a_word_are_deleted_at_the_start_once_they_are_old(
    talk: Talk, folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    long_ago = iso(datetime.now(UTC) - timedelta(days=30))
    empty = SessionRecord("empty", "", long_ago, "beginner", "en", "/")
    for record in (empty, replace(empty, id="named", title="something")):
        talk.parts.sessions.create(record)
    await talk.assistant.stop(1)
    again = await reopen(talk, folder, host, finder)  # its own session is empty, and new
    sessions = again.parts.sessions
    assert sessions.session("empty") is None
    assert sessions.session("named") is not None
    assert sessions.session(talk.session_id) is not None


async def test_conversations_that_nobody_has_open_are_let_go_of(talk: Talk) -> None:
    others = [await another(talk) for _ in range(40)]
    for other in others:
        talk.assistant.leave(other.audience)
    assert len(talk.assistant._open) < 20
    assert talk.session_id in talk.assistant._open, "somebody has this one open"
    back = RecordingAudience()
    request = LoadSessionRequest(session_id=others[0].session_id, cwd="/", mcp_servers=[])
    await talk.assistant.load_session(back, request, replay=True)
    assert await talk.say("hi", audience=back) == "end_turn"


async def test_a_conversation_in_which_something_waits_is_not_let_go_of(talk: Talk, host: FakeHost) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.held))
    talk.assistant.leave(talk.audience)
    for _ in range(40):
        talk.assistant.leave((await another(talk)).audience)
    back = RecordingAudience(always=ALLOW)
    request = LoadSessionRequest(session_id=talk.session_id, cwd="/", mcp_servers=[])
    await talk.assistant.load_session(back, request, replay=True)
    await turn
    assert installed(host) == ["hello"]


async def test_a_removal_is_taken_back_with_all_outputs(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    host.outputs["hello"] = ("man", "info")
    await talk.say("install hello")
    before = host.contents()[0].store_paths
    assert len(before) == 3
    await talk.say("remove hello")
    entry = talk.parts.journal.entries(1)[0]
    await talk.say("install htop")
    request = cards.UndoRequest(session_id=talk.session_id, entry_id=entry.id)
    await talk.assistant.undo(talk.audience, request)
    await talk.until(lambda: not talk.assistant.busy)
    assert {one.attribute: one.store_paths for one in host.contents()}["hello"] == before


@pytest.mark.parametrize(
    ("store_path", "others"),
    [(None, ("/nix/store/" + "0" * 32 + "-a",)), ("/nix/store/" + "0" * 32 + "-a", ("/etc/passwd",))],
)
def test_outputs_are_checked_like_the_build(store_path: str | None, others: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="bad-value"):
        InstallPackage(attribute="a", store_path=store_path, other_outputs=others).validate()


def package(attribute: str, element: str) -> InstalledPackage:
    return InstalledPackage(attribute, element, "1", ())


def test_an_installed_package_is_known_by_its_attribute_first() -> None:
    numpy, other = package("python3Packages.numpy", "numpy"), package("numpy", "numpy-1")
    assert find_installed([numpy, other], "numpy") is other
    assert find_installed([other, numpy], "python3Packages.numpy") is numpy
    assert find_installed([other], "python3Packages.numpy") is other
    assert find_installed([numpy], "hello") is None


def test_two_that_are_called_alike_are_not_guessed_between() -> None:
    both = [package("python3Packages.six", "six"), package("python2Packages.six", "six")]
    assert find_installed(both, "six") is None
    assert maybe_installed(both, "six") == both


async def test_which_of_two_is_to_be_removed_is_asked(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install htop")
    (one,) = host.contents()
    host._new_generation(
        (replace(one, attribute="setA.hello", element="hello"),
         replace(one, attribute="setB.hello", element="hello-1"), )
    )  # fmt: skip
    host._new_generation((*host.contents()[:1], replace(host.contents()[1], element="hello")))
    await talk.say("remove hello")
    assert "more than one program" in talk.audience.text
    assert talk.audience.suggestions[:2] == ["setA.hello", "setB.hello"]
    assert len(host.contents()) == 2


async def test_a_journal_that_another_process_writes_is_waited_for_beside_everything_else(
    talk: Talk, host: FakeHost
) -> None:
    talk.audience.always = ALLOW
    other = sqlite3.connect(talk.parts.journal.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    loop = asyncio.get_running_loop()
    longest, running = 0.0, True

    async def watch() -> None:
        nonlocal longest
        while running:
            began = loop.time()
            await asyncio.sleep(0.01)
            longest = max(longest, loop.time() - began)

    watching = asyncio.create_task(watch())
    loop.call_later(1.0, other.execute, "COMMIT")
    await talk.say("install hello")
    running = False
    await watching
    other.close()
    assert installed(host) == ["hello"]
    assert talk.parts.journal.entries(1)[0].state == "done"
    assert longest < 0.9, "nothing else could go on"


async def test_a_language_without_words_is_not_offered(talk: Talk) -> None:
    answer = await talk.assistant.set_config_option(
        SetConfigOptionRequest(session_id=talk.session_id, config_id="level", value="expert")
    )
    assert [option.id for option in answer.config_options] == ["level"]
    with pytest.raises(UserError, match="bad-option"):
        await talk.assistant.set_config_option(
            SetConfigOptionRequest(session_id=talk.session_id, config_id="language", value="de")
        )
