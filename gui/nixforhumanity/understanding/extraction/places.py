"""Places and languages: time zones, locales, keyboard layouts, channels."""

import re
import zoneinfo
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.extraction.lexicon import lexicon
from nixforhumanity.understanding.extraction.numbers import number_of
from nixforhumanity.understanding.extraction.phrases import known_names, misspelt_names
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.spelling import key_of
from nixforhumanity.understanding.extraction.tables import ENGLISH, everyday_words, table, word_set
from nixforhumanity.understanding.extraction.words import Line

_ZONE = re.compile(r"[A-Za-z]+(?:/[A-Za-z][A-Za-z_+-]*[0-9]{0,2}){1,2}|UTC|GMT")
_OFFSET = re.compile(r"(?:utc|gmt) ?([+-])([0-9]{1,2})\b", re.IGNORECASE)
_LOCALE = re.compile(r"\b([a-z]{2,3})_([A-Z]{2})(?:\.(?:UTF-?8|utf-?8))?(?![\w])", re.IGNORECASE | re.ASCII)
_CHANNEL = re.compile(
    r"\b((?:nixos|nixpkgs)-(?:unstable|[0-9]{2}\.[0-9]{2})(?:-(?:small|aarch64|darwin))?)\b",
    re.ASCII,
)
_RELEASE = re.compile(r"(?<![\w.])(1[3-9]|2[0-9]|3[0-9])[. ]?(05|11|09|03)(?![\w]|\.\d)", re.ASCII)
_URL_CHANNEL = re.compile(
    r"(?:channels/|archive/|tree/)([A-Za-z0-9][\w.-]{0,60}?)(?:\.tar\.gz|/nixexprs\.tar\.xz|$|\s)"
)
_AREAS = frozenset(
    """
    Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific
    """.split()  # noqa: SIM905
)
_KNOWN_CHANNELS = frozenset({"home-manager", "nixos-hardware", "nur"})


@cache
def zones() -> frozenset[str]:
    """Return every time zone of the zone database."""
    return frozenset(zoneinfo.available_timezones())


@cache
def _zone_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for zone in sorted(zones()):
        area, _, city = zone.rpartition("/")
        if area.partition("/")[0] in _AREAS and area != "America/Indiana":
            names.setdefault(key_of(city), zone)
    return MappingProxyType(names | _names("cities"))


@cache
def _names(kind: str) -> dict[str, str]:
    listed: Mapping[str, str] = table("places")[kind]
    return {key_of(name): value for value, names in listed.items() for name in names.split(",")}


@cache
def known_locales(language: str) -> frozenset[str]:
    """Return every locale that may be put together of a language and a country."""
    if language == ENGLISH:
        return frozenset(table("places")["languages"])
    path = resource("understanding", "locales.txt")
    listed = path.read_text(encoding="utf-8").split() if path.is_file() else []
    return frozenset([*table("places")["languages"], *(f"{name}.UTF-8" for name in listed)])


def timezones_in(line: Line) -> list[Candidate]:
    """Return the time zones that a line names by themselves, their city or their country."""
    by_name = {zone.casefold(): zone for zone in zones()}
    found = []
    for place, word in enumerate(line.words):
        for match in _ZONE.finditer(word.raw):
            zone = by_name.get(match[0].casefold(), "")
            if "/" in zone or zone == "UTC":
                found.append(Candidate(place, place + 1, zone, ("written",)))
        if (offset := _OFFSET.fullmatch(word.raw)) is not None:
            # Etc's signs are the other way round: two hours ahead of UTC is Etc/GMT-2.
            zone = f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}"
            found += [Candidate(place, place + 1, zone, ("offset",))] if zone in zones() else []
    return found + _places(line, _zone_names(), "timezone")


