"""A full disk, a disk that can only be read: what is said, what is done, and what is not."""

import sqlite3
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex
from talking import ALLOW, Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    talk = await begin_talk(folder, host, finder)
    talk.audience.always = ALLOW
    return talk


def fill_up(database: sqlite3.Connection) -> None:
    """Let SQLite itself find no more room: what it raises is what it raises on a full disk."""
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        database.execute("CREATE TABLE filler AS SELECT randomblob(1000000) AS junk")


def journal_of(talk: Talk) -> sqlite3.Connection:
    return talk.parts.journal._database


def sessions_of(talk: Talk) -> sqlite3.Connection:
    return talk.parts.sessions._database


def full_journal(talk: Talk) -> None:
    """Let not even one more entry fit."""
    database = journal_of(talk)
    fill_up(database)
    try:
        for number in range(10_000):
            database.execute(
                "INSERT INTO entries (session_id, plan_id, request, title, at, state, profile, actions,"
                " commands, elements_before) VALUES ('', ?, '', '', '', 'failed', '', '[]', '[]', '[]')",
                (f"filler-{number}",),
            )
    except sqlite3.OperationalError:
        return
    raise AssertionError("the journal never became full")


async def test_a_full_disk_is_called_a_full_disk_and_nothing_is_changed(talk: Talk, host: FakeHost) -> None:
    full_journal(talk)
    await talk.say("install hello")
    assert host.ran == []
    card = talk.audience.card
    assert card.state == "failed"
    assert "The disk is full" in card.state_text
    assert "Nothing was changed" in card.state_text
    assert "clean up" in card.state_text
    assert "inside this program" not in talk.audience.text + card.state_text


async def test_a_clean_up_runs_although_its_entry_finds_no_room(talk: Talk, host: FakeHost) -> None:
    for words in ("install hello", "install htop"):
        await talk.say(words)
    full_journal(talk)
    await talk.say("delete old generations")
    card = talk.audience.card
    assert card.state == "done", card.state_text
    assert len(host.generation_list) == 1
    assert "journal" in card.state_text, "that it is not written down is said"


async def test_a_clean_up_that_made_room_is_written_down_afterwards(talk: Talk, host: FakeHost) -> None:
    for words in ("install hello", "install htop"):
        await talk.say(words)
    full_journal(talk)
    turn = talk.begin("delete old generations")
    await talk.until(host.started.is_set)
    journal_of(talk).execute("PRAGMA max_page_count = 1000000")
    await turn
    assert talk.audience.card.state == "done"
    assert talk.parts.journal.entries(1)[0].request in ("delete_generations", "garbage_collect")
    assert "journal" not in talk.audience.card.state_text


async def test_a_change_whose_end_cannot_be_written_down_is_still_told_truly(
    talk: Talk, host: FakeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = talk.parts.journal.begin

    def begin_then_full(new):
        number = begin(new)
        full_journal(talk)
        return number

    monkeypatch.setattr(talk.parts.journal, "begin", begin_then_full)
    host.fail_next("x" * 100_000)
    await talk.say("install hello")
    assert talk.audience.card.state == "failed"
    assert "journal" in talk.audience.card.state_text


async def test_a_conversation_goes_on_when_it_cannot_be_kept_and_says_so_once(talk: Talk) -> None:
    sessions_of(talk).execute("PRAGMA query_only = 1")
    assert await talk.say("what is installed?") == "end_turn"
    assert await talk.say("what is installed?") == "end_turn"
    said = talk.audience.text
    assert said.count("You have not installed any programs") == 2
    assert said.count("may be missing when you open this conversation again") == 1
    assert said.count("can only be read") == 1


async def test_a_lock_file_on_a_full_disk(
    talk: Talk, host: FakeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nixforhumanity.assistant.change_lock.os.open", full)
    await talk.say("install hello")
    assert host.ran == []
    assert "The disk is full" in talk.audience.card.state_text


async def test_a_skill_that_meets_a_full_disk_offers_a_clean_up(
    talk: Talk, host: FakeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(host, "start_program", full)
    await talk.say("try hello")
    assert "The disk is full" in talk.audience.text
    assert "Nothing was changed" in talk.audience.text
    assert talk.audience.suggestions[0] == "Clean up old stuff"
