"""The package index: finds packages by name, command, words and purpose, quickly and without Nix."""

import hashlib
import logging
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import RLock
from typing import TypeVar

from nixforhumanity.core.folders import make_private_folder
from nixforhumanity.core.names import NameMatch
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.package_facts import read_commands, read_packages
from nixforhumanity.nix.package_names import near_names, providers_of, resolve_name
from nixforhumanity.nix.package_search import FACTS, every_word_matches, facts_of, search_packages
from nixforhumanity.nix.package_tables import (
    FIRST_OF_TOP_LEVEL,
    SCHEMA_VERSION,
    Stock,
    fill_names,
    fill_texts,
)
from nixforhumanity.nix.package_words import content_words
from nixforhumanity.nix.packages import PackageFacts, PackageHit
from nixforhumanity.nix.programs import load_programs
from nixforhumanity.nix.purposes import PurposeBook, Suggestion, load_purposes

_log = logging.getLogger(__name__)
_SHIPPED = ("packages.tsv.xz", "commands.tsv.xz", "programs.toml", "purposes.toml")
_FILE = "packages.sqlite"
_VERY_WORDS = 0.99
"""The score of a purpose whose words were said, in whatever form: 1.0, but for rounding."""

Answer = TypeVar("Answer")


def shipped_folder() -> Path:
    """Return the folder of the shipped facts."""
    return resource("packages")


def shipped_fingerprint(folder: Path | None = None) -> str:
    """Return a checksum of the shipped facts and of the way they are stored."""
    folder = folder or shipped_folder()
    digest = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for name in _SHIPPED:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:32]


def shipped_stock(folder: Path | None = None) -> Stock:
    """Return everything that is shipped, read while the index is built."""
    folder = folder or shipped_folder()
    return Stock(
        facts=read_packages(folder / "packages.tsv.xz"),
        programs=load_programs(folder / "programs.toml"),
        commands=read_commands(folder / "commands.tsv.xz"),
        fingerprint=shipped_fingerprint(folder),
    )


def build_index(
    path: Path, on_progress: Callable[[float], None] | None = None, *, stock: Stock | None = None
) -> None:
    """Build the whole index in a file beside `path` and rename it; takes about two seconds of one core.

    `on_progress` is called in the same thread with 0 to 1; what it raises ends the building and leaves
    nothing behind. `stock` is what is shipped unless given.
    Raises OSError or sqlite3.Error when the file cannot be written.
    """
    progress = on_progress or (lambda _: None)
    stock = stock or shipped_stock()
    make_private_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(descriptor)
    temporary = Path(name)
    try:
        connection = sqlite3.connect(temporary)
        try:
            # A half-written file is thrown away, so it needs no journal.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            fill_names(connection, stock, lambda part: progress(0.25 * part))
            fill_texts(connection, stock, lambda part: progress(0.25 + 0.7 * part))
            connection.execute("INSERT INTO fact VALUES ('fingerprint', ?)", (stock.fingerprint,))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.commit()
        finally:
            connection.close()
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    progress(1.0)


