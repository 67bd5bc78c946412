"""Closed lists: level, action of a rebuild, scope of an installation, protocol of a port."""

import re

from nixforhumanity.understanding.extraction.spelling import nearest
from nixforhumanity.understanding.extraction.tables import table
from nixforhumanity.understanding.extraction.words import Line

_NOT = frozenset({"not", "merely", "without"})
_FROM = frozenset({"from", "not", "no", "than", "like", "outgrown"})
_UNWILLING = frozenset({"stop", "not", "no", "never", "treating", "treated", "quit", "feel", "if", "don't"})


def level(line: Line) -> str | None:
    """Return beginner, intermediate or expert; None when the line speaks of none."""
    named = _named_levels(line)
    middle = [name for name in named if name[0] == "intermediate"]
    if middle:
        return "intermediate"
    wanted = [name for name in named if not name[1]]
    unwanted = {name for name, taken_back in named if taken_back}
    distinct = {name for name, _ in wanted}
    if len(distinct) == 1:
        return wanted[0][0]
    joined = line.joined
    for words, value in _phrases("level_phrases"):
        if words in joined:
            return value
    if {"beginner", "expert"} <= unwanted:
        return "intermediate"
    if distinct:
        return wanted[-1][0]
    if unwanted == {"beginner"}:
        return "expert"
    return "beginner" if unwanted == {"expert"} else None


def _named_levels(line: Line) -> list[tuple[str, bool]]:
    """Return the levels that words name, each with whether it is what the person does not want."""
    names: dict[str, str] = {
        word: value for value, words in table("levels")["levels"].items() for word in words.split()
    }
    found = []
    for place, word in enumerate(line.words):
        low = re.split(r"[=:]|--", word.low)[-1].removesuffix("'s")
        known = names.get(low) or names.get(low.removesuffix("s")) or _slip(low, names)
        if known is None:
            continue
        before = line.lows(place - 3, place)
        last = next((low for low in reversed(before) if low in _FROM or low in ("to", "into")), "")
        if last == "like" and not _UNWILLING & set(line.lows(0, place)):
            last = ""  # "treat me like a pro" is a wish
        found.append((known, last in _FROM or "too" in line.lows(place, place + 4)))
    return found


def _slip(low: str, names: dict[str, str]) -> str | None:
    if len(low) < 5 or low in ("export", "except", "easily", "expect"):
        return None
    near = nearest(low, ("beginner", "expert", "intermediate", "advanced", "novice"))
    return names[near] if near else None


def _phrases(key: str) -> list[tuple[str, str]]:
    """Return the phrases of a table with what they mean, blanks around each."""
    return [
        (f" {phrase.strip()} ", value)
        for value, phrases in table("levels")[key].items()
        for phrase in phrases.split(",")
    ]


def action(line: Line) -> str | None:
    """Return what a rebuild does: switch, test, boot or dry; None when the line does not say."""
    joined = re.sub(r"-", " ", line.joined)
    for words, value in _phrases("actions"):
        if words in joined:
            return value
    return None


def scope(line: Line) -> str | None:
    """Return where a program goes: user, system or temporary; None when the line does not say."""
    joined = line.joined
    best: tuple[bool, int] | None = None
    found = None
    for words, value in _phrases("scopes"):
        place = joined.find(words)
        if place < 0:
            continue
        rank = (bool(_NOT & set(joined[:place].split()[-4:])), place)
        if best is None or rank < best:
            best, found = rank, value
    return found


def protocol(line: Line) -> str | None:
    """Return tcp or udp; None when the line names none, or both."""
    joined = line.joined
    said = {
        name
        for name in ("tcp", "udp")
        if re.search(rf"(?<![a-z]){name}(?![a-z])|allowed{name}ports", joined)
        or f" {' '.join(name)} " in joined
    }
    return said.pop() if len(said) == 1 else None
