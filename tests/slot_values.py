"""Judges what understanding returns: every value of a slot against what its type in the catalogue allows."""

import json
import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.help_groups import help_data
from nixforhumanity.core.names import NameMatch
from nixforhumanity.understanding.extraction.services import OWN, is_service
from nixforhumanity.understanding.requests import Request, Understanding

MOST_LETTERS = 2_000
"""Letters that a value of free words may have; a pasted error may have ten times as many."""
INSIDE = MappingProxyType({"undo_last_change": {"package": "package"}, "confirm": {"explicit": "text"}})
"""Slots that nobody fills from outside: the catalogue does not list them."""

_ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_+'-]*(?:\.[A-Za-z_0-9][A-Za-z0-9_+'-]*){0,4}")
_GENERATION = re.compile(r"-[0-9]{1,5}d|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_OPTION = re.compile(r'[A-Za-z_][A-Za-z0-9_-]*(?:\.(?:[A-Za-z0-9_<*][A-Za-z0-9_>*-]*|"[^"\n]{1,200}"))*')
_PERSON = re.compile(r"[a-z_][a-z0-9_-]{0,30}")


def faults(understood: Understanding, known: Callable[[str], bool]) -> list[str]:
    """Return what is wrong with the values of an understanding. `known`: tells whether a package exists."""
    found = [fault for request in _every_request(understood) for fault in _faults_of(request, known)]
    shown = [understood.unknown_name, *(choice.label for choice in understood.choices)]
    return found + [f"shown: {text!r}" for text in shown if not _is_plain(text) and text]


def exists_in(resolve: Callable[[str, int], object]) -> Callable[[str], bool]:
    """Return what tells whether an index has a package of exactly this name."""

    def known(name: str) -> bool:
        found = resolve(name, 3)
        assert isinstance(found, (list, tuple))
        return any(isinstance(one, NameMatch) and one.attribute == name for one in found)

    return known


def _every_request(understood: Understanding) -> Iterator[Request]:
    yield from understood.requests
    for choice in understood.choices:
        yield choice.request


def _faults_of(request: Request, known: Callable[[str], bool]) -> Iterator[str]:
    kind = catalogue().get(request.name)
    if kind is None:
        yield f"no request: {request.name!r}"
        return
    types = {slot.name: slot.type for slot in kind.slots} | dict(INSIDE.get(request.name, {}))
    for slot, value in request.slots.items():
        if slot not in types:
            yield f"{request.name} has no slot {slot!r}"
        elif slot == "error_text":
            if not isinstance(value, str) or not _is_pasted(value):
                yield f"{request.name}.{slot}: {value!r}"
        elif not _VALID[types[slot]](value) and not (types[slot] == "package" and known(str(value))):
            yield f"{request.name}.{slot}: {value!r}"
    if not 0 <= request.confidence <= 1.001:
        yield f"{request.name}: {request.confidence}"


def _is_plain(value: object) -> bool:
    """Tell whether this is one line of visible words, as they are put into sentences and files."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= MOST_LETTERS
        and value == value.strip()
        and all(_is_visible(letter) for letter in value)
    )


def _is_pasted(value: str) -> bool:
    return 0 < len(value) <= 20_000 and all(_is_visible(one) or one.isspace() for one in value)


def _is_visible(letter: str) -> bool:
    if letter in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" or "\ufe00" <= letter <= "\ufe0f":
        return False
    return letter == " " or unicodedata.category(letter)[0] not in "CZ"


def _matches(pattern: str | re.Pattern[str]) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _is_number(lowest: int, highest: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and lowest <= value <= highest


def _one_of(*names: str) -> Callable[[object], bool]:
    return lambda value: value in names


def _is_package(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 120 and _ATTRIBUTE.fullmatch(value) is not None


def _is_json(value: object) -> bool:
    if not isinstance(value, str) or not _is_plain(value):
        return False
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def _is_generation(value: object) -> bool:
    return _is_number(1, 999_999_999)(value) or _matches(_GENERATION)(value)


_VALID: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "area": lambda value: value in help_data().groups,
        "channel": _matches(r"(?:nixos|nixpkgs)-[a-z0-9.-]{3,40}|home-manager|nixos-hardware|nur"),
        "duration": _matches(r"[1-9][0-9]{0,4}d|\+[1-9][0-9]{0,3}"),
        "generation": _is_generation,
        "group": _matches(_PERSON),
        "hostname": _matches(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"),
        "json": _is_json,
        "layout": _matches(r"[a-z]{2,5}(?:[ -][a-z0-9]{1,12})?"),
        "level": _one_of("beginner", "intermediate", "expert"),
        "locale": _matches(r"(?:[a-z]{2,3}_[A-Z]{2}|C)\.UTF-8"),
        "option": _matches(_OPTION),
        "package": _is_package,
        "packages": lambda value: (
            isinstance(value, list)
            and 0 < len(value) <= 40
            and all(_is_package(one) for one in value)
            and len(set(value)) == len(value)
        ),
        "port": _is_number(1, 65_535),
        "protocol": _one_of("tcp", "udp"),
        "rebuild-action": _one_of("switch", "test", "boot", "dry"),
        "scope": _one_of("user", "system", "temporary"),
        "service": lambda value: isinstance(value, str) and (is_service(value) or value in OWN),
        "text": _is_plain,
        "timezone": lambda value: value in zoneinfo.available_timezones(),
        "username": _matches(_PERSON),
    }
)
