"""Times: how old something may be (`14d`), how many to keep (`+5`), since when (`-1d`, a date)."""

import re
from datetime import date
from types import MappingProxyType

from nixforhumanity.understanding.extraction.numbers import Number, numbers_in
from nixforhumanity.understanding.extraction.surroundings import context_word
from nixforhumanity.understanding.extraction.words import Line

MOST_DAYS = 99_999
MOST_KEPT = 9_999

_DAYS_IN = MappingProxyType({"day": 1, "week": 7, "month": 30, "year": 365, "fortnight": 14, "night": 1})
_SHORT = re.compile(r"([0-9]{1,5})([dwmy])")
_SHORT_DAYS = MappingProxyType({"d": 1, "w": 7, "m": 30, "y": 365})
_PLUS = re.compile(r"\+([0-9]{1,4})")
_ISO = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])")
_KEEPING = frozenset(
    """
    keep keeping last latest newest recent save preserve retain except but youngest remain stay only need
    leave spare keeps
    """.split()  # noqa: SIM905
)
_ONLY_ONE = (" last one ", " only the latest ", " except the current ", " but the current ")
_SIZES = frozenset(
    """
    gb mb gigabyte gigabytes gigs megabytes gig gib mib percent hours hour minutes years year times euros
    """.split()  # noqa: SIM905
)
_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
                "august aug", "september sep", "october oct", "november nov", "december dec",
            ),
            1,
        )
        for name in names.split()
    }
)  # fmt: skip
_SINCE = (
    (" day before yesterday ", "-2d"), (" yesterday", "-1d"), (" last night ", "-1d"),
    (" last week", "-7d"), (" a week ago ", "-7d"), (" past week ", "-7d"), (" previous week ", "-7d"),
    (" week ago ", "-7d"), (" last month ", "-30d"), (" a month ago ", "-30d"), (" past month ", "-30d"),
    (" last wekk ", "-7d"), (" past seven days ", "-7d"), (" for a week ", "-7d"),
)  # fmt: skip


_BEFORE_GENERATION = frozenset(
    """
    generation generations gen gens state number between and with to from diff compare versus against
    than nor or no
    """.split()  # noqa: SIM905
)


def older_than(line: Line) -> str | None:
    """Return `14d` for an age and `+5` for a number to keep; None when neither is said."""
    for word in line.words:
        if match := _PLUS.fullmatch(word.low):
            return _kept(int(match[1]))
    age = _age(line)
    return age if age is not None else _count_to_keep(line)


