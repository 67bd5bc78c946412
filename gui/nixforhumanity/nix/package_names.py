"""Resolves the names of programs against the tables of the package index."""

import sqlite3
from collections.abc import Iterable, Sequence

from nixforhumanity.core.names import NameMatch
from nixforhumanity.nix.package_tables import FIRST_OF_TOP_LEVEL, NameKind
from nixforhumanity.nix.package_words import allowed_slips, cleaned, distance, name_key, words_of

SURE = 0.9
"""From here on a match is taken without asking."""

_SPLIT = 0.95
_LESS_A_WORD = 0.92
_ONE_OF_SEVERAL = 0.88
ONE_OF_FEW = 0.85
"""From here on the name is right, but several packages have it."""
_LAST_PART = ONE_OF_FEW
_ONE_OF_MANY_PROVIDERS = 0.79
_LIKE = 0.8
SLIP_OF_POPULAR = 0.8
_SHORTEST_PREFIX = 3
_NOT_PART_OF_A_NAME = frozenset(
    ("the", "a", "an", "app", "application", "program", "software", "package", "browser", "tool", "called")
)


def resolve_name(connection: sqlite3.Connection, name: str, limit: int) -> Sequence[NameMatch]:
    """Return what the name may mean, best first: exact names alone when there are any, else guesses."""
    text = cleaned(name)
    key = name_key(text)
    if not key:
        return ()
    found = _exact(connection, text, key) or _with_less_words(connection, text)
    if not found or max(found.values()) <= _LIKE:
        for attribute, score in _guesses(connection, key):
            found[attribute] = max(score, found.get(attribute, 0.0))
    best = sorted(found.items(), key=lambda entry: -entry[1])
    return tuple(NameMatch(attribute, round(score, 3)) for attribute, score in best[:limit])


def near_names(connection: sqlite3.Connection, name: str, limit: int) -> list[str]:
    """Return attributes to offer as "did you mean", nearest first; looser than `resolve_name`."""
    near = [match.attribute for match in resolve_name(connection, name, limit)]
    key = name_key(cleaned(name))
    if len(near) >= limit or len(key) < 4:
        return near[:limit]
    most = 1 if len(key) < 5 else 2 if len(key) < 9 else 3
    rows = connection.execute(
        "SELECT key, place, attribute FROM name "
        "WHERE kind <= ? AND place < ? AND length(key) BETWEEN ? AND ?",
        (NameKind.LIKE, FIRST_OF_TOP_LEVEL, len(key) - most, len(key) + most),
    )
    looser = sorted((distance(key, other, most), place, attribute) for other, place, attribute in rows)
    near += [attribute for slips, _, attribute in looser if slips <= most]
    return list(dict.fromkeys(near))[:limit]


def providers_of(connection: sqlite3.Connection, command: str) -> list[str]:
    """Return the packages that provide a command, the most likely first."""
    text = cleaned(command)
    for spelled in dict.fromkeys((text, text.lower())):
        rows = connection.execute(
            "SELECT attribute FROM command WHERE command = ? ORDER BY place", (spelled,)
        )
        if found := [attribute for (attribute,) in rows]:
            return found
    return []


def _exact(connection: sqlite3.Connection, text: str, key: str) -> dict[str, float]:
    """Names that are the same but for case, blanks and punctuation."""
    found = _same_attribute(connection, text)
    by_kind: dict[int, list[tuple[str, int]]] = {}
    for kind, attribute, place in connection.execute(
        "SELECT kind, attribute, place FROM name WHERE key = ? ORDER BY place", (key,)
    ):
        by_kind.setdefault(kind, []).append((attribute, place))
    for attribute, _ in by_kind.get(NameKind.ATTRIBUTE, ()):
        found.setdefault(attribute, 1.0 if attribute.casefold() == text.casefold() else _SPLIT)
    popular = {
        attribute for attribute, place in by_kind.get(NameKind.ATTRIBUTE, ()) if place < FIRST_OF_TOP_LEVEL
    }
    said = [attribute for attribute, _ in by_kind.get(NameKind.ALSO, ()) if attribute not in found]
    if said and found and not popular:
        # People say this name for a popular program, and nixpkgs has something else of that name.
        return {**dict.fromkeys(said, _ONE_OF_SEVERAL), **dict.fromkeys(found, _LAST_PART)}
    if said and not found:
        return dict.fromkeys(said, 1.0 if len(said) == 1 else _ONE_OF_SEVERAL)
    if not found:
        found = _by_command(connection, text, by_kind)
    if not found:
        found.update({attribute: _LIKE for attribute, _ in by_kind.get(NameKind.LIKE, ())})
    if not found:
        found.update({attribute: _LAST_PART for attribute, _ in by_kind.get(NameKind.LAST_PART, ())})
    return found


def _same_attribute(connection: sqlite3.Connection, text: str) -> dict[str, float]:
    row = connection.execute("SELECT attribute FROM package WHERE attribute = ?", (text,)).fetchone()
    return {row[0]: 1.0} if row else {}


def _by_command(
    connection: sqlite3.Connection, text: str, by_kind: dict[int, list[tuple[str, int]]]
) -> dict[str, float]:
    chosen = [attribute for attribute, _ in by_kind.get(NameKind.COMMAND, ())]
    starters = [attribute for attribute, _ in by_kind.get(NameKind.STARTER, ())]
    providers = chosen or starters or providers_of(connection, text)
    if len(providers) == 1:
        return {providers[0]: 1.0}
    return {attribute: _ONE_OF_MANY_PROVIDERS - 0.01 * place for place, attribute in enumerate(providers[:8])}


def _with_less_words(connection: sqlite3.Connection, text: str) -> dict[str, float]:
    """`the firefox browser` is firefox: try again without words that are no part of a name."""
    words = text.split()
    fewer = [word for word in words if word.casefold() not in _NOT_PART_OF_A_NAME]
    if not fewer or len(fewer) == len(words):
        return {}
    shorter = " ".join(fewer)
    found = _exact(connection, shorter, name_key(shorter))
    return {attribute: min(score, _LESS_A_WORD) for attribute, score in found.items()}


def _guesses(connection: sqlite3.Connection, key: str) -> Iterable[tuple[str, float]]:
    if len(key) >= _SHORTEST_PREFIX:
        rows = connection.execute(
            "SELECT key, attribute, place FROM name WHERE key > ? AND key < ? AND kind IN (?, ?) "
            "ORDER BY place, length(key) LIMIT 20",
            (key, key + "\U0010ffff", NameKind.ATTRIBUTE, NameKind.ALSO),
        )
        for other, attribute, place in rows:
            yield attribute, 0.5 + 0.3 * len(key) / len(other) - _unpopular(place)
    most = allowed_slips(key)
    if not most:
        return
    rows = connection.execute(
        "SELECT key, attribute, place FROM name WHERE key >= ? AND key < ? AND kind IN (?, ?) "
        "AND length(key) BETWEEN ? AND ?",
        (key[0], key[0] + "\U0010ffff", NameKind.ATTRIBUTE, NameKind.ALSO, len(key) - most, len(key) + most),
    )
    for other, attribute, place in rows:
        slips = distance(key, other, most)
        if 0 < slips <= most:
            yield attribute, SLIP_OF_POPULAR - 0.1 * (slips - 1) - _unpopular(place)


def _unpopular(place: int) -> float:
    return 0.0 if place < FIRST_OF_TOP_LEVEL else 0.05 + 0.03 * (place - FIRST_OF_TOP_LEVEL)


def says_more_than_a_name(text: str) -> bool:
    """Whether the text has so many words that it cannot be a name."""
    return len(words_of(text)) > 5
