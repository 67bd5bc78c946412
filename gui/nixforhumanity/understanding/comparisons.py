"""Two programs side by side, and why not another one: reads resources/understanding/comparisons.toml.

A comparison asks what is known of a program, `package_info`; the slot `other` is the second one.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.normalise import without_politeness
from nixforhumanity.understanding.requests import Context, Decision, NameIndex, Request, Understanding
from nixforhumanity.understanding.slots import CERTAIN, IT, everyday_word, resolve_name
from nixforhumanity.understanding.templates import Template, compile_template, match_template

OTHER = "other"
_KINDS = ("compared", "considered")
_MOST_WORDS = 14
"""A longer line stands for itself."""
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    words: Mapping[str, str]
    literal_length: int


def compared(
    text: str, normalised: str, index: NameIndex, language: str, is_request: Callable[[str], bool]
) -> Understanding | None:
    """Return what a line asks about one or two programs that it names; None when it does not name them.

    `is_request`: tells whether words are said for themselves, as "more" is: no name, then.
    """
    if len(normalised.split()) > _MOST_WORDS:
        return None
    for line in dict.fromkeys((normalised, without_politeness(normalised))):
        for reading in _readings(line, language):
            found = {
                slot: None if is_request(words) else _program(words, index)
                for slot, words in reading.words.items()
            }
            named = [attribute for attribute in found.values() if attribute is not None]
            if len(named) != len(found):
                continue
            slots = {"package": found["name"]}
            if found.get(OTHER) not in (None, found["name"]):
                slots[OTHER] = found[OTHER]
            request = Request("package_info", {name: str(value) for name, value in slots.items()})
            return Understanding(text, (request,), Decision.ACT, alternatives=(request.name,))
    return None


def _readings(line: str, language: str) -> list[_Reading]:
    matches = (match_template(template, line) for template in _templates(language))
    found = [
        _Reading({slot: words.strip(" ,") for slot, words in one.words.items()}, one.literal_length)
        for one in matches
        if one is not None
    ]
    return sorted(found, key=lambda one: -one.literal_length)


def _program(words: str, index: NameIndex) -> str | None:
    """Return the program that words name for certain: no pronoun, and no word that people say anyway."""
    if not words or words in IT or everyday_word(words) or len(words.split()) > _LONGEST_NAME:
        return None
    found = resolve_name(words, index, Context())
    return found[0].attribute if found and found[0].score >= CERTAIN else None


@cache
def _templates(language: str) -> tuple[Template, ...]:
    known = tomllib.loads(resource("understanding", "comparisons.toml").read_text(encoding="utf-8"))
    rows = known.get(language, {})
    rules: dict[str, str] = rows.get("rules", {})
    return tuple(compile_template(kind, one, rules) for kind in _KINDS for one in rows.get(kind, ()))