def _age(line: Line) -> str | None:
    for word in line.words:
        if (match := _SHORT.fullmatch(word.low.lstrip("<>~=-"))) is not None:
            return _days(int(match[1]) * _SHORT_DAYS[match[2]])
        if (match := re.fullmatch(r"([0-9]{1,5})[-–]?(day|week|month|year)s?", word.low)) is not None:
            return _days(int(match[1]) * _DAYS_IN[match[2]])
    by_place = {number.last: number for number in numbers_in(line)}
    for place, word in enumerate(line.words):
        unit = word.low.removesuffix("s")
        if unit not in _DAYS_IN or unit == "night":
            continue
        before = line.words[place - 1].low if place else ""
        if (number := by_place.get(place)) is not None:
            return _days(number.value * _DAYS_IN[unit])
        if unit == "fortnight":
            return _days(14)
        if before == "half" or line.lows(place - 2, place) == ("half", "a"):
            return _days(_DAYS_IN[unit] // 2)
        if before == "couple" or line.lows(place - 2, place) == ("couple", "of"):
            return _days(2 * _DAYS_IN[unit])
        if before in ("a", "one", "older") and _speaks_of_age(line, place):
            return _days(_DAYS_IN[unit])
        if before in ("last", "this", "past") and line.lows(place - 3, place - 1)[-2:] in (
            ("before", "the"), ("than", "the"), ("before", "this"), ("older", "than"),
        ):  # fmt: skip
            return _days(_DAYS_IN[unit])
    return None


def _speaks_of_age(line: Line, place: int) -> bool:
    near = set(line.lows(place - 6, place)) | set(line.lows(place + 1, place + 3))
    return bool(near & {"older", "than", "over", "beyond", "before", "ago", "least", "old", "past", "age"})


def _days(days: int) -> str | None:
    return f"{days}d" if 1 <= days <= MOST_DAYS else None


def _count_to_keep(line: Line) -> str | None:
    for number in numbers_in(line):
        before = line.lows(number.first - 4, number.first)
        after = line.lows(number.last, number.last + 3)
        if number.value > MOST_KEPT or number.value < 1 or (after and after[0] in _SIZES):
            continue
        if _KEEPING & set(before) or {
            "newest",
            "latest",
            "recent",
            "remain",
            "stay",
            "last",
            "suffice",
        } & set(after):
            return _kept(number.value)
    joined = line.joined
    if " keep " in joined and any(phrase in joined for phrase in _ONLY_ONE):
        return _kept(1)
    return None


def _kept(count: int) -> str | None:
    return f"+{count}" if 1 <= count <= MOST_KEPT else None


def from_and_to(line: Line) -> dict[str, str | int]:
    """Return what to compare: `from` and `to` as generations, dates or days before now."""
    dates = list(dict.fromkeys(dates_in(line)))
    if dates:
        return dict(zip(("from", "to"), dates[:2], strict=False))
    since = _since(line)
    numbers = [number for number in numbers_in(line) if _is_generation(line, number)]
    if since is not None and len(numbers) < 2:
        return {"from": since}
    values = _in_order(line, numbers)
    return dict(zip(("from", "to"), values[:2], strict=False))


def _in_order(line: Line, numbers: list[Number]) -> list[int]:
    values: list[int] = []
    for number in numbers:
        before = line.lows(number.first - 2, number.first)
        if values and ({"mean", "wait"} & set(before) or "no" in before):
            values[-1] = number.value
        elif number.value not in values:
            values.append(number.value)
    if len(values) > 1 and " than " in line.joined and values[0] > values[1]:
        values[:2] = [values[1], values[0]]
    return values


def _is_generation(line: Line, number: Number) -> bool:
    after = line.words[number.last].low.removesuffix("s") if number.last < len(line.words) else ""
    before = line.words[number.first - 1].low if number.first else ""
    if not number.digits and number.value < 13 and context_word(before) not in _BEFORE_GENERATION:
        return False
    return (
        1 <= number.value <= MOST_DAYS
        and after not in _DAYS_IN
        and after not in ("generation", "state", "half", "halve", "system", "hour", "gb", "mb")
        and before not in ("last", "both", "newest", "latest", "past", "these", "those")
    )


def _since(line: Line) -> str | None:
    joined = line.joined
    places = [(joined.rfind(words), -len(words), value) for words, value in _SINCE if words in joined]
    if places:
        return max(places)[2]
    for number in numbers_in(line):
        unit = line.words[number.last].low.removesuffix("s") if number.last < len(line.words) else ""
        if unit in _DAYS_IN:
            days = number.value * _DAYS_IN[unit]
            return f"-{days}d" if 1 <= days <= MOST_DAYS else None
    return None


def dates_in(line: Line) -> list[str]:
    """Return the days that a line names, as `2024-11-01`, in order."""
    written = (_date(int(match[1]), int(match[2]), int(match[3])) for match in _ISO.finditer(line.text))
    found = [day for day in written if day is not None]
    if found:
        return found
    lows = [word.low for word in line.words]
    for place, low in enumerate(lows):
        if low not in _MONTHS:
            continue
        near = [re.sub(r"(?:st|nd|rd|th)$", "", other) for other in lows[max(place - 2, 0) : place + 3]]
        numbers = [int(other) for other in near if other.isascii() and other.isdigit() and len(other) < 5]
        years = [number for number in numbers if 1990 <= number <= 2100]
        days = [number for number in numbers if 1 <= number <= 31]
        if years and days and (day := _date(years[0], _MONTHS[low], days[0])) is not None:
            found.append(day)
    return found


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
