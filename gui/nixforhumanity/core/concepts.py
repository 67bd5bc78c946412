"""Ideas of Nix that the program explains: reads resources/concepts/LANG.toml.

What they are called in other languages is in resources/understanding/concept_names.toml.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea, at three depths (Markdown)."""

    id: str
    title: str
    names: tuple[str, ...]
    """What people call it, lower case."""
    needs: tuple[str, ...]
    """Ids of the ideas that come first."""
    depths: Mapping[str, str]
    """beginner, intermediate and expert."""
    example: str


@cache
def concepts(language: str) -> dict[str, Concept]:
    """Return the concepts of a language by id; English where a language has none."""
    path = resource("concepts", f"{language}.toml")
    if not path.is_file():
        path = resource("concepts", "en.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Concept(
            id=name,
            title=row["title"],
            names=tuple(row["names"]),
            needs=tuple(row.get("needs", ())),
            depths={depth: row[depth].strip() for depth in ("beginner", "intermediate", "expert")},
            example=row["example"].strip(),
        )
        for name, row in rows.items()
    }


def concept_called(words: str, language: str) -> Concept | None:
    """Return the concept that people call so (singular or plural, in any language), if there is one."""
    called = _by_name(language)
    said = " ".join(words.casefold().split()).strip(_EDGES)
    ways = (said, said.removesuffix("s"), said.replace("-", " "))
    return next((called[way] for way in ways if way in called), None)


def concept_meant(words: str, language: str) -> Concept | None:
    """Return the concept that words name, also when small words stand around it: "what the store is"."""
    return concept_called(words, language) or concept_called(without_small_words(words), language)


def without_small_words(words: str) -> str:
    """Return what is left of words when articles and the like at both ends are gone; may be empty."""
    left = words.casefold().strip(_EDGES).replace("l'", "").replace("l’", "").split()
    while left and left[0].strip(_EDGES) in _small_words():
        left.pop(0)
    while left and left[-1].strip(_EDGES) in _small_words():
        left.pop()
    return " ".join(left).strip(_EDGES)


def near_concepts(words: str, language: str, limit: int = 3) -> list[Concept]:
    """Return the concepts that share a word with these words, then those that are spelled nearly so."""
    said = without_small_words(words)
    parts = set(re.findall(r"[^\W_]+", said))
    parts |= {part.removesuffix("s") for part in parts}
    called = _by_name(language)
    shared = [name for name in called if name in said and set(re.findall(r"[^\W_]+", name)) <= parts]
    spelled = [name for word in (said, *parts) for name in difflib.get_close_matches(word, called, 2, _NEAR)]
    names = [*sorted(shared, key=len, reverse=True), *spelled]
    return list({called[name].id: called[name] for name in names}.values())[:limit]


_EDGES = " \t.,!?;:…。！？、，；¿¡؟،।'\"“”„«»()"
_NEAR = 0.75


@cache
def _by_name(language: str) -> dict[str, Concept]:
    known = concepts(language)
    names = {name: known[one] for rows in _other_names().values() for one in rows for name in rows[one]}
    names |= {concept.title.casefold(): concept for concept in known.values()}
    return names | {name: concept for concept in known.values() for name in concept.names}


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for words in _names_file()["small"].values() for word in words)


def _other_names() -> dict[str, dict[str, list[str]]]:
    return {language: rows for language, rows in _names_file().items() if language != "small"}


@cache
def _names_file() -> dict[str, dict[str, list[str]]]:
    text = resource("understanding", "concept_names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
