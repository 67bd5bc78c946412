"""Finds packages by their words: names, descriptions, commands; slips of the keyboard are forgiven."""

import sqlite3
from collections.abc import Iterable, Sequence

from nixforhumanity.core.names import NameMatch
from nixforhumanity.nix.package_names import (
    ONE_OF_FEW,
    SLIP_OF_POPULAR,
    SURE,
    resolve_name,
    says_more_than_a_name,
)
from nixforhumanity.nix.package_tables import FIRST_OF_SETS, FIRST_OF_TOP_LEVEL
from nixforhumanity.nix.package_words import allowed_slips, content_words, distance, stem, words_of
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.purposes import PurposeBook

FACTS = "attribute, version, description, name, unfree, main_program, category"

_RANKED = """
    SELECT rowid, bm25(text, 8.0, 6.0, 3.0, 2.0)
        * (CASE WHEN rowid < :top_level THEN 3.0 WHEN rowid < :sets THEN 1.2 ELSE 0.4 END) AS score
    FROM text WHERE text MATCH :match ORDER BY score LIMIT 50"""
_SHORTEST_PREFIX = 3
_ENOUGH = 10
_SURE_PURPOSE = 0.6
_NEAR_PURPOSE = 0.5


def search_packages(
    connection: sqlite3.Connection, purposes: PurposeBook, query: str, limit: int
) -> list[tuple[str, float]]:
    """Return attributes and scores (0 to 1), best first; packages that hold every word come before others."""
    words = content_words(query)
    if not words or limit < 1:
        return []
    found: dict[str, float] = {}

    def add(entries: Iterable[tuple[str, float]]) -> None:
        for attribute, score in entries:
            found[attribute] = max(score, found.get(attribute, 0.0))

    names = () if says_more_than_a_name(query) else resolve_name(connection, query, limit)
    add((match.attribute, _score_of_name(match)) for match in names)
    add(_by_purpose(connection, purposes, query))
    every_word = every_word_matches(connection, words)
    add((attribute, 0.55 + 0.35 * score) for attribute, score in every_word)
    if len(every_word) < min(limit, _ENOUGH) and len(words) > 1:
        add(_some_words(connection, words))
    return sorted(found.items(), key=lambda entry: -entry[1])[:limit]


def every_word_matches(connection: sqlite3.Connection, words: Sequence[str]) -> list[tuple[str, float]]:
    """Return packages that hold every word, its beginning or a repaired form of it; scores from 0 to 1."""
    ranked = _ranked(connection, " AND ".join(map(_phrase, words)))
    if len(ranked) < _ENOUGH:
        known = {attribute for attribute, _ in ranked}
        longer = _ranked(connection, " AND ".join(map(_phrase_or_longer, words)))
        ranked += [(attribute, 0.8 * score) for attribute, score in longer if attribute not in known]
    if not ranked:
        repaired = [repaired_word(connection, word) for word in words]
        if repaired != list(words):
            spelled = _ranked(connection, " AND ".join(map(_phrase, repaired)))
            ranked = [(attribute, 0.8 * score) for attribute, score in spelled]
    return ranked


def repaired_word(connection: sqlite3.Connection, word: str) -> str:
    """Return the nearest word of the index with the same first letter, else the word itself."""
    slips = allowed_slips(word)
    end = word + "\U0010ffff"
    known = connection.execute(
        "SELECT 1 FROM word WHERE word >= ? AND word < ? LIMIT 1", (word, end)
    ).fetchone()
    if known or not slips:
        return word
    rows = connection.execute(
        "SELECT word, uses FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
        (word[0], word[0] + "\U0010ffff", len(word) - slips, len(word) + slips),
    )
    near = min(((distance(word, other, slips), -uses, other) for other, uses in rows), default=None)
    return near[2] if near and near[0] <= slips else word


def facts_of(row: Sequence[object]) -> PackageFacts:
    """Return the facts in a row of the columns `FACTS`."""
    attribute, version, description, name, unfree, main_program, category = row
    return PackageFacts(
        attribute=str(attribute),
        version=str(version),
        description=str(description),
        name=str(name),
        unfree=bool(unfree),
        main_program=str(main_program) if main_program else None,
        category=str(category),
    )


def _score_of_name(match: NameMatch) -> float:
    """A name that is right comes first, a slip of a popular one next; other guesses come after texts."""
    if match.score >= SURE:
        return 1.0
    if "." in match.attribute:
        return 0.8 * match.score
    if match.score >= ONE_OF_FEW:
        return 0.95
    return 0.92 if match.score >= SLIP_OF_POPULAR else 0.7 * match.score


def _by_purpose(
    connection: sqlite3.Connection, purposes: PurposeBook, query: str
) -> Iterable[tuple[str, float]]:
    # English words are in the texts of programs too, others in no text: a purpose that is only near is all.
    enough = _SURE_PURPOSE if query.isascii() else _NEAR_PURPOSE
    for match in purposes.matches(query)[:2]:
        if match.score < enough:
            return
        for place, suggestion in enumerate(match.purpose.suggestions):
            attribute = suggestion.attribute
            if connection.execute("SELECT 1 FROM package WHERE attribute = ?", (attribute,)).fetchone():
                yield attribute, 0.97 * match.score - 0.02 * place


def _some_words(connection: sqlite3.Connection, words: Sequence[str]) -> Iterable[tuple[str, float]]:
    """Packages that hold some of the words, by how many."""
    repaired = [repaired_word(connection, word) for word in words]
    ranked = _ranked(connection, " OR ".join(map(_phrase, repaired)))
    stems = {stem(word) for word in repaired}
    for attribute, score in ranked:
        row = connection.execute(
            "SELECT text.name, also, about, commands FROM text JOIN package ON package.id = text.rowid "
            "WHERE attribute = ?",
            (attribute,),
        ).fetchone()
        held = {stem(word) for word in words_of(" ".join(row))}
        yield attribute, (0.25 + 0.25 * score) * len(stems & held) / len(stems)


def _ranked(connection: sqlite3.Connection, match: str) -> list[tuple[str, float]]:
    """Run a full-text query that was put together here; scores are relative to the best."""
    rows = connection.execute(
        f"SELECT attribute, score FROM ({_RANKED}) AS hits JOIN package ON package.id = hits.rowid "  # noqa: S608
        "ORDER BY score",
        {"match": match, "top_level": FIRST_OF_TOP_LEVEL, "sets": FIRST_OF_SETS},
    ).fetchall()
    best = min((score for _, score in rows), default=-1.0)
    return [(attribute, score / best) for attribute, score in rows]


def _phrase(word: str) -> str:
    """Quote a word, so that nothing a person types is read as the syntax of a query."""
    return '"' + word.replace('"', "") + '"'


def _phrase_or_longer(word: str) -> str:
    return f"{_phrase(word)} *" if len(word) >= _SHORTEST_PREFIX else _phrase(word)
