"""A database that several processes open at once, and one that is damaged."""

import multiprocessing
import sqlite3
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from nixforhumanity.core.database import open_database
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.stores import Store
from nixforhumanity.core.text import message

MIGRATIONS = (
    "CREATE TABLE one (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO one (text) VALUES ('a;b');",
    """CREATE TABLE two (id INTEGER); CREATE TRIGGER t AFTER INSERT ON one BEGIN INSERT INTO two VALUES (1);
    INSERT INTO two VALUES (2); END; -- two; more""",
)


def _open_many(folder: str, rounds: int, together: Barrier) -> None:
    for number in range(rounds):
        together.wait(30)
        connection = open_database(Path(folder) / f"{number}.sqlite", MIGRATIONS)
        connection.execute("INSERT INTO one (text) VALUES ('c')")
        connection.close()


def test_three_processes_open_a_fresh_database_at_once(tmp_path: Path) -> None:
    rounds = 25
    context = multiprocessing.get_context("fork")
    together = context.Barrier(3)
    processes = [context.Process(target=_open_many, args=(str(tmp_path), rounds, together)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    for number in range(rounds):
        connection = open_database(tmp_path / f"{number}.sqlite", MIGRATIONS)
        assert [row[0] for row in connection.execute("SELECT text FROM one")] == ["a;b", "c", "c", "c"]
        assert connection.execute("SELECT count(*) FROM two").fetchone()[0] == 6
        connection.close()


def test_every_damaged_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for text in (b"first damage" * 100, b"second damage" * 100, b"third damage" * 100):
        path.write_bytes(text)
        open_database(path, MIGRATIONS).close()
    kept = [path.with_name(path.name + end) for end in (".damaged", ".damaged-2", ".damaged-3")]
    assert [one.read_bytes()[:5] for one in kept] == [b"first", b"secon", b"third"]
    assert set(kept) < set(Store("journal", path, message("store-journal")).files)


def test_a_failed_migration_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    open_database(path, MIGRATIONS).close()
    failing = (
        "DELETE FROM one; CREATE TABLE u (a UNIQUE); INSERT INTO u VALUES (1); INSERT INTO u VALUES (1);"
    )
    with pytest.raises(sqlite3.IntegrityError):
        open_database(path, (*MIGRATIONS, failing))
    connection = open_database(path, MIGRATIONS)
    assert connection.execute("SELECT count(*) FROM one").fetchone()[0] == 1
    connection.close()
    assert not path.with_name("x.sqlite.damaged").exists()


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    open_database(path, MIGRATIONS).close()
    with pytest.raises(UserError):
        open_database(path, MIGRATIONS[:1])
