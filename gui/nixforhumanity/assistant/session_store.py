"""Conversations on disk (SQLite): what was said and shown, so that a restart loses nothing."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import cast

import msgspec

from nixforhumanity.core.database import open_database, record_of
from nixforhumanity.protocol.messages import SessionUpdate, StopReason

_MIGRATIONS = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
        level TEXT NOT NULL, language TEXT NOT NULL, cwd TEXT NOT NULL);
    CREATE INDEX sessions_by_time ON sessions (updated_at DESC);
    CREATE TABLE updates (
        number INTEGER PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        key TEXT, payload BLOB NOT NULL, UNIQUE (session_id, key));
    CREATE TABLE prompts (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', changed INTEGER NOT NULL DEFAULT 0);
    """,
    # Ids of prompts are made by clients: they are unique in a session and no further.
    """
    CREATE TABLE prompts_of_sessions (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
        changed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (session_id, id));
    INSERT INTO prompts_of_sessions (session_id, id, state, reason, changed)
        SELECT session_id, id, state, reason, changed FROM prompts;
    DROP TABLE prompts;
    ALTER TABLE prompts_of_sessions RENAME TO prompts;
    """,
)


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One conversation, less its content."""

    id: str
    title: str
    updated_at: str
    level: str
    language: str
    cwd: str


class Claim(Enum):
    """Whether a prompt is to be carried out."""

    NEW = "new"
    AGAIN = "again"
    """It was cut off by the end of the server, before it changed anything."""
    TAKEN = "taken"
    """It was carried out, or it is no longer known how far it came: never again."""


class SessionStore:
    """All conversations of one person."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database: sqlite3.Connection = open_database(path, _MIGRATIONS, every_write_synced=False)
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(SessionUpdate)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def create(self, record: SessionRecord) -> None:
        """Keep a new conversation."""
        self._database.execute(
            "INSERT INTO sessions (id, title, created_at, updated_at, level, language, cwd)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                record.id, record.title, record.updated_at, record.updated_at,
                record.level, record.language, record.cwd,
            ),
        )  # fmt: skip

    def session(self, session_id: str) -> SessionRecord | None:
        """Return one conversation."""
        row = self._database.execute("SELECT * FROM sessions WHERE id = ?", (session_id,)).fetchone()
        return None if row is None else record_of(SessionRecord, row)

    def sessions(self, limit: int, offset: int = 0) -> list[SessionRecord]:
        """Return conversations in which something was said, the last used first."""
        rows = self._database.execute(
            "SELECT * FROM sessions WHERE title != '' ORDER BY updated_at DESC, rowid DESC LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return [record_of(SessionRecord, row) for row in rows]

    def change(self, session_id: str, **values: str) -> None:
        """Set title, updated_at, level or language."""
        for column, value in values.items():
            assert column in ("title", "updated_at", "level", "language")
            self._database.execute(
                f"UPDATE sessions SET {column} = ? WHERE id = ?",  # noqa: S608 - column from a closed list
                (value, session_id),
            )

    def delete(self, session_id: str) -> bool:
        """Delete a conversation with all that was said; False when there was none."""
        return self._database.execute("DELETE FROM sessions WHERE id = ?", (session_id,)).rowcount > 0

    def record(self, session_id: str, update: SessionUpdate, key: str | None = None) -> None:
        """Keep an update; one with the same key takes the place of the earlier."""
        self._database.execute(
            "INSERT INTO updates (session_id, key, payload) VALUES (?, ?, ?)"
            " ON CONFLICT (session_id, key) DO UPDATE SET payload = excluded.payload",
            (session_id, key, self._encoder.encode(update)),
        )

    def updates(self, session_id: str) -> list[SessionUpdate]:
        """Return everything that was said and shown, in order."""
        rows = self._database.execute(
            "SELECT payload FROM updates WHERE session_id = ? ORDER BY number", (session_id,)
        )
        return [self._decoder.decode(row[0]) for row in rows]

    def update_with_key(self, session_id: str, key: str) -> SessionUpdate | None:
        """Return the update that was kept under a key."""
        row = self._database.execute(
            "SELECT payload FROM updates WHERE session_id = ? AND key = ?", (session_id, key)
        ).fetchone()
        return None if row is None else self._decoder.decode(row[0])

    def claim_prompt(self, prompt_id: str, session_id: str) -> Claim:
        """Take a prompt; ids are unique in a session."""
        one = (prompt_id, session_id)
        new = self._database.execute(
            "INSERT INTO prompts (id, session_id, state) VALUES (?, ?, 'open') ON CONFLICT DO NOTHING", one
        )
        if new.rowcount > 0:
            return Claim.NEW
        again = self._database.execute(
            "UPDATE prompts SET state = 'open'"
            " WHERE id = ? AND session_id = ? AND state = 'interrupted' AND changed = 0",
            one,
        )
        return Claim.AGAIN if again.rowcount > 0 else Claim.TAKEN

    def prompt_changes(self, prompt_id: str, session_id: str) -> None:
        """Note that this prompt begins to change something: it must never be carried out again."""
        self._database.execute(
            "UPDATE prompts SET changed = 1 WHERE id = ? AND session_id = ?", (prompt_id, session_id)
        )

    def end_prompt(self, prompt_id: str, session_id: str, reason: StopReason) -> None:
        """Note how the turn ended."""
        self._database.execute(
            "UPDATE prompts SET state = 'ended', reason = ? WHERE id = ? AND session_id = ?",
            (reason, prompt_id, session_id),
        )

    def prompt_reason(self, prompt_id: str, session_id: str) -> StopReason:
        """Return how the turn of a known prompt ended; `cancelled` when it was cut off."""
        row = self._database.execute(
            "SELECT reason FROM prompts WHERE id = ? AND session_id = ?", (prompt_id, session_id)
        ).fetchone()
        return cast(StopReason, row["reason"] or "cancelled") if row is not None else "cancelled"

    def take_interrupted(self) -> set[str]:
        """Note prompts that an earlier run of the server left open as interrupted; return their sessions."""
        rows = self._database.execute("SELECT DISTINCT session_id FROM prompts WHERE state = 'open'")
        found = {str(row["session_id"]) for row in rows}
        self._database.execute("UPDATE prompts SET state = 'interrupted' WHERE state = 'open'")
        return found

    def purge_empty(self, before: str) -> int:
        """Delete conversations in which nothing was ever said, last used before a time; return how many."""
        return self._database.execute(
            "DELETE FROM sessions WHERE title = '' AND updated_at < ?"
            " AND NOT EXISTS (SELECT 1 FROM updates WHERE session_id = sessions.id)",
            (before,),
        ).rowcount


def iso(at: datetime) -> str:
    """Return a time as ISO 8601 in UTC, to the millisecond, so that text order is time order."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
