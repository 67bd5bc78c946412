"""Own phrases on disk: private, bounded, whole after damage, and shared by several processes."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from nixforhumanity.assistant.own_words_store import OwnWordsStore
from nixforhumanity.understanding.own_phrases import NAME, OwnPhrase
from nixforhumanity.understanding.requests import Request

LIST = Request("list_installed")


def phrase(words: str, request: Request = LIST) -> OwnPhrase:
    return OwnPhrase(words, request, words)


def words(store: OwnWordsStore) -> list[str]:
    return [one.phrase.words for one in store.all_phrases()]


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    store = OwnWordsStore(tmp_path / "own_words.sqlite")
    meant = Request("create_dev_shell", {"tools": ["python3", "jq"], "number": 3})
    store.learn(OwnPhrase("my shell", meant, "my shell"), "2026-01-01T00:00:00Z")
    store.count_use("my shell", "2026-01-02T00:00:00Z")
    before = store.all_phrases()
    store.close()
    later = OwnWordsStore(tmp_path / "own_words.sqlite")
    assert later.all_phrases() == before
    assert before[0].phrase.request == meant
    assert (before[0].used, before[0].used_at) == (1, "2026-01-02T00:00:00Z")
    later.close()


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    store = OwnWordsStore(tmp_path / "folder" / "own_words.sqlite")
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    store.close()


def test_those_of_no_use_for_the_longest_time_go_first(tmp_path: Path) -> None:
    store = OwnWordsStore(tmp_path / "own_words.sqlite", most=3)
    for day, said in enumerate(("one", "two", "three"), start=1):
        store.learn(phrase(said), f"2026-01-0{day}T00:00:00Z")
    store.count_use("one", "2026-01-04T00:00:00Z")
    store.learn(phrase("four"), "2026-01-05T00:00:00Z")
    assert words(store) == ["four", "three", "one"]
    store.close()


def test_the_same_words_mean_what_was_learned_last(tmp_path: Path) -> None:
    store = OwnWordsStore(tmp_path / "own_words.sqlite")
    store.learn(OwnPhrase("pop vlc on", LIST, "pop vlc on"), "2026-01-01T00:00:00Z")
    install = Request("install_package", {"package": "vlc"})
    store.learn(OwnPhrase("pop vlc on", install, f"pop {NAME} on"), "2026-01-02T00:00:00Z")
    assert [one.phrase.request for one in store.all_phrases()] == [install]
    store.close()


def test_a_damaged_file_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "own_words.sqlite"
    path.write_bytes(b"this is no database, and never was" * 100)
    store = OwnWordsStore(path)
    assert words(store) == []
    store.learn(phrase("one"), "2026-01-01T00:00:00Z")
    assert (tmp_path / "own_words.sqlite.damaged").read_bytes().startswith(b"this is no database")
    store.close()


def test_another_process_sees_it_at_once(tmp_path: Path) -> None:
    first, second = (OwnWordsStore(tmp_path / "own_words.sqlite") for _ in range(2))
    first.learn(phrase("one"), "2026-01-01T00:00:00Z")
    assert second.phrases_with(["one", "two"]).keys() == {"one"}
    second.delete([one.id for one in second.all_phrases()])
    assert words(first) == []
    first.close()
    second.close()


def test_what_is_brought_back_does_not_push_out_what_came_since(tmp_path: Path) -> None:
    store = OwnWordsStore(tmp_path / "own_words.sqlite")
    store.learn(phrase("one"), "2026-01-01T00:00:00Z")
    old = store.all_phrases()
    store.delete([old[0].id])
    other = Request("disk_usage")
    store.learn(phrase("one", other), "2026-01-02T00:00:00Z")
    store.put_back(old)
    assert [one.phrase.request for one in store.all_phrases()] == [other]
    store.close()


@pytest.mark.parametrize(
    ("request_name", "slots"),
    [
        ("install_package", b"{not json"),
        ("install_package", b"\xff\xfe"),
        ("install_package", b'{"package": 5}'),
        ("install_package", b'{"package": ["vlc"]}'),
        ("install_package", b"{}"),
        ("install_package", 7),
        ("create_dev_shell", b'{"tools": 3}'),
        (b"install_package", b'{"package": "vlc"}'),
    ],
)
def test_a_row_that_is_no_good_harms_no_other(tmp_path: Path, request_name: object, slots: object) -> None:
    store = OwnWordsStore(tmp_path / "own_words.sqlite")
    store.learn(phrase("one"), "2026-01-01T00:00:00Z")
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute(
            "INSERT INTO phrases (key, words, request, slots, learned_at, used_at) VALUES (?, ?, ?, ?, ?, ?)",
            ("bad", "bad", request_name, slots, "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z"),
        )
    assert words(store) == ["one"]
    assert store.phrases_with(["one", "bad"]).keys() == {"one"}
    assert store.with_key("bad") is None
    assert store.phrase(2) is None
    one = store.all_phrases()[0]
    store.change(one.id, phrase("bad"))  # its words can be used all the same
    assert words(store) == ["bad"]
    store.close()


def test_a_row_that_is_no_good_does_not_keep_its_words_from_coming_back(tmp_path: Path) -> None:
    store = OwnWordsStore(tmp_path / "own_words.sqlite")
    store.learn(phrase("one"), "2026-01-01T00:00:00Z")
    old = store.all_phrases()
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute("UPDATE phrases SET slots = ?, id = 9", (b"[",))
    store.put_back(old)
    assert words(store) == ["one"]
    store.close()
