"""NixOS options: dotted names, spoken or misspelt ones, a few plain phrases; and values as JSON."""

import json
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from nixforhumanity.understanding.extraction.local_values import option_phrase, said_elsewhere
from nixforhumanity.understanding.extraction.numbers import numbers_in
from nixforhumanity.understanding.extraction.spelling import key_of, slips
from nixforhumanity.understanding.extraction.tables import ENGLISH, english_words, table
from nixforhumanity.understanding.extraction.words import Line, quotations

_DOTTED = re.compile(r'[A-Za-z][\w-]{0,60}(?:\.(?:[A-Za-z_][\w-]{0,60}|"[^"\s]{1,80}"|<\w+>))+', re.ASCII)
_TOP = frozenset(
    """
    appstream boot console containers documentation dysnomia environment fileSystems fonts gtk hardware
    home i18n image location lib meta networking nix nixpkgs oci power powerManagement programs qt
    security services snapraid specialisation stubby swapDevices system systemd time users
    virtualisation xdg zramSwap
    """.split()  # noqa: SIM905
)
_FILES = re.compile(r"\.(?:nix|lock|toml|json|org|com|net|txt|md|service|conf|ru|de)$", re.IGNORECASE)
_ASSIGNED = re.compile(r"\s{0,3}(?::=|=|→|->)\s{0,3}")
_LIST = re.compile(r"\[([^\[\]]{0,400})\]")
_LIST_ITEM = re.compile(r'"([^"]{0,200})"|(-?[0-9]{1,15})(?![\w.])|([\w.-]{1,80})')
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_TRUE = frozenset(["true", "on", "enabled", "yes", "ture", "treu", "ein", "activated"])
_FALSE = frozenset(["false", "off", "disabled", "flase", "fales"])
_ON = frozenset(["enable", "activate", "on", "switch", "turn", "true", "activated", "have"])
_OFF = frozenset(["disable", "deactivate", "off", "false", "without"])
_VALUE_CUES = frozenset(
    [
        "to",
        "value",
        "be",
        "at",
        "becomes",
        "become",
        "is",
        "read",
        "says",
        "say",
        "of",
        "with",
        "on",
        "in",
        "now",
        "=",
        "by",
        "the",
        "put",
        "ignore",
        "too",
        "ot",
        "reads",
        "have",
    ]
)
_LONGEST_SPOKEN = 24
_DOTS = frozenset({"dot", "punkt", "point", "punto", "ponto", "точка", "点", "نقطة", "نقطه", "دوت", "डॉट"})
_MOST_SEGMENTS = 12


@cache
def _known() -> Mapping[str, str]:
    return MappingProxyType({key_of(name): name for name in table("options")["known"]["names"].split()})


def is_option(name: str) -> bool:
    """Tell whether this has the form of an option's name."""
    return (
        len(name) <= 300
        and name.count(".") < _MOST_SEGMENTS
        and (name in _known().values() or _DOTTED.fullmatch(name) is not None)
    )


def option_in(line: Line) -> str | None:
    """Return the option that a line names; None when it names none."""
    found = _written(line)
    return found[0] if found else None


def option_and_value(line: Line) -> dict[str, str]:
    """Return the option and, as JSON, the value that it is to have."""
    found = _written(line)
    if found is None:
        return _phrase(line)
    option, start, end = found
    if (value := _value(line, start, end)) is not None:
        return {"option": option, "value": value}
    hinted = _phrase(line)
    return hinted if hinted.get("option") == option else {"option": option}


def _written(line: Line) -> tuple[str, int, int] | None:
    """Return an option's name and where it stands in the text."""
    candidates = []
    for match in _DOTTED.finditer(line.text):
        name = match[0]
        if _FILES.search(name) and name.partition(".")[0] not in _TOP:
            continue
        top = name.partition(".")[0]
        if top in _TOP or key_of(name) in _known():
            candidates.append((_restored(name), match.start(), match.end()))
        elif (near := _near(name)) is not None:
            candidates.append((near, match.start(), match.end()))
    if candidates:
        return candidates[0]
    return _spoken(line) or _one_word(line)


def _restored(name: str) -> str:
    """Return the name as NixOS writes it, where only capitals or one letter differ from a known one."""
    if '"' in name:
        return name
    known = _known()
    if name in known.values():
        return name
    if (same := known.get(key_of(name))) is not None:
        return same
    return _near(name) or name


def _near(name: str) -> str | None:
    """Return the known option that one slip makes this; segments are compared one by one."""
    segments = name.split(".")
    english = english_words()
    for known in _known().values():
        others = known.split(".")
        if len(others) != len(segments) or abs(len(known) - len(name)) > 2:
            continue
        different = [(one, other) for one, other in zip(segments, others, strict=True) if one != other]
        if len(different) != 1:
            continue
        one, other = different[0]
        if len(one) > 4 and one.casefold() not in english and slips(one, other, 2) <= 1 + (len(one) > 7):
            return known
    return None


def _spoken(line: Line) -> tuple[str, int, int] | None:
    """Return a name that was said with `dot` between its parts."""
    words = line.words
    dots = [place for place, word in enumerate(words) if word.low in _DOTS]
    if not dots:
        return None
    known = _known()
    for first in (dots[0] - 1, dots[0] - 2, dots[0] - 3):
        if first < 0:
            break
        for last in range(min(len(words), dots[-1] + 6), dots[-1] + 1, -1):
            spoken = "".join(word.low for word in words[first:last] if word.low not in _DOTS)
            if last - first <= _LONGEST_SPOKEN and (name := known.get(key_of(spoken))) is not None:
                return name, words[first].start, words[last - 1].end
    first, last = dots[0] - 1, dots[-1] + 2
    if first < 0 or last > len(words) or last - first > _LONGEST_SPOKEN:
        return None
    name = "".join("." if word.low in _DOTS else word.raw for word in words[first:last])
    if _DOTTED.fullmatch(name) and name.partition(".")[0] in _TOP:
        return name, words[first].start, words[last - 1].end
    return None


