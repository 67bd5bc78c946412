"""SQLite as we use it: write-ahead log, foreign keys, and numbered migrations."""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import make_private_folder

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_BUSY_SECONDS = 5.0
_BUSY_MILLISECONDS_WHEN_OPEN = 250
"""How long a call waits inside SQLite, where nothing else goes on meanwhile; `patiently` waits outside."""
_RETRY_SECONDS = 0.02

Result = TypeVar("Result")
Record = TypeVar("Record", bound="DataclassInstance")


def open_database(
    path: Path, migrations: Sequence[str], *, every_write_synced: bool = True
) -> sqlite3.Connection:
    """Open the database (mode 0600) and bring its schema up to date.

    `migrations[n]` is an SQL script that takes schema version n to n + 1.
    Raises UserError `database-newer` when the file was written by a newer program; it is left untouched.
    With `every_write_synced` false, a power cut (not a crash) may lose the last writes.
    A damaged file is kept aside as `NAME.damaged` (the next `NAME.damaged-2`, …) and a new one is begun.
    Several processes may open it at once: each waits up to five seconds for the others, and afterwards
    a quarter of a second in each call.
    """
    make_private_folder(path.parent)
    path.touch(mode=0o600, exist_ok=True)
    opened = path.stat().st_ino
    try:
        return _open(path, migrations, every_write_synced)
    except sqlite3.DatabaseError as error:
        if _kind(error) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        if path.exists() and path.stat().st_ino == opened:  # no other process has begun a new one since
            path.replace(_free_name(path))
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _open(path, migrations, every_write_synced)


async def patiently(work: Callable[[], Result]) -> Result:
    """Do something that writes; wait up to five seconds beside everything else while another process writes.

    Whatever it raises otherwise, and a database that stays busy, is raised as it is.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if _kind(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        await asyncio.sleep(_RETRY_SECONDS)


def record_of(kind: type[Record], row: sqlite3.Row, **decoded: Any) -> Record:
    """Return a row as a dataclass whose fields are called like the columns; `decoded` replaces some."""
    plain = {one.name: row[one.name] for one in fields(kind) if one.name not in decoded}
    return kind(**plain, **decoded)


def _free_name(path: Path) -> Path:
    """Return a name for a damaged file that does not overwrite one that was kept aside before."""
    names = (path.name + (".damaged" if n == 1 else f".damaged-{n}") for n in itertools.count(1))
    return next(free for name in names if not (free := path.with_name(name)).exists())


def _open(path: Path, migrations: Sequence[str], every_write_synced: bool) -> sqlite3.Connection:
    path.touch(mode=0o600, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        connection.row_factory = sqlite3.Row
        _use_write_ahead_log(connection)
        connection.execute(f"PRAGMA synchronous = {'FULL' if every_write_synced else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if _version(connection) != len(migrations):
            _migrate(connection, path, migrations)
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS_WHEN_OPEN}")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the log on; SQLite does not wait by itself while another process does the same."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _kind(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(_RETRY_SECONDS)


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    """Bring the schema up to date in one transaction; only inside it the version is certain."""
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)
    if version > len(migrations):
        raise UserError("database-newer", path=str(path))
    for script in migrations[version:]:
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """Split a script: `executescript` would end the transaction."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip(" \n\t;"):
        yield statement


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _kind(error: sqlite3.DatabaseError) -> int:
    """Return SQLite's error code without its details."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
