"""Compiles sentence templates (hassil's notation) into regular expressions with a group for each slot."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    Permutation,
    RuleReference,
    Sequence,
    TextChunk,
)
from hassil.parse_expression import parse_sentence

_AMOUNT = "|".join(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
)

# A space of a template: a space of the text, or nothing where an optional word before it was left out,
# or where a comma comes next.
_BOUNDARY = r"(?:(?<![^ ])| |$|(?=,))"

SLOT_PATTERNS: Mapping[str, str] = {
    "package": r"[^ ]+(?: [^ ]+){0,3}?",
    "command": r"[^ ]+",
    "word": r"[^ ]+(?: [^ ]+){0,4}?",
    "tools": r"[^ ]+(?:(?:,| and|, and)? [^ ]+){1,12}",
    "libraries": r"[^ ]+(?:(?:,| and|, and)? [^ ]+){0,12}",
    "version": r"v?[0-9][0-9a-z._]*",
    "generation": r"(?:number |generation )?[0-9]{1,9}",
    "from": r"[0-9]{1,9}",
    "to": r"[0-9]{1,9}",
    "days": rf"(?:an?|{_AMOUNT}|[0-9]{{1,6}})",
    "weeks": rf"(?:an?|{_AMOUNT}|[0-9]{{1,6}})",
    "months": rf"(?:an?|{_AMOUNT}|[0-9]{{1,6}})",
    "explicit": (
        r"(?:delete|remove|clean|install|undo)(?: it| them| that| up| everything| all)*(?: for good)?"
    ),
    "count": rf"(?:{_AMOUNT}|[0-9]{{1,6}})",
}
_FREE_TEXT = r".+?"


@dataclass(frozen=True, slots=True)
class Template:
    """One compiled template."""

    request: str
    pattern: re.Pattern[str]
    source: str


@dataclass(frozen=True, slots=True)
class TemplateMatch:
    """A template that fits a text, with the words that fill its slots."""

    request: str
    words: Mapping[str, str]
    literal_length: int
    """Characters of the text that the template itself names: the more, the more certain."""


def compile_template(request: str, source: str, rules: Mapping[str, str]) -> Template:
    """Compile one template; raises ValueError when it uses an unknown rule."""
    names: dict[str, int] = {}
    body = _render(parse_sentence(source).expression, rules, names)
    return Template(request, re.compile(rf" *{body} *"), source)


def match_template(template: Template, text: str) -> TemplateMatch | None:
    """Match a whole normalised text."""
    match = template.pattern.fullmatch(text)
    if match is None:
        return None
    words = {_slot_of(name): value.strip() for name, value in match.groupdict().items() if value}
    taken = sum(len(value) for value in words.values())
    return TemplateMatch(template.request, words, len(text) - taken)


def _slot_of(group: str) -> str:
    return group.rpartition("__")[0]


def _render(expression: Expression, rules: Mapping[str, str], names: dict[str, int]) -> str:
    match expression:
        case TextChunk():
            return re.sub(r"(?:\\ )+", lambda _: _BOUNDARY, re.escape(expression.text.casefold()))
        case Alternative():
            # The longest first: "try out" before "try", or the rest of the words would go into a slot.
            parts = [_render(item, rules, names) for item in expression.items]
            return "(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")"
        case Permutation():
            raise ValueError("permutations are not used in our templates")
        case Sequence():
            return "".join(_render(item, rules, names) for item in expression.items)
        case RuleReference():
            if expression.rule_name not in rules:
                raise ValueError(f"unknown rule <{expression.rule_name}>")
            return _render(parse_sentence(rules[expression.rule_name]).expression, rules, names)
        case ListReference():
            slot = expression.list_name
            names[slot] = names.get(slot, 0) + 1
            return rf"(?P<{slot}__{names[slot]}>{SLOT_PATTERNS.get(slot, _FREE_TEXT)})"
    raise ValueError(f"unknown part of a template: {expression!r}")