def locales_in(line: Line) -> list[Candidate]:
    """Return the locales that a line names by themselves, their language or their country."""
    known = known_locales(line.language)
    found = []
    for place, word in enumerate(line.words):
        for match in _LOCALE.finditer(word.raw):
            value = f"{match[1].lower()}_{match[2].upper()}.UTF-8"
            if value in known or match[2].isupper():
                found.append(Candidate(place, place + 1, value, ("written",)))
    names = _names("languages")
    places = _places(line, names, "locale")
    for language in places:
        for country in places:
            apart = (
                country.first - language.last
                if country.first > language.first
                else language.first - country.last
            )
            if 0 <= apart <= 4 and language.value != country.value:
                joined = f"{language.value.partition('_')[0]}_{country.value.partition('_')[2]}"
                if joined in known:
                    found.append(
                        Candidate(
                            min(language.first, country.first),
                            max(language.last, country.last),
                            joined,
                            ("language-and-country",),
                        )
                    )
    spelt = re.search(r" ([a-z]) ([a-z]) (?:underscore |under score )?([a-z]) ([a-z]) ", line.joined)
    value = f"{spelt[1]}{spelt[2]}_{spelt[3].upper()}{spelt[4].upper()}.UTF-8" if spelt else ""
    if spelt and value in known:
        place = line.joined[: spelt.start()].count(" ")
        found.append(Candidate(place, place + 4, value, ("spelt",)))
    return [one for one in found if one.last <= len(line.words)] + places


def layouts_in(line: Line) -> list[Candidate]:
    """Return the keyboard layouts that a line names by xkb's name, their language or their country."""
    known = table("places")["layouts"]
    found = []
    for place, word in enumerate(line.words):
        low = word.low.removeprefix("layout=").strip('"')
        if low in known and (low not in word_set("everyday", "small") or word.opens or word.raw != word.low):
            found.append(Candidate(place, place + 1, low, ("written", f"written:{low}")))
    return found + _places(line, _names("layouts"), "layout")


def _places(line: Line, names: Mapping[str, str], kind: str) -> list[Candidate]:
    small = word_set("everyday", "small")
    known = [
        Candidate(
            one.first, one.last, one.value, ("known", f"{kind}:{' '.join(line.lows(one.first, one.last))}")
        )
        for one in known_names(line, names, avoid=small | everyday_words(line.language))
    ]
    slips = [Candidate(one.first, one.last, one.value, ("slip",)) for one in misspelt_names(line, names)]
    return known + _local(line, kind) + slips


def _local(line: Line, kind: str) -> list[Candidate]:
    """Return what the line's own language calls places and languages."""
    if line.language == ENGLISH:
        return []
    return [
        Candidate(hit.first, hit.last, hit.value, ("local", f"{kind}:{hit.words}"))
        for hit in lexicon("places", kind, line.language).hits(line)
    ]


def channel(line: Line) -> str | None:
    """Return the channel that a line names: `nixos-unstable`, `nixos-24.11`, ..."""
    if (match := _CHANNEL.search(line.text.casefold())) is not None:
        return match[1]
    if (match := _URL_CHANNEL.search(line.text)) is not None and _is_channel(match[1]):
        return match[1]
    joined = line.joined
    system = (
        "nixpkgs"
        if re.search(r"\b(?:nixpkgs|nix ?pkgs|nix packages|packages)\b", joined, re.ASCII)
        else "nixos"
    )
    for name in _KNOWN_CHANNELS:
        if f" {name} " in joined or f" {name.replace('-', ' ')} " in joined:
            return name
    small = "-small" if re.search(r"\bsmall\b", joined) else ""
    if (match := _RELEASE.search(line.text)) is not None:
        return (
            f"{system if system == 'nixos' or 'darwin' in joined else 'nixos'}-{match[1]}.{match[2]}{small}"
        )
    if (release := _spoken_release(line)) is not None:
        return f"nixos-{release}{small}"
    if line.language != ENGLISH and (hits := lexicon("places", "channel", line.language).hits(line)):
        return f"{system}-{hits[0].value}" if hits[0].value == "unstable" else hits[0].value
    if re.search(r"unstabel|unstable|un stable|unstble|rolling|newest|very latest", joined):
        return f"{system}-unstable{small if system == 'nixos' else ''}"
    return None


def _is_channel(name: str) -> bool:
    return _CHANNEL.fullmatch(name) is not None or name in _KNOWN_CHANNELS


def _spoken_release(line: Line) -> str | None:
    """Return `24.11` for "twenty four eleven" and `25.05` for "twenty five dot oh five"."""
    lows = [word.low for word in line.words if word.low not in ("dot", "point")]
    for place, low in enumerate(lows):
        if low != "twenty" and low != "thirty":
            continue
        for length in (4, 3, 2):
            number = number_of(lows[place : place + length])
            if number is not None and re.fullmatch(r"[23][0-9](?:11|05|5)", str(number)):
                digits = str(number)
                return f"{digits[:2]}.{digits[2:].zfill(2)}"
    return None
