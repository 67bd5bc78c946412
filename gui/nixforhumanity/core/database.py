"""SQLite as we use it: write-ahead log, foreign keys, and numbered migrations."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import make_private_folder


def open_database(
    path: Path, migrations: Sequence[str], *, every_write_synced: bool = True
) -> sqlite3.Connection:
    """Open the database (mode 0600) and bring its schema up to date.

    `migrations[n]` is an SQL script that takes schema version n to n + 1.
    Raises UserError `database-newer` when the file was written by a newer program; it is left untouched.
    With `every_write_synced` false, a power cut (not a crash) may lose the last writes.
    A damaged file is kept aside as `NAME.damaged` and a new one is begun.
    """
    make_private_folder(path.parent)
    try:
        return _open(path, migrations, every_write_synced)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        path.replace(path.with_name(path.name + ".damaged"))
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _open(path, migrations, every_write_synced)


def _open(path: Path, migrations: Sequence[str], every_write_synced: bool) -> sqlite3.Connection:
    path.touch(mode=0o600, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if every_write_synced else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise UserError("database-newer", path=str(path))
        for number in range(version, len(migrations)):
            script = f"BEGIN IMMEDIATE;\n{migrations[number]}\n;PRAGMA user_version = {number + 1};\nCOMMIT;"
            connection.executescript(script)
    except BaseException:
        connection.close()
        raise
    return connection
