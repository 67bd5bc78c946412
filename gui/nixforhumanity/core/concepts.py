"""Ideas of Nix that the program explains: reads resources/concepts/LANG.toml."""

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
    """Return the concept that people call so (singular or plural), if there is one."""
    return _by_name(language).get(words) or _by_name(language).get(words.removesuffix("s"))


@cache
def _by_name(language: str) -> dict[str, Concept]:
    return {name: concept for concept in concepts(language).values() for name in concept.names}
