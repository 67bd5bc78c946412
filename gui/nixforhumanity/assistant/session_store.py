"""Conversations on disk (SQLite): what was said and shown, so that a restart loses nothing."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import msgspec

from nixforhumanity.core.database import open_database
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


@dataclass(frozen=True, slots=True)
class InterruptedPrompt:
    """A prompt whose turn was cut off by the end of the server."""

    id: str
    session_id: str
    changed: bool
    """A change had begun: it is never carried out again."""


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
        return None if row is None else _record(row)

    def sessions(self, limit: int, offset: int = 0) -> list[SessionRecord]:
        """Return conversations in which something was said, the last used first."""
        rows = self._database.execute(
            "SELECT * FROM sessions WHERE title != '' ORDER BY updated_at DESC, rowid DESC LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return [_record(row) for row in rows]

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

    def claim_prompt(self, prompt_id: str, session_id: str) -> bool:
        """Return True when this prompt is to be carried out: it is new, or was cut off before any change."""
        taken = self._database.execute(
            "INSERT INTO prompts (id, session_id, state) VALUES (?, ?, 'open') ON CONFLICT (id) DO UPDATE"
            " SET state = 'open' WHERE state = 'interrupted' AND changed = 0",
            (prompt_id, session_id),
        )
        return taken.rowcount > 0

    def prompt_changes(self, prompt_id: str) -> None:
        """Note that this prompt begins to change something: it must never be carried out again."""
        self._database.execute("UPDATE prompts SET changed = 1 WHERE id = ?", (prompt_id,))

    def end_prompt(self, prompt_id: str, reason: StopReason) -> None:
        """Note how the turn ended."""
        self._database.execute(
            "UPDATE prompts SET state = 'ended', reason = ? WHERE id = ?", (reason, prompt_id)
        )

    def prompt_reason(self, prompt_id: str) -> StopReason:
        """Return how the turn of a known prompt ended; `cancelled` when it was cut off."""
        row = self._database.execute("SELECT reason FROM prompts WHERE id = ?", (prompt_id,)).fetchone()
        return cast(StopReason, row["reason"] or "cancelled") if row is not None else "cancelled"

    def take_interrupted(self) -> Sequence[InterruptedPrompt]:
        """Return the prompts that an earlier run of the server left open, and note them as interrupted."""
        rows = self._database.execute("SELECT id, session_id, changed FROM prompts WHERE state = 'open'")
        found = [InterruptedPrompt(row["id"], row["session_id"], bool(row["changed"])) for row in rows]
        self._database.execute("UPDATE prompts SET state = 'interrupted' WHERE state = 'open'")
        return found


def iso(at: datetime) -> str:
    """Return a time as ISO 8601 in UTC, to the millisecond, so that text order is time order."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _record(row: sqlite3.Row) -> SessionRecord:
    return SessionRecord(
        id=row["id"],
        title=row["title"],
        updated_at=row["updated_at"],
        level=row["level"],
        language=row["language"],
        cwd=row["cwd"],
    )
