"""Times in other languages: every age, count to keep and past day that a line may mean."""

import re
from collections.abc import Iterator

from nixforhumanity.understanding.extraction import durations
from nixforhumanity.understanding.extraction.lexicon import Hit, lexicon
from nixforhumanity.understanding.extraction.local_numbers import numbers_of
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.words import Line

_SHORT = re.compile(r"[<>~=-]*([0-9]{1,5})([dwmy])")
_SHORT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_PLUS = re.compile(r"\+([0-9]{1,4})")
_GENERATION = re.compile(r"(?:system|profile|generation|gen)[-_#]?([0-9]{1,5})(?:-link)?")


def ages_in(line: Line) -> list[Candidate]:
    """Return what may be meant by "older than": `14d` for an age, `+5` for a number to keep."""
    found = [
        Candidate(first, last, f"{days}d", ("age", *marks))
        for days, first, last, marks in _days(line)
        if days <= durations.MOST_DAYS
    ]
    spoken = {one.first for one in found}
    for place, word in enumerate(line.words):
        text = f"{'+' if word.opens.endswith('+') else ''}{word.low}"
        if match := _PLUS.fullmatch(text):
            found.append(Candidate(place, place + 1, f"+{int(match[1])}", ("plus",)))
    found += [
        Candidate(number.first, number.last, f"+{number.value}", ("kept", _size(number.value)))
        for number in numbers_of(line)
        if number.first not in spoken and 1 <= number.value <= durations.MOST_KEPT
    ]
    found += [
        Candidate(hit.first, hit.last, f"+{hit.value}", ("kept-phrase",))
        for hit in lexicon("times", "kept", line.language).hits(line)
    ]
    return found


def starts_in(line: Line) -> list[Candidate]:
    """Return from when on, or from and to which generation, a line may want to compare."""
    if dates := durations.dates_in(line):
        return [Candidate(0, 1, day, ("date", f"date{at}")) for at, day in enumerate(dates[:2])]
    days = [
        Candidate(first, last, f"-{days}d", ("ago", *marks))
        for days, first, last, marks in _days(line)
        if days <= durations.MOST_DAYS
    ]
    taken = {place for one in days for place in range(one.first, one.last)}
    found = []
    for number in numbers_of(line):
        if number.first not in taken and 1 <= number.value <= durations.MOST_DAYS:
            kind = "digits" if number.digits else "words"
            found.append((number.first, number.last, number.value, kind))
    for place, word in enumerate(line.words):
        if (match := _GENERATION.fullmatch(word.low)) and place not in {one[0] for one in found}:
            found.append((place, place + 1, int(match[1]), "link"))
        elif pair := re.fullmatch(r"([0-9]{1,5})(?:\.\.+|-|–|/|:|vs|,|->|→)([0-9]{1,5})", word.low):
            found += [(place, place + 1, int(pair[1]), "pair"), (place, place + 1, int(pair[2]), "pair")]
    found.sort(key=lambda one: one[0])
    many = "several" if len(found) > 1 else "single"
    return days + [
        Candidate(first, last, str(value), ("number", kind, f"{kind}-{many}", f"number{min(at, 3)}", many))
        for at, (first, last, value, kind) in enumerate(found)
    ]


def _size(value: int) -> str:
    return "small" if value < 13 else "middling" if value < 100 else "great"


def _days(line: Line) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    """Yield (days, first word, word after the last, marks) of every time that is said."""
    for place, word in enumerate(line.words):
        if match := _SHORT.fullmatch(word.low):
            yield int(match[1]) * _SHORT_DAYS[match[2]], place, place + 1, ("short",)
    phrases = lexicon("times", "phrases", line.language).hits(line)
    for hit in phrases:
        yield int(hit.value), hit.first, hit.last, ("phrase", f"phrase:{hit.words}")
    taken = {place for hit in phrases for place in range(hit.first, hit.last)}
    units = [hit for hit in lexicon("times", "units", line.language).hits(line) if hit.first not in taken]
    numbers = {number.last: number for number in numbers_of(line)}
    for hit in units:
        number = numbers.get(hit.first) or numbers.get(hit.first - 1)
        days = int(hit.value)
        if number is not None and number.value >= 1:
            yield number.value * days, number.first, hit.last, ("counted",)
        elif _half(line, hit):
            yield max(days // 2, 1), hit.first, hit.last, ("half",)
        else:
            yield days, hit.first, hit.last, ("alone", f"alone{days}")


def _half(line: Line, unit: Hit) -> bool:
    halves = lexicon("times", "halves", line.language).hits(line)
    return any(unit.first - 2 <= half.first < unit.first for half in halves)
