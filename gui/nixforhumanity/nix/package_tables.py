"""The tables of the package index, and how they are filled."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from nixforhumanity.nix.package_words import name_key, words_of
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.programs import Program, program_words

SCHEMA_VERSION = 1
FIRST_OF_TOP_LEVEL = 10_000
FIRST_OF_SETS = 100_000
"""Ids tell what a package is: below 10,000 a popular program, below 100,000 one of nixpkgs' top level."""

_SCHEMA = """
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE package (
    id INTEGER PRIMARY KEY, attribute TEXT NOT NULL, version TEXT NOT NULL, description TEXT NOT NULL,
    name TEXT NOT NULL, unfree INTEGER NOT NULL, main_program TEXT, category TEXT NOT NULL);
CREATE TABLE name (
    key TEXT NOT NULL, kind INTEGER NOT NULL, attribute TEXT NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (key, kind, attribute)) WITHOUT ROWID;
CREATE TABLE command (
    command TEXT NOT NULL, place INTEGER NOT NULL, attribute TEXT NOT NULL,
    PRIMARY KEY (command, place)) WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5 (
    name, also, about, commands,
    tokenize = "porter unicode61 remove_diacritics 2 tokenchars '+#'", prefix = '3');
"""
_INSERT_PACKAGE = "INSERT INTO package VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_NAME = "INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)"
_INSERT_COMMAND = "INSERT OR IGNORE INTO command VALUES (?, ?, ?)"
_INSERT_TEXT = "INSERT INTO text (rowid, name, also, about, commands) VALUES (?, ?, ?, ?, ?)"
_BATCH = 2_000
_OLD_OR_OTHER_VERSIONS = re.compile(
    r"(?:python3\d+|lua(?:5\d|jit)|php8\d|postgresql\d+|rubyPackages_\d_|beam(?:Minimal)?\d+|lixPackageSets|haskell\.|"
    r"linuxKernel|linuxPackages|chickenPackages_)"
)
_VARIANT = re.compile(r"(?:_\d|\d_\d|-unwrapped|Minimal|-minimal|-unstable|-git|-legacy|-debug|-static)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class NameKind(IntEnum):
    """What a name is to its package."""

    ATTRIBUTE = 0
    ALSO = 1
    """A name people say for it."""
    COMMAND = 2
    """A command that means it before all others."""
    STARTER = 3
    LIKE = 4
    """The name of another program that it can replace."""
    LAST_PART = 5
    """The last part of an attribute inside a set, such as `numpy`."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything an index is made from."""

    facts: Iterable[PackageFacts]
    programs: Mapping[str, Program]
    commands: Iterable[tuple[str, Sequence[str]]] = ()
    fingerprint: str = ""
    """Changes when the content does."""
    only_these: bool = False
    """Leave out popular programs that are not among the facts."""


def variant_rank(attribute: str) -> int:
    """Return how special it is: 0 top level, 1 a variant, 2 in a set, 3 in a set of other versions."""
    if "." in attribute:
        return 3 if _OLD_OR_OTHER_VERSIONS.match(attribute) else 2
    return 1 if _VARIANT.search(attribute) else 0


def fill_names(connection: sqlite3.Connection, stock: Stock, progress: Callable[[float], None]) -> None:
    """Make the tables; fill in packages, names, and the texts of popular programs; 0 to 1 is reported."""
    connection.executescript(_SCHEMA)
    facts = {fact.attribute: fact for fact in stock.facts}
    progress(0.3)
    programs = [
        program for program in stock.programs.values() if not stock.only_these or program.attribute in facts
    ]
    _add_programs(connection, programs, facts)
    for program in programs:
        facts.pop(program.attribute, None)
    words = Counter(
        word for program in programs for text in program_words(program) for word in words_of(text)
    )
    connection.executemany(
        "INSERT INTO word VALUES (?, ?)", [(word, 1000 + uses) for word, uses in words.items()]
    )
    progress(0.5)
    _in_batches(connection, _INSERT_PACKAGE, _package_rows(facts.values()))
    progress(0.8)
    _in_batches(
        connection,
        _INSERT_NAME,
        sorted(
            (
                name_key(attribute),
                int(NameKind.ATTRIBUTE),
                attribute,
                FIRST_OF_TOP_LEVEL + variant_rank(attribute),
            )
            for attribute in facts
            if "." not in attribute
        ),
    )
    connection.execute("CREATE UNIQUE INDEX package_attribute ON package (attribute)")
    progress(1.0)


def fill_texts(connection: sqlite3.Connection, stock: Stock, progress: Callable[[float], None]) -> None:
    """Add to what `fill_names` made: commands, names in sets, texts of all packages; 0 to 1 is reported."""
    given: dict[str, list[str]] = {}
    rows: list[tuple[str, int, str]] = []
    chosen = dict(connection.execute("SELECT command, attribute FROM command"))
    ids = dict(connection.execute("SELECT attribute, id FROM package"))
    for command, providers in stock.commands:
        known = list(dict.fromkeys(attribute for attribute in providers if attribute in ids))
        known.sort(key=lambda attribute: _provider_order(command, attribute, ids[attribute]))
        for attribute in known:
            given.setdefault(attribute, []).append(command)
        first = chosen.get(command)
        rows += [
            (command, place, attribute) for place, attribute in enumerate(known, 1) if attribute != first
        ]
    progress(0.2)
    _in_batches(connection, _INSERT_COMMAND, rows)
    progress(0.4)
    inside = [attribute for attribute in ids if "." in attribute and variant_rank(attribute) == 2]
    _in_batches(
        connection,
        _INSERT_NAME,
        (
            (name_key(attribute.rpartition(".")[2]), NameKind.LAST_PART, attribute, FIRST_OF_SETS)
            for attribute in inside
        ),
    )
    progress(0.6)
    others = connection.execute(
        "SELECT id, attribute, description FROM package WHERE id >= ?", (FIRST_OF_TOP_LEVEL,)
    ).fetchall()
    _in_batches(
        connection,
        _INSERT_TEXT,
        (
            (number, last, also, description, " ".join(given.get(attribute, ())[:20]))
            for number, attribute, description in others
            if variant_rank(attribute) < 3
            for last, also in [_indexed_name(attribute)]
        ),
    )
    progress(0.9)
    words = Counter(
        word
        for _, attribute, description in others
        if "." not in attribute
        for word in words_of(f"{attribute} {description}")
        if len(word) > 2
    )
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", list(words.items()))
    connection.execute("INSERT INTO text (text) VALUES ('optimize')")
    progress(1.0)


def _add_programs(
    connection: sqlite3.Connection, programs: Iterable[Program], facts: Mapping[str, PackageFacts]
) -> None:
    packages: list[tuple[object, ...]] = []
    names: list[tuple[str, int, str, int]] = []
    commands: list[tuple[str, int, str]] = []
    texts: list[tuple[object, ...]] = []
    for place, program in enumerate(programs, 1):
        known = facts.get(program.attribute)
        merged = _merged(program, known)
        packages.append((place, *_columns(merged)))
        names += [
            (name_key(text), int(kind), program.attribute, place) for kind, text in _names(program, merged)
        ]
        commands += [(command, 0, program.attribute) for command in program.commands]
        texts.append((place, *_program_text(program, merged)))
    connection.executemany(_INSERT_PACKAGE, packages)
    connection.executemany(_INSERT_NAME, names)
    connection.executemany(_INSERT_COMMAND, commands)
    connection.executemany(_INSERT_TEXT, texts)


def _merged(program: Program, facts: PackageFacts | None) -> PackageFacts:
    return PackageFacts(
        attribute=program.attribute,
        version=facts.version if facts else "",
        description=facts.description if facts and facts.description else program.about,
        name=program.name,
        unfree=program.unfree or bool(facts and facts.unfree),
        main_program=facts.main_program if facts and facts.main_program else program.main,
        category=program.category,
    )


def _names(program: Program, merged: PackageFacts) -> Iterator[tuple[NameKind, str]]:
    yield NameKind.ATTRIBUTE, program.attribute
    yield NameKind.ALSO, program.name
    for other in program.also:
        yield NameKind.ALSO, other
    for command in program.commands:
        yield NameKind.COMMAND, command
    yield NameKind.STARTER, merged.main_program or program.starter
    for other in program.like:
        yield NameKind.LIKE, other


def _program_text(program: Program, merged: PackageFacts) -> tuple[str, str, str, str]:
    last = program.attribute.rpartition(".")[2]
    return (
        f"{program.name} {last} {_HUMP.sub(' ', last)}",
        " ".join((*program.also, *program.like)),
        " ".join(dict.fromkeys((program.about, merged.description, program.category))),
        " ".join(dict.fromkeys((merged.main_program or program.starter, *program.commands))),
    )


def _columns(facts: PackageFacts) -> tuple[object, ...]:
    return (
        facts.attribute,
        facts.version,
        facts.description,
        facts.name,
        facts.unfree,
        facts.main_program,
        facts.category,
    )


def _package_rows(facts: Iterable[PackageFacts]) -> Iterator[tuple[object, ...]]:
    top_level, inside = FIRST_OF_TOP_LEVEL, FIRST_OF_SETS
    for fact in facts:
        if "." in fact.attribute:
            number, inside = inside, inside + 1
        else:
            number, top_level = top_level, top_level + 1
        yield (number, *_columns(fact))


def _provider_order(command: str, attribute: str, number: int) -> tuple[bool, bool, int, int, str]:
    """The package named like its command first, then popular ones, then the plainest."""
    popular = number < FIRST_OF_TOP_LEVEL
    return (attribute != command, not popular, variant_rank(attribute), len(attribute), attribute)


def _indexed_name(attribute: str) -> tuple[str, str]:
    in_set, _, last = attribute.rpartition(".")
    spread = _HUMP.sub(" ", last)
    return last, f"{spread if spread != last else ''} {_HUMP.sub(' ', in_set)}".strip()


def _in_batches(connection: sqlite3.Connection, statement: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert in batches, so that other threads of the program get their turn in between."""
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        connection.executemany(statement, batch)