def _one_word(line: Line) -> tuple[str, int, int] | None:
    """Return an option without a dot, such as `swapDevices`; or the last part of a known one."""
    for word in line.words:
        key = key_of(word.raw)
        known = _known().get(key)
        if known is not None and any(letter.isupper() for letter in known) and "." not in known:
            return known, word.start, word.end
    for word in line.words:
        if any(letter.isupper() for letter in word.raw[1:]) and len(word.raw) > 6:
            ends = {name for name in _known().values() if name.rpartition(".")[2] == word.raw}
            beside = {
                name
                for name in ends
                if all(part.casefold() in line.joined for part in name.split(".")[:-1][-1:])
            }
            for chosen in (ends, beside):
                if len(chosen) == 1:
                    return next(iter(chosen)), word.start, word.end
            if (near := _near(word.raw)) is not None:
                return near, word.start, word.end
    return None


def _value(line: Line, start: int, end: int) -> str | None:
    after, before = line.text[end:], line.text[:start]
    assigned = _ASSIGNED.match(after)
    if (listed := _LIST.search(after)) is not None:
        return _list(listed[1])
    if assigned is not None:
        return _scalar(after[assigned.end() :])
    for text in (after, before):
        for opens, closes in quotations(text):
            return _json(text[opens:closes])
    return _said(line, start, end)


def _said(line: Line, start: int, end: int) -> str | None:
    """Return a value that words say: after the name first, then before it."""
    if line.language != ENGLISH:
        return said_elsewhere(line, start, end)
    after = [place for place, word in enumerate(line.words) if word.start >= end]
    before = [place for place, word in enumerate(line.words) if word.end <= start]
    numbers = {number.first: number.value for number in numbers_in(line)}
    if features := _features(line, after):
        return features
    for places in (after, list(reversed(before))):
        for place in places:
            low = line.words[place].low
            following = line.words[place + 1].low if place + 1 < len(line.words) else ""
            if low == "on" and places is after and following in ("the", "number", "this", "my"):
                continue
            if low in _TRUE:
                return "true"
            if low in _FALSE:
                return "false"
            if place in numbers:
                return json.dumps(numbers[place])
            if low == "number" or line.words[place].raw.startswith("-"):
                continue
            if (
                places is after
                and place
                and line.words[place - 1].low in ("to", "ot", "value", "become", "read", "be")
            ):
                if low in ("the", "a", "put", "switched", "set", "given", "turned", "at", "ask", "do"):
                    continue
                if (
                    low in english_words()
                    and line.words[place - 1].low in ("to", "be", "read")
                    and low not in _PLAIN
                ):
                    continue
                return _json(line.words[place].raw)
    lows = set(line.lows(0, len(line.words)))
    if lows & _OFF:
        return "false"
    return "true" if lows & _ON else None


_PLAIN = frozenset(
    [
        "ignore",
        "suspend",
        "performance",
        "powersave",
        "hibernate",
        "poweroff",
        "lock",
        "no",
        "yes",
        "nothing",
        "weekly",
        "daily",
        "ondemand",
    ]
)


def _features(line: Line, after: list[int]) -> str | None:
    lows = [line.words[place].low for place in after]
    if "nix-command" in lows and "flakes" in lows:
        return json.dumps(["nix-command", "flakes"])
    return None


def _scalar(text: str) -> str | None:
    text = text.strip()
    if text[:1] in "\"'":
        end = text.find(text[0], 1)
        return json.dumps(text[1:end], ensure_ascii=False) if 0 < end <= 400 else None
    word = re.match(r"[^\s;]{1,200}", text)
    return _json(word[0].rstrip(".,;:)")) if word else None


def _json(word: str) -> str | None:
    if len(word) > 400 or not word.isprintable():
        return None
    low = word.casefold()
    if low in _TRUE:
        return "true"
    if low in _FALSE:
        return "false"
    if _INTEGER.fullmatch(word):
        return str(int(word))
    return json.dumps(word, ensure_ascii=False) if word else None


def _list(inner: str) -> str:
    items: list[Any] = []
    for match in _LIST_ITEM.finditer(inner):
        quoted, number, word = match.groups()
        items.append(int(number) if number else quoted if quoted is not None else word)
    return json.dumps(items, ensure_ascii=False)


def _phrase(line: Line) -> dict[str, str]:
    """Return the option and value that plain words stand for; empty when none is meant."""
    if line.language != ENGLISH:
        return option_phrase(line)
    lows = set(line.lows(0, len(line.words)))
    for phrase in table("options")["phrase"]:
        if all(set(words.split("|")) & lows for words in phrase["all"]):
            value = _phrase_value(phrase["value"], line, lows)
            if value is not None:
                return {"option": phrase["option"], "value": value}
    return {}


def _phrase_value(kind: str, line: Line, lows: set[str]) -> str | None:
    if kind == "number":
        numbers = [number.value for number in numbers_in(line)]
        return str(numbers[-1]) if numbers else None
    if kind == "switch":
        return "false" if lows & (_OFF | {"block", "ignore", "deactivate", "no"}) else "true"
    return kind
