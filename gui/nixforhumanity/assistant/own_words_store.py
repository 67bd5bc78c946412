"""A person's own phrases on disk (SQLite): what they say, what is meant, and when it was last of use."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.database import open_database
from nixforhumanity.understanding.own_phrases import OwnPhrase, key_of
from nixforhumanity.understanding.requests import Request, SlotValue

MOST_PHRASES = 500
"""With more, those that were of no use for the longest time go."""

_MIGRATIONS = (
    """
    CREATE TABLE phrases (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, words TEXT NOT NULL,
        request TEXT NOT NULL, slots BLOB NOT NULL, learned_at TEXT NOT NULL,
        used_at TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0);
    """,
)

_TEXTS = ("key", "words", "request", "learned_at", "used_at")
_KINDS: Mapping[str, type | tuple[type, ...]] = {"package": str, "text": str, "packages": (list, str)}


@dataclass(frozen=True, slots=True)
class KeptPhrase:
    """One phrase with what is known of its use; times are ISO 8601 UTC."""

    id: int
    phrase: OwnPhrase
    learned_at: str
    used_at: str
    """When it was last of use; when it was learned, as long as it never was."""
    used: int = 0


class OwnWordsStore:
    """The phrases of one person; a `PhraseBook`. Several processes may have it open at once."""

    def __init__(self, path: Path, most: int = MOST_PHRASES) -> None:
        self.path = path
        self._most = most
        self._database: sqlite3.Connection = open_database(path, _MIGRATIONS)
        self._slots = msgspec.json.Decoder(dict[str, str | int | list[str]])

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def phrases_with(self, keys: Sequence[str]) -> Mapping[str, OwnPhrase]:
        """See PhraseBook."""
        marks = ",".join("?" * len(keys))
        rows = self._database.execute(
            f"SELECT * FROM phrases WHERE key IN ({marks})",  # noqa: S608 - nothing but question marks
            tuple(keys),
        )
        return {one.phrase.key: one.phrase for one in map(self._kept, rows) if one is not None}

    def all_phrases(self) -> list[KeptPhrase]:
        """Return every phrase, the one that was learned last first."""
        rows = self._database.execute("SELECT * FROM phrases ORDER BY learned_at DESC, id DESC")
        return [one for one in map(self._kept, rows) if one is not None]

    def phrase(self, phrase_id: int) -> KeptPhrase | None:
        """Return one phrase."""
        row = self._database.execute("SELECT * FROM phrases WHERE id = ?", (phrase_id,)).fetchone()
        return None if row is None else self._kept(row)

    def with_key(self, key: str) -> KeptPhrase | None:
        """Return the phrase with this key."""
        row = self._database.execute("SELECT * FROM phrases WHERE key = ?", (key,)).fetchone()
        return None if row is None else self._kept(row)

    def learn(self, phrase: OwnPhrase, now: str) -> None:
        """Keep a phrase; what the same words meant before is forgotten."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            # With and without a name that can be another: both stand for these words.
            self._database.execute(
                "DELETE FROM phrases WHERE key IN (?, ?)", (phrase.key, key_of(phrase.words))
            )
            self._insert(KeptPhrase(0, phrase, now, now))
            self._database.execute(
                "DELETE FROM phrases WHERE id NOT IN"
                " (SELECT id FROM phrases ORDER BY used_at DESC, id DESC LIMIT ?)",
                (self._most,),
            )
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def put_back(self, kept: Sequence[KeptPhrase]) -> None:
        """Keep phrases again that were deleted; those whose words mean something else by now stay away."""
        for one in kept:
            if self.with_key(one.phrase.key) is None:
                # What is there all the same is no good, and not shown: it must not be in the way.
                self._database.execute("DELETE FROM phrases WHERE key = ?", (one.phrase.key,))
                self._insert(one)

    def change(self, phrase_id: int, phrase: OwnPhrase) -> None:
        """Change words and meaning of a phrase."""
        self._database.execute(
            # OR REPLACE: of a row with this key that is no good.
            "UPDATE OR REPLACE phrases SET key = ?, words = ?, request = ?, slots = ? WHERE id = ?",
            (phrase.key, phrase.words, phrase.request.name, _packed(phrase.request), phrase_id),
        )

    def count_use(self, key: str, now: str) -> None:
        """Take note that a phrase was of use."""
        self._database.execute("UPDATE phrases SET used = used + 1, used_at = ? WHERE key = ?", (now, key))

    def delete(self, phrase_ids: Sequence[int]) -> None:
        """Forget phrases."""
        self._database.executemany("DELETE FROM phrases WHERE id = ?", [(one,) for one in phrase_ids])

    def _insert(self, kept: KeptPhrase) -> None:
        phrase = kept.phrase
        self._database.execute(
            "INSERT INTO phrases (id, key, words, request, slots, learned_at, used_at, used)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                kept.id or None, phrase.key, phrase.words, phrase.request.name, _packed(phrase.request),
                kept.learned_at, kept.used_at, kept.used,
            ),
        )  # fmt: skip

    def _kept(self, row: sqlite3.Row) -> KeptPhrase | None:
        """Return what a row holds; None when it is no good, so that it does no harm to the others."""
        try:
            slots = self._slots.decode(row["slots"])
        except (msgspec.DecodeError, UnicodeDecodeError, TypeError):
            return None
        if not all(isinstance(row[name], str) for name in _TEXTS) or not _fit(row["request"], slots):
            return None
        phrase = OwnPhrase(row["words"], Request(row["request"], slots), row["key"])
        return KeptPhrase(row["id"], phrase, row["learned_at"], row["used_at"], row["used"])


def _fit(request: str, slots: Mapping[str, SlotValue]) -> bool:
    """Tell whether slots are what a request takes; those of an unknown request are left as they are."""
    kind = catalogue().get(request)
    for slot in kind.slots if kind is not None else ():
        value = slots.get(slot.name)
        if value is None and slot.required:
            return False
        if value is not None and not isinstance(value, _KINDS.get(slot.type, object)):
            return False
    return True


def _packed(request: Request) -> bytes:
    return msgspec.json.encode(dict(request.slots))
