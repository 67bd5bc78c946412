"""The journal (SQLite, every write synced): what was changed, with what is needed to take it back."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import msgspec

from nixforhumanity.assistant.actions import AnyAction, decode_actions, encode_actions
from nixforhumanity.assistant.host import InstalledPackage
from nixforhumanity.core.database import open_database, record_of
from nixforhumanity.protocol.cards import PackageChange

EntryState = Literal["running", "done", "failed", "stopped", "interrupted", "undone"]

_MIGRATIONS = (
    """
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id TEXT NOT NULL, plan_id TEXT NOT NULL, request TEXT NOT NULL, title TEXT NOT NULL,
        at TEXT NOT NULL, state TEXT NOT NULL, profile TEXT NOT NULL,
        actions BLOB NOT NULL, commands BLOB NOT NULL, elements_before BLOB NOT NULL,
        generation_before INTEGER, generation_after INTEGER,
        packages BLOB NOT NULL DEFAULT '[]', output TEXT NOT NULL DEFAULT '',
        state_text TEXT NOT NULL DEFAULT '', undoes INTEGER REFERENCES entries (id));
    CREATE INDEX entries_by_state ON entries (state);
    """,
    """
    ALTER TABLE entries ADD COLUMN prompt_id TEXT NOT NULL DEFAULT '';
    ALTER TABLE entries ADD COLUMN path_before TEXT NOT NULL DEFAULT '';
    ALTER TABLE entries ADD COLUMN path_after TEXT NOT NULL DEFAULT '';
    CREATE INDEX entries_by_prompt ON entries (prompt_id);
    CREATE INDEX entries_by_plan ON entries (plan_id);
    """,
)

_MOST_ID = 2**63 - 1
"""The greatest number that SQLite can compare with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change."""

    id: int
    session_id: str
    plan_id: str
    request: str
    title: str
    at: str
    state: EntryState
    profile: str
    actions: tuple[AnyAction, ...]
    commands: tuple[tuple[str, ...], ...]
    elements_before: tuple[InstalledPackage, ...]
    """The profile's elements that the actions took out or replaced, to put back exactly these builds."""
    generation_before: int | None
    generation_after: int | None
    packages: tuple[PackageChange, ...]
    output: str
    state_text: str
    undoes: int | None
    path_before: str
    path_after: str
    """Store paths of both generations: Nix gives the number of a deleted generation to a new one."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is written before a change begins."""

    session_id: str
    plan_id: str
    request: str
    title: str
    at: str
    profile: str
    actions: Sequence[AnyAction]
    commands: Sequence[Sequence[str]]
    elements_before: Sequence[InstalledPackage]
    generation_before: int | None
    path_before: str
    prompt_id: str
    undoes: int | None


