"""Numbers: ports and generations, in digits or in words ("thirty four fifty seven" is 3457)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nixforhumanity.understanding.extraction.words import Line

HIGHEST_PORT = 65_535
HIGHEST_GENERATION = 99_999

_UNITS = MappingProxyType(
    {
        "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
        "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    }
)  # fmt: skip
_TENS = MappingProxyType(
    {
        "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90,
    }
)  # fmt: skip
_SCALES = MappingProxyType({"hundred": 100, "thousand": 1_000, "sousand": 1_000})
_REPEATS = MappingProxyType({"double": 2, "triple": 3})
_DIGITS = re.compile(r"(?<![\w.])[#:№(=]*([0-9]{1,7})(?![\w]|\.[0-9])")
_IN_NAME = re.compile(r"(?:system|profile|generation|gen|state|port|no|nr)[-_.#:=]?([0-9]{1,6})(?:-link)?")
_AT_PORT = re.compile(r"(?::|port[=:]?)([0-9]{1,6})(?!\w)")
_LONGEST_RUN = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a line."""

    value: int
    first: int
    """Its first word."""
    last: int
    """The word after its last."""
    digits: bool
    """Written in digits."""


def numbers_in(line: Line) -> list[Number]:
    """Return every whole number of a line, in order."""
    found: list[Number] = []
    place = 0
    while place < len(line.words):
        low = line.words[place].low
        if any(letter.isdigit() for letter in low):
            value = digits_of(low)
            if value is not None:
                found.append(Number(value, place, place + 1, digits=True))
            place += 1
            continue
        if "-" in low and (value := number_of(low.split("-"))) is not None:
            found.append(Number(value, place, place + 1, digits=False))
            place += 1
            continue
        end = _end_of_run(line, place)
        if end > place and (value := number_of(line.lows(place, end))) is not None:
            found.append(Number(value, place, end, digits=False))
        place = max(end, place + 1)
    return found


def number_of(words: Sequence[str]) -> int | None:
    """Return the number that words say; None when they say none."""
    if len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) < 8:
        return int(words[0])
    groups: list[int] = []
    repeat = 1
    before = ""
    for word in words:
        if word == "and":
            continue
        if word in _SCALES:
            if not groups:
                groups = [1]
            _scale(groups, _SCALES[word])
        elif word in _REPEATS:
            repeat = _REPEATS[word]
            continue
        elif word in _UNITS or word in _TENS:
            value = _UNITS.get(word, _TENS.get(word, 0))
            joins = before in _TENS and 1 <= value <= 9
            if groups and repeat == 1 and (joins or _fits_below(groups[-1], value, before)):
                groups[-1] += value
            else:
                groups += [value] * repeat
            repeat = 1
        else:
            return None
        before = word
    return int("".join(map(str, groups))[:8]) if groups else None


def _scale(groups: list[int], scale: int) -> None:
    """Multiply what was said last, as in `eight hundred`; `two thousand` after `one` stays apart."""
    if scale == 1_000 and len(groups) > 1:
        groups[:] = [int("".join(map(str, groups)))]
    if scale == 100 and groups[-1] >= 1_000:
        rest = groups[-1] % 1_000
        groups[-1] += (rest or 1) * scale - rest
    else:
        groups[-1] *= scale


def _fits_below(so_far: int, value: int, before: str) -> bool:
    """Whether a number goes on after a `hundred` or `thousand`: `eight thousand eighty` is one number."""
    after_scale = so_far >= 100 and so_far % 100 == 0
    return after_scale and (before in _SCALES or before in _TENS) and value < 100


def digits_of(low: str) -> int | None:
    """Return the number that a word has in digits, as in `:8080`, `gen-42` or `22/tcp`; None without one."""
    for pattern in (_DIGITS, _IN_NAME, _AT_PORT):
        if (match := pattern.search(low)) is not None:
            return int(match[1])
    match = re.match(r"([0-9]{1,6})(?:[-/–](?:tcp|udp)|th|st|nd|rd)?$", low)
    return int(match[1]) if match else None


def _end_of_run(line: Line, first: int) -> int:
    end = first
    while end < len(line.words) and end - first < _LONGEST_RUN:
        low = line.words[end].low
        following = line.words[end + 1].low if end + 1 < len(line.words) else ""
        says = low in _UNITS or low in _TENS or low in _SCALES or low in _REPEATS
        goes_on = low == "and" and end > first and (following in _UNITS or following in _TENS)
        if goes_on and line.words[end - 1].low not in _SCALES:
            goes_on = False
        if not (says or goes_on) or (end > first and line.words[end - 1].closes):
            break
        if low == "one" and end == first and not _is_number(following):
            # "the one", "one of them": hardly ever a number on its own
            previous = line.words[end - 1].low if end else ""
            if previous not in ("port", "generation", "number", "state", "gen"):
                break
        end += 1
    return end


def _is_number(low: str) -> bool:
    return low in _UNITS or low in _TENS or low in _SCALES
