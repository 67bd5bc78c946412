"""The outbox keeps order and outlives the program, for each server apart."""

import sqlite3
import stat
from pathlib import Path

import pytest

from nixforhumanity.client.outbox import Outbox, WaitingPrompt, outbox_store
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders


def prompt(number: int, home: str = "local", session: str = "s") -> WaitingPrompt:
    """Return a prompt that differs by its number."""
    return WaitingPrompt(f"id-{number}", home, session, f"words {number}")


def test_what_was_not_answered_is_there_in_order_after_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "state" / "outbox.db"
    first = Outbox(path)
    for number in (3, 1, 2):
        first.add(prompt(number))
    assert first.remove("id-1")
    assert not first.remove("id-1")
    # Not closed: as after a crash.
    second = Outbox(path)
    assert second.waiting("local") == (prompt(3), prompt(2))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first.close()
    second.close()


def test_servers_and_sessions_are_kept_apart() -> None:
    outbox = Outbox(None)
    mine, other, away = prompt(1, session="a"), prompt(2, session="b"), prompt(3, home="wss://x", session="a")
    for one in (mine, other, away):
        outbox.add(one)
    assert outbox.waiting("local") == (mine, other)
    assert outbox.waiting("local", "a") == (mine,)
    assert outbox.waiting("wss://x") == (away,)


def test_what_was_answered_is_no_longer_in_any_file(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    outbox, another_window = Outbox.in_folders(folders), Outbox.in_folders(folders)
    outbox.add(WaitingPrompt("id", "local", "s", "a very private sentence"))
    assert any(b"very private" in file.read_bytes() for file in outbox_store(folders).files)
    outbox.remove("id")
    outbox.close()
    assert outbox_store(folders).files
    assert not any(b"very private" in file.read_bytes() for file in outbox_store(folders).files)
    another_window.close()


def test_a_file_that_can_no_longer_be_written_does_not_stop_the_person(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    outbox = Outbox(path)
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE prompts")
    other.close()
    outbox.add(prompt(1))
    assert outbox.waiting("local") == (prompt(1),)
    assert outbox.remove("id-1")
    outbox.close()


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    Outbox(path).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 9")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UserError) as refused:
        Outbox(path)
    assert refused.value.message.id == "database-newer"
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_opened_does_not_stop_the_person(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    outbox_store(folders).path.mkdir(parents=True)
    outbox = Outbox.in_folders(folders)
    outbox.add(prompt(1))
    assert outbox.waiting("local") == (prompt(1),)
    outbox.close()
