"""Names that people give: users, groups, computers, WiFi networks; from words to what a system takes."""

import re

from nixforhumanity.understanding.extraction.numbers import number_of
from nixforhumanity.understanding.extraction.tables import ENGLISH
from nixforhumanity.understanding.extraction.words import Line

_USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_SSID = 32
"""Bytes that a network's name may have."""
_MARKS = {"dash": "-", "hyphen": "-", "minus": "-", "underscore": "_", "dot": "."}
_NOT_NAMES = frozenset(
    """
    the a an my me i you it this that him her his their our user users account login name for with and or
    to from in on at is are be please new old who whose someone somebody person called named true false he
    she they isnormaluser
    """.split()  # noqa: SIM905
)
_DECLARED = re.compile(
    r"^users\.(?:users|groups)\.|(?<=\w)\.(?:isNormalUser|isSystemUser|extraGroups|members|enable)\b.*$"
)


def is_user_name(name: str) -> bool:
    """Tell whether Linux takes this as the name of a user or of a group."""
    return _USER.fullmatch(name) is not None


def is_host_name(name: str) -> bool:
    """Tell whether this may be the name of a computer."""
    return _HOST.fullmatch(name) is not None


def is_network_name(name: str) -> bool:
    """Tell whether a WiFi network may be called this."""
    return 0 < len(name.encode("utf-8", "replace")) <= _LONGEST_SSID and name.isprintable()


def user_name(line: Line, first: int, last: int) -> str | None:
    """Return the words as the name of a user or group, in small letters; None when they cannot be one."""
    name = _DECLARED.sub("", put_together(line, first, last)).casefold()
    name = name.removesuffix("'s").removesuffix("’s").rstrip("'’")
    return name if is_user_name(name) and name not in _NOT_NAMES else None


def host_name(line: Line, first: int, last: int) -> str | None:
    """Return the words as the name of a computer; None when they cannot be one."""
    name = put_together(line, first, last)
    return name if is_host_name(name) and name.casefold() not in _NOT_NAMES else None


def network_name(line: Line, first: int, last: int) -> str | None:
    """Return the words as the name of a network, capitals and blanks kept."""
    words = line.lows(first, last)
    name = line.between(first, last)
    if (
        line.language == ENGLISH
        and len(words) > 1
        and (all(len(word) == 1 for word in words) or set(words) & set(_MARKS))
    ):
        name = put_together(line, first, last)
    return name if is_network_name(name) and name.casefold() not in _NOT_NAMES else None


def put_together(line: Line, first: int, last: int) -> str:
    """Join what was spoken in parts: letters, numbers in words, `dash`; apart, words stay apart."""
    words = [word.raw for word in line.words[first:last]]
    if len(words) == 1:
        return words[0]
    if line.language != ENGLISH:
        text = line.between(first, last)
        if " " not in text:
            return text
    spelt = sum(len(word) == 1 for word in words) > 1
    joined: list[str] = []
    numbers: list[str] = []
    for word in words:
        low = word.casefold()
        if number_of((low,)) is not None and not low.isdigit():
            numbers.append(low)
            continue
        if numbers:
            joined.append(_number(numbers))
            numbers = []
        if low in _MARKS:
            joined.append(_MARKS[low])
        else:
            if len(joined) and not spelt and joined[-1] not in _MARKS.values():
                return ""  # two words with nothing between them are no name
            joined.append(word)
    if numbers:
        joined.append(_number(numbers))
    return "".join(joined)


def _number(words: list[str]) -> str:
    zeros = len(words) - len([word for word in words if word not in ("zero", "oh")])
    if zeros and words[0] in ("zero", "oh"):
        return "0" + (_number(words[1:]) if len(words) > 1 else "")
    number = number_of(words)
    return "" if number is None else str(number)


_TYPED = (
    re.compile(r"\b(?:usermod) +-a?G +(?P<group>[\w,-]{1,60}) +(?P<user>[\w.-]{1,40})"),
    re.compile(r"\bgpasswd +(?:-a|--add) +(?P<user>[\w.-]{1,40}) +(?P<group>[\w-]{1,40})"),
    re.compile(r"\busers\.groups\.(?P<group>[\w-]{1,40})\.members *\+?= *(?:\[ *)?\"?(?P<user>[\w-]{1,40})"),
    re.compile(
        r"\busers\.users\.\"?(?P<user>[\w-]{1,40})\"?\.extraGroups\b[^\w\"]{0,6}(?:gets|[+]?=|:)?[^\w]{0,6}(?P<group>[\w-]{1,40})"
    ),
    re.compile(r"\busers\.users\.\"?(?P<user>[\w-]{1,40})"),
    re.compile(
        r"\b(?:useradd|userdel|adduser|deluser)(?: +-{1,2}[\w-]{1,30})* +(?P<user>[a-z_][\w-]{0,30})"
        r"(?: *$| +(?P<group>[a-z][\w-]{0,30})$)"
    ),
)
"""How users are added and changed by command and in a configuration."""


def declared_people(line: Line) -> dict[str, str]:
    """Return the user and group of a typed command or of a line of a configuration."""
    for pattern in _TYPED:
        if (match := pattern.search(line.text)) is not None:
            user, group = match["user"].casefold(), (match.groupdict().get("group") or "").casefold()
            found = {"username": user} if is_user_name(user) else {}
            if is_user_name(group):
                found["group"] = group
            return found
    return {}
