"""Reads resources/understanding/follow_ups.toml: how each language refers to what was said before."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.templates import Template, compile_template, match_template

LAST = "last"
KINDS = (
    "redone",
    "undone_both",
    "undone_other",
    "undone",
    "neither",
    "both",
    "other",
    "again",
    "instead",
    "corrected",
    "changed",
    "named",
    "restated",
    "also",
)
"""The kinds of follow-ups, in the order in which they are looked for."""


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """How one language refers to what was said before."""

    templates: Mapping[str, tuple[Template, ...]]
    """By kind."""
    pronouns: frozenset[str]
    counted: frozenset[str]
    """What stands after a place: "one", "program"."""
    ordinal: re.Pattern[str]
    """Finds a place in a list at the end of a line; the group that is not empty is one of `places`."""
    places: Mapping[str, str]
    """From a word to its number, or to `last`."""

    def place_at_end(self, text: str) -> tuple[int, str] | None:
        """Return where "the second one" at the end of a text begins, and which place it is; else None."""
        found = self.ordinal.search(text)
        return None if found is None else (found.start(), next(word for word in found.groups() if word))

    def readings(self, kind: str, text: str) -> list[Mapping[str, str]]:
        """Return the slots of each template of a kind that fits a whole normalised text."""
        found = (match_template(template, text) for template in self.templates[kind])
        matches = sorted((one for one in found if one is not None), key=lambda one: -one.literal_length)
        found_words = [{slot: words.strip(" ,") for slot, words in one.words.items()} for one in matches]
        return [words for words in found_words if all(words.values())]


def has_follow_up_words(language: str) -> bool:
    """Tell whether a language has words of its own here."""
    return language in tomllib.loads(resource("understanding", "follow_ups.toml").read_text(encoding="utf-8"))


@cache
def follow_up_words(language: str) -> FollowUpWords:
    """Return the words of a language; English for a language that has none yet: see `has_follow_up_words`."""
    known = tomllib.loads(resource("understanding", "follow_ups.toml").read_text(encoding="utf-8"))
    rows = known.get(language, known["en"])
    rules: dict[str, str] = rows.get("rules", {})
    templates = {kind: tuple(compile_template(kind, one, rules) for one in rows[kind]) for kind in KINDS}
    places = {word: place for place, words in rows["ordinals"].items() for word in words}
    ordinal = _ordinal(list(places), rows["articles"], rows["counted"])
    return FollowUpWords(templates, frozenset(rows["pronouns"]), frozenset(rows["counted"]), ordinal, places)


def _ordinal(places: list[str], articles: list[str], counted: list[str]) -> re.Pattern[str]:
    """Return what finds "the second", "second one" and "number 2" at the end of a line; not "first" alone."""
    article, what = _any_of(articles), _any_of(counted)
    said_alone = _any_of([word for word in places if " " in word] or ["$^"])
    place = _any_of(places)
    return re.compile(rf"(?:(?<= )|^)(?:{article} ({place})(?: {what})?|({place}) {what}|({said_alone}))$")


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
