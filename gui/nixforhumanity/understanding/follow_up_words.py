"""Reads resources/understanding/follow_ups.toml: how each language refers to what was said before."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.templates import Template, compile_template, match_template

LAST = "last"
_UNSPACED = frozenset({"zh_CN", "ja"})
_COMMAS = re.compile(r"\s*[،、，。][\s,]*|(?<=[^\x00-\x7f]),(?=\S)")
_NO_SPACES = r"\u3040-\u30ff\u3400-\u9fff"
_BLANKS = re.compile(rf"(?<=[{_NO_SPACES},])\s+|\s+(?=[{_NO_SPACES}])")
KINDS = (
    "redone",
    "undone_both",
    "undone_other",
    "undone",
    "neither",
    "both",
    "three",
    "all",
    "wished",
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
    small: frozenset[str]
    """What stands around a name and says nothing: "the", "one"."""
    between: re.Pattern[str]
    """What stands between the parts of a list: "and"."""
    ordinal: re.Pattern[str]
    """Finds a place in a list at the end of a line; the group that is not empty is one of `places`."""
    places: Mapping[str, str]
    """From a word to its number, or to `last`."""
    unspaced: bool
    """Written without blanks: Chinese and Japanese."""
    attached: re.Pattern[str] | None
    """Words that are written together with the name after them: the "and" of Arabic."""

    def parts(self, text: str) -> list[str]:
        """Return the parts of a list such as "the first and the third"."""
        return [part.strip() for part in self.between.split(self.as_written(text)) if part and part.strip()]

    def bare(self, name: str) -> str:
        """Return a name without the small word before it."""
        first, _, rest = name.partition(" ")
        return rest if rest and first in self.small else name

    def place_of(self, text: str) -> str | None:
        """Return the place that a whole text is, with or without the words around it: a key of `places`."""
        line = self.as_written(text)
        if line in self.places:
            return line
        found = self.ordinal.search(line)
        return next(word for word in found.groups() if word) if found and found.start() == 0 else None

    def ends_with_count(self, text: str) -> bool:
        """Tell whether a text ends with what is counted: "one"."""
        return text.rpartition(" ")[2] in self.counted

    def as_written(self, text: str) -> str:
        """Return a normalised text as the templates are: one sort of comma, blanks where they are due."""
        line = _COMMAS.sub(", ", text).strip(" ,")
        if self.attached is not None:
            line = self.attached.sub(r"\1 ", line)
        return _BLANKS.sub("", line) if self.unspaced else line

    def place_at_end(self, text: str) -> tuple[int, str] | None:
        """Return where "the second one" at the end of a text begins, and which place it is; else None."""
        found = self.ordinal.search(text)
        return None if found is None else (found.start(), next(word for word in found.groups() if word))

    def readings(self, kind: str, text: str) -> list[Mapping[str, str]]:
        """Return the slots of each template of a kind that fits a whole normalised text."""
        line = self.as_written(text)
        found = (match_template(template, line) for template in self.templates[kind])
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
    unspaced, attached = language in _UNSPACED, rows.get("attached", [])
    return FollowUpWords(
        templates=templates,
        pronouns=frozenset(rows["pronouns"]),
        counted=frozenset(rows["counted"]),
        small=frozenset((*rows["articles"], *rows["before_names"], *rows["counted"])),
        between=_between(rows["joins"], attached, unspaced=unspaced),
        ordinal=_ordinal(list(places), rows["articles"], rows["counted"], unspaced=unspaced),
        places=places,
        unspaced=unspaced,
        attached=re.compile(rf"(?<![^\W_])({_any_of(attached)})(?=[a-z0-9])") if attached else None,
    )


def _between(joins: list[str], attached: list[str], *, unspaced: bool) -> re.Pattern[str]:
    """Return what finds "and" and a comma between the parts of a list."""
    join = _any_of(joins)
    if unspaced:
        return re.compile(rf"\s*(?:,|{join})\s*")
    together = rf"|\s+{_any_of(attached)}(?=[^\W_])" if attached else ""
    return re.compile(rf"\s*,\s+(?:{join}\s+)?|\s+{join}\s+{together}")


def _ordinal(
    places: list[str], articles: list[str], counted: list[str], *, unspaced: bool
) -> re.Pattern[str]:
    """Return what finds "the second", "second one" and "number 2" at the end of a line.

    Not "first" alone, which may be no place, but in a language that has no articles.
    """
    what, place = _any_of(counted), _any_of(places)
    if not articles:
        return re.compile(rf"({place}){what}?$" if unspaced else rf"(?:(?<= )|^)({place})(?: {what})?$")
    article = _any_of(articles)
    said_alone = _any_of([word for word in places if " " in word] or ["$^"])
    return re.compile(rf"(?:(?<= )|^)(?:{article} ({place})(?: {what})?|({place}) {what}|({said_alone}))$")


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
