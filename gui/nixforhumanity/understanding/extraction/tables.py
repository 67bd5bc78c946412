"""The shipped tables of names: services, options, places, everyday words; read once, when first asked for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from nixforhumanity.core.resources import resource

ENGLISH = "en"
_SHORTEST_PIECE = 5
"""Shorter pieces of the encoder's vocabulary are often no words."""


@cache
def table(name: str, language: str = ENGLISH) -> Mapping[str, Any]:
    """Return one table of resources/understanding; empty where another language than English has none."""
    if language == ENGLISH:
        path = resource("understanding", f"{name}.toml")
    else:
        path = resource("understanding", language, f"{name}.toml")
        if not path.is_file():
            return MappingProxyType({})
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return the words of one entry of a table, written as one text with blanks."""
    return frozenset(table(name)[key].split())


@cache
def language_words(language: str, key: str) -> frozenset[str]:
    """Return the words of one entry of another language's table of words; none where it has none."""
    return frozenset(table("words", language).get(key, "").split())


@cache
def everyday_words(language: str) -> frozenset[str]:
    """Return what was used often in the example lines of another language without being a name."""
    path = resource("understanding", language, "everyday.txt")
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


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
