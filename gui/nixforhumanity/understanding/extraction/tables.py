"""The shipped tables of names: services, options, places, everyday words; read once, when first asked for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from nixforhumanity.core.resources import resource

_SHORTEST_PIECE = 5
"""Shorter pieces of the encoder's vocabulary are often no words."""


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one table of resources/understanding."""
    path = resource("understanding", f"{name}.toml")
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return the words of one entry of a table, written as one text with blanks."""
    return frozenset(table(name)[key].split())


@cache
def aliases(name: str, key: str) -> Mapping[str, str]:
    """Return what each other name stands for, of an entry that lists the other names of each value."""
    listed: Mapping[str, str] = table(name)[key]
    return MappingProxyType(
        {other.strip(): value for value, others in listed.items() for other in others.split(",")}
    )


@cache
def english_words() -> frozenset[str]:
    """Return everyday words: they are never taken for a misspelt name."""
    words = set(word_set("everyday", "words"))
    pieces = resource("models", "en", "wordpieces.txt")
    if pieces.is_file():
        lines = pieces.read_text(encoding="utf-8").splitlines()
        words.update(line for line in lines if len(line) >= _SHORTEST_PIECE and line.isalpha())
    return frozenset(words)