class Journal:
    """All changes that were made to one person's profile."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database: sqlite3.Connection = open_database(path, _MIGRATIONS)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def begin(self, new: NewEntry) -> int:
        """Write down a change before it begins; return the entry's number."""
        cursor = self._database.execute(
            "INSERT INTO entries (session_id, plan_id, request, title, at, state, profile, actions, commands,"
            " elements_before, generation_before, path_before, prompt_id, undoes)"
            " VALUES (?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new.session_id, new.plan_id, new.request, new.title, new.at, new.profile,
                encode_actions(new.actions), msgspec.json.encode(new.commands),
                msgspec.json.encode(new.elements_before), new.generation_before,
                new.path_before, new.prompt_id, new.undoes,
            ),
        )  # fmt: skip
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def finish(
        self,
        entry_id: int,
        state: EntryState,
        *,
        state_text: str,
        generation_after: int | None,
        path_after: str = "",
        packages: Sequence[PackageChange] = (),
        output: str = "",
    ) -> None:
        """Write down what became of a change; an undo also changes the state of what it took back."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._database.execute(
                "UPDATE entries SET state = ?, state_text = ?, generation_after = ?, path_after = ?,"
                " packages = ?, output = ? WHERE id = ?",
                (
                    state,
                    state_text,
                    generation_after,
                    path_after,
                    msgspec.json.encode(packages),
                    output,
                    entry_id,
                ),
            )
            if state == "done":
                self._settle_undone(entry_id)
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:  # SQLite takes it back by itself when the disk is full
                self._database.execute("ROLLBACK")
            raise

    def _settle_undone(self, entry_id: int) -> None:
        """Mark what an undo took back; where that was an undo itself, what it had undone holds again."""
        taken_back = self._undoes(entry_id)
        state: EntryState = "undone"
        while taken_back is not None:
            self._database.execute("UPDATE entries SET state = ? WHERE id = ?", (state, taken_back))
            taken_back = self._undoes(taken_back)
            state = "done" if state == "undone" else "undone"

    def _undoes(self, entry_id: int) -> int | None:
        row = self._database.execute("SELECT undoes FROM entries WHERE id = ?", (entry_id,)).fetchone()
        return None if row is None else cast(int | None, row["undoes"])

    def entry(self, entry_id: int) -> Entry | None:
        """Return one entry."""
        row = self._database.execute("SELECT * FROM entries WHERE id = ?", (entry_id,)).fetchone()
        return None if row is None else _entry(row)

    def entries(self, limit: int, before: int | None = None, session_id: str | None = None) -> list[Entry]:
        """Return entries, newest first; `before` is the number to go on from."""
        rows = self._database.execute(
            "SELECT * FROM entries WHERE id < ? AND (? IS NULL OR session_id = ?) ORDER BY id DESC LIMIT ?",
            (_MOST_ID if before is None else max(0, min(before, _MOST_ID)), session_id, session_id, limit),
        )
        return [_entry(row) for row in rows]

    def that_hold(self, limit: int, session_id: str = "") -> list[Entry]:
        """Return changes that were done, are no undo, and were not taken back, newest first.

        `session_id`: those of this conversation come before all others.
        """
        rows = self._database.execute(
            "SELECT * FROM entries WHERE state = 'done' AND undoes IS NULL"
            " ORDER BY session_id = ? DESC, id DESC LIMIT ?",
            (session_id, limit),
        )
        return [_entry(row) for row in rows]

    def undos_that_hold(self, limit: int, session_id: str = "") -> list[Entry]:
        """Return undos whose changes are still taken back, newest first; see `that_hold`."""
        rows = self._database.execute(
            "SELECT entries.* FROM entries JOIN entries AS change ON change.id = entries.undoes"
            " WHERE entries.state = 'done' AND change.undoes IS NULL AND change.state = 'undone'"
            " ORDER BY entries.session_id = ? DESC, entries.id DESC LIMIT ?",
            (session_id, limit),
        )
        return [_entry(row) for row in rows]

    def of_plan(self, plan_id: str) -> Entry | None:
        """Return the entry of a plan, if it was ever begun."""
        row = self._database.execute("SELECT * FROM entries WHERE plan_id = ?", (plan_id,)).fetchone()
        return None if row is None else _entry(row)

    def has_prompt(self, prompt_id: str, session_id: str) -> bool:
        """Return whether a change was ever begun for this prompt."""
        found = self._database.execute(
            "SELECT 1 FROM entries WHERE prompt_id = ? AND session_id = ? LIMIT 1", (prompt_id, session_id)
        )
        return found.fetchone() is not None

    def running(self) -> list[Entry]:
        """Return entries that have begun and not ended."""
        rows = self._database.execute("SELECT * FROM entries WHERE state = 'running' ORDER BY id")
        return [_entry(row) for row in rows]


def _entry(row: sqlite3.Row) -> Entry:
    return record_of(
        Entry,
        row,
        actions=tuple(decode_actions(row["actions"])),
        commands=msgspec.json.decode(row["commands"], type=tuple[tuple[str, ...], ...]),
        elements_before=msgspec.json.decode(row["elements_before"], type=tuple[InstalledPackage, ...]),
        packages=msgspec.json.decode(row["packages"], type=tuple[PackageChange, ...]),
    )