class PackageIndex:
    """Answers from a small index in memory until the whole one is attached; threads may share it."""

    def __init__(self, make_small: Callable[[], sqlite3.Connection], purposes: PurposeBook) -> None:
        self._make_small = make_small
        self._purposes = purposes
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._path: Path | None = None

    @classmethod
    def open(cls, cache_folder: Path, *, folder: Path | None = None) -> "PackageIndex":
        """Return an index that answers at once; whole when the file in the cache is there and up to date.

        When `complete` is false, run `build_index` for `file_in(cache_folder)` in a thread, then `attach` it.
        """
        shipped = folder or shipped_folder()
        index = cls(lambda: _small_index(shipped), _purposes(shipped))
        index.attach(cls.file_in(cache_folder), fingerprint=shipped_fingerprint(shipped))
        return index

    @classmethod
    def from_facts(cls, facts: Iterable[PackageFacts], *, folder: Path | None = None) -> "PackageIndex":
        """Return an index in memory of these packages alone, with the names and purposes known for them."""
        shipped = folder or shipped_folder()
        stock = Stock(list(facts), load_programs(shipped / "programs.toml"), only_these=True)
        index = cls(lambda: _memory_index(stock), _purposes(shipped))
        index._ask(lambda connection: connection.execute("SELECT 1").fetchone())
        return index

    @staticmethod
    def file_in(cache_folder: Path) -> Path:
        """Return where the whole index is kept."""
        return cache_folder / _FILE

    @property
    def complete(self) -> bool:
        """Whether the whole index is attached."""
        return self._path is not None

    def attach(self, path: Path, *, fingerprint: str | None = None) -> bool:
        """Answer from this file from now on; false when it is missing, damaged or outdated."""
        if not path.is_file():
            return False
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            usable = _is_usable(connection, fingerprint)
        except sqlite3.DatabaseError as error:
            _log.warning("the package index is damaged and will be built again: %s", error)
            usable = False
        if not usable:
            connection.close()
            return False
        with self._lock:
            old, self._connection, self._path = self._connection, connection, path
            if old is not None:
                old.close()
        return True

    def close(self) -> None:
        """Let go of the file; the index may still be asked, from memory."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._path = None

    def resolve(self, name: str, limit: int = 5) -> Sequence[NameMatch]:
        """Return what the name may mean, best first; empty when nothing is near."""
        return self._ask(lambda connection: resolve_name(connection, name, limit))

    def similar(self, name: str, limit: int = 3) -> list[str]:
        """Return attributes with names like this one, for "did you mean"; nearest first."""
        return self._ask(lambda connection: near_names(connection, name, limit))

    def providers(self, command: str) -> list[str]:
        """Return the packages that provide a command, the most likely first."""
        return self._ask(lambda connection: providers_of(connection, command))

    def facts(self, attribute: str) -> PackageFacts | None:
        """Return what is known of a package; None when there is no such attribute."""
        if not attribute.isprintable():
            return None  # no attribute holds such letters, and SQLite cannot be asked for some of them
        return self._ask(lambda connection: _facts(connection, attribute))

    def search(self, query: str, limit: int = 10) -> list[PackageHit]:
        """Return packages for some words, best first."""

        def hits(connection: sqlite3.Connection) -> list[PackageHit]:
            found = search_packages(connection, self._purposes, query, limit)
            known = ((_facts(connection, attribute), score) for attribute, score in found)
            return [PackageHit(facts, round(score, 3)) for facts, score in known if facts]

        return self._ask(hits)

    def suggest(self, purpose: str, limit: int = 4) -> list[Suggestion]:
        """Return programs for a purpose, best first, each with a few words why; empty when none is known."""
        known = [match.purpose for match in self._purposes.matches(purpose)]

        def suggestions(connection: sqlite3.Connection) -> list[Suggestion]:
            for one in known:
                if here := [tip for tip in one.suggestions if _facts(connection, tip.attribute)]:
                    return here[:limit]
            return _popular_programs(connection, purpose)[:limit]

        return self._ask(suggestions)

    def names_purpose(self, words: str) -> bool:
        """Tell whether the words are what people say for a purpose, and hold nothing else that matters."""
        return any(match.score >= _VERY_WORDS for match in self._purposes.matches(words)[:1])

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Put a question to the index; a damaged file is thrown away and the small index answers instead."""
        with self._lock:
            if self._connection is None:
                self._connection = self._make_small()
            try:
                return question(self._connection)
            except sqlite3.DatabaseError as error:
                if self._path is None:
                    raise
                _log.warning("the package index is damaged and will be built again: %s", error)
                damaged = self._path
                self.close()
                damaged.unlink(missing_ok=True)
            return self._ask(question)


def _purposes(folder: Path) -> PurposeBook:
    """Return the purposes; what other languages call them is read when somebody speaks one."""
    return PurposeBook(load_purposes(folder / "purposes.toml"), folder)


def _small_index(folder: Path) -> sqlite3.Connection:
    """Names of nixpkgs' top level and everything about popular programs."""
    facts = read_packages(folder / "packages.tsv.xz", only_top_level=True)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    fill_names(connection, Stock(facts, load_programs(folder / "programs.toml")), lambda _: None)
    return connection


def _memory_index(stock: Stock) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    fill_names(connection, stock, lambda _: None)
    fill_texts(connection, stock, lambda _: None)
    return connection


def _is_usable(connection: sqlite3.Connection, fingerprint: str | None) -> bool:
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return False
    row = connection.execute("SELECT value FROM fact WHERE key = 'fingerprint'").fetchone()
    connection.execute("SELECT rowid FROM text WHERE text MATCH 'a' LIMIT 1").fetchone()
    return row is not None and fingerprint in (None, row[0])


def _facts(connection: sqlite3.Connection, attribute: str) -> PackageFacts | None:
    row = connection.execute(f"SELECT {FACTS} FROM package WHERE attribute = ?", (attribute,)).fetchone()  # noqa: S608
    return facts_of(row) if row else None


def _popular_programs(connection: sqlite3.Connection, words: str) -> list[Suggestion]:
    """Popular programs whose texts hold every word; their description says why."""
    wanted = content_words(words)
    if not wanted:
        return []
    tips = []
    for attribute, _ in every_word_matches(connection, wanted):
        row = connection.execute(
            "SELECT description FROM package WHERE attribute = ? AND id < ?", (attribute, FIRST_OF_TOP_LEVEL)
        ).fetchone()
        if row:
            tips.append(Suggestion(attribute, row[0]))
    return tips
