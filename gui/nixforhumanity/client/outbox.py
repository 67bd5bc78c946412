"""Words that the server has not answered yet, kept on disk so that they outlive the window."""

import logging
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.core.database import open_database
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.stores import Store
from nixforhumanity.core.text import message

log = logging.getLogger(__name__)

FILE_NAME = "outbox.db"
MIGRATIONS = (
    """
    CREATE TABLE prompts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        prompt_id TEXT NOT NULL UNIQUE,
        home TEXT NOT NULL,
        session_id TEXT NOT NULL,
        text TEXT NOT NULL
    )
    """,
)


@dataclass(frozen=True, slots=True)
class WaitingPrompt:
    """What a person said, and for whom."""

    prompt_id: str
    home: str
    """See `Target.home`: a prompt is sent to the server it was typed for and to no other."""
    session_id: str
    text: str


class Outbox:
    """Keeps prompts in the order in which they were typed; each is removed when it was answered.

    A disk that is full must not stop a person from talking: what cannot be written is kept in memory only.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file (see `core.database.open_database` for errors); None keeps all in memory."""
        self._database: sqlite3.Connection | None = None
        self._prompts: dict[str, WaitingPrompt] = {}
        if path is None:
            return
        self._database = open_database(path, MIGRATIONS)
        # The program may crash at any time and loses nothing; only a power cut can cost the last words, and
        # in return no keystroke waits for the disk.
        self._database.execute("PRAGMA synchronous = NORMAL")
        rows = self._database.execute("SELECT prompt_id, home, session_id, text FROM prompts ORDER BY number")
        self._prompts = {row["prompt_id"]: WaitingPrompt(*row) for row in rows}

    @classmethod
    def in_folders(cls, folders: Folders) -> "Outbox":
        """Open the outbox of a person's folders; one that cannot be opened is replaced by memory."""
        try:
            return cls(folders.state / FILE_NAME)
        except (UserError, sqlite3.Error, OSError) as error:
            log.warning("what is typed is kept in memory only: %s", error)
            return cls(None)

    def add(self, prompt: WaitingPrompt) -> None:
        """Keep a prompt."""
        self._prompts[prompt.prompt_id] = prompt
        self._write(
            "INSERT OR IGNORE INTO prompts (prompt_id, home, session_id, text) VALUES (?, ?, ?, ?)",
            (prompt.prompt_id, prompt.home, prompt.session_id, prompt.text),
        )

    def remove(self, prompt_id: str) -> bool:
        """Forget a prompt; return whether it was there."""
        self._write("DELETE FROM prompts WHERE prompt_id = ?", (prompt_id,))
        return self._prompts.pop(prompt_id, None) is not None

    def waiting(self, home: str, session_id: str | None = None) -> tuple[WaitingPrompt, ...]:
        """Return the prompts for a server, or for one of its sessions, oldest first."""
        return tuple(
            prompt
            for prompt in self._prompts.values()
            if prompt.home == home and session_id in {None, prompt.session_id}
        )

    def close(self) -> None:
        """Close the file; what was answered is then no longer in its log either."""
        if self._database is None:
            return
        try:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            log.warning("the outbox could not be tidied: %s", error)
        self._database.close()
        self._database = None

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        if self._database is None:
            return
        try:
            self._database.execute(statement, values)
        except sqlite3.Error as error:
            log.warning("the outbox could not be written: %s", error)


def outbox_store(folders: Folders) -> Store:
    """Declare the file among the things that are kept."""
    return Store("outbox", folders.state / FILE_NAME, message("store-outbox"))
