"""What may fill each slot: every family's candidates, out of which learned weights choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nixforhumanity.understanding.extraction.names import NamesInLine
from nixforhumanity.understanding.extraction.numbers import HIGHEST_GENERATION, HIGHEST_PORT, numbers_in
from nixforhumanity.understanding.extraction.people import host_name, network_name, user_name
from nixforhumanity.understanding.extraction.places import layouts_in, locales_in, timezones_in
from nixforhumanity.understanding.extraction.services import services_in
from nixforhumanity.understanding.extraction.spans import Candidate, none_score, ranked, spans_of
from nixforhumanity.understanding.extraction.tables import word_set
from nixforhumanity.understanding.extraction.texts import (
    command_name,
    error_text,
    marks_of_an_error,
    plain_text,
)
from nixforhumanity.understanding.extraction.words import Line
from nixforhumanity.understanding.requests import NameIndex, SlotValue


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A slot that is filled with the person's own words."""

    longest: int
    """Words that it may have."""
    canonical: Callable[[Line, int, int], str | None]
    """Turns the words into the value; None when they cannot be one."""
    across: bool = False
    """Whether it may go over the end of a sentence."""
    listed: str = ""
    """A list of usual values, which speak for themselves."""


OWN_WORDS: Mapping[str, OwnWords] = MappingProxyType(
    {
        "query": OwnWords(8, plain_text),
        "purpose": OwnWords(14, plain_text),
        "concept": OwnWords(12, plain_text),
        "topic": OwnWords(10, plain_text),
        "section": OwnWords(4, plain_text, listed="sections"),
        "command": OwnWords(6, command_name),
        "ssid": OwnWords(7, network_name),
        "hostname": OwnWords(8, host_name),
        "username": OwnWords(8, user_name),
        "group": OwnWords(6, user_name, listed="groups"),
        "error_text": OwnWords(40, error_text, across=True),
    }
)
_ANY_WORDS = frozenset(OWN_WORDS) - {"username", "hostname", "ssid", "group", "command"}
_TAKING_BACK = frozenset(
    {
        ("no", "wait"), ("no", "sorry"), ("wait", "no"), ("sorry", "no"), ("i", "mean"), ("no", "rather"),
        ("no", "not"), ("sorry", "i"), ("oh", "no"), ("no", "actually"),
    }
)  # fmt: skip
LEARNED = frozenset(
    {*OWN_WORDS, "package", "dependency", "service", "port", "generation", "timezone", "locale", "layout"}
)
"""The slots whose words are chosen by learned weights."""


def candidates_for(request: str, slot: str, line: Line, index: NameIndex) -> list[Candidate]:
    """Return everything in a line that may fill a slot."""
    if slot in OWN_WORDS:
        return _own_words(OWN_WORDS[slot], line)
    if slot in ("package", "dependency"):
        return NamesInLine(line, index).candidates()
    if slot == "service":
        return services_in(line, own=request == "change_service_port")
    if slot in ("port", "generation"):
        return _numbers(line, HIGHEST_PORT if slot == "port" else HIGHEST_GENERATION)
    by_place = {"timezone": timezones_in, "locale": locales_in, "layout": layouts_in}
    return by_place[slot](line)


def chosen(
    request: str,
    slot: str,
    line: Line,
    candidates: list[Candidate],
    *,
    required: bool,
    taken: Sequence[SlotValue] = (),
) -> Candidate | None:
    """Return the candidate that fits best; None when the line says none. `taken`: what another slot has."""
    least = float("-inf") if required else none_score(request, slot, line)
    scored = ranked(request, slot, line, candidates)
    if slot not in _ANY_WORDS and (corrected := _correction(line, [one.candidate for one in scored])):
        scored.sort(key=lambda one: one.candidate is not corrected)
    for one in scored:
        if one.score < least:
            return None
        if one.candidate.value not in taken:
            return one.candidate
    return None


def _correction(line: Line, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return what a speaker said instead, as in "remove emacs no sorry remove vim"; None without that."""
    for one in sorted(candidates, key=lambda one: (-one.first, -one.last)):
        before = line.lows(one.first - 4, one.first)
        takes_back = any(before[at : at + 2] in _TAKING_BACK for at in range(len(before)))
        if takes_back and any(other.last <= one.first - 1 for other in candidates):
            return one
    return None


def _own_words(kind: OwnWords, line: Line) -> list[Candidate]:
    found = []
    listed = kind.listed
    listed_words = word_set("own_words", listed) if listed else frozenset()
    for first, last in spans_of(line, kind.longest, across=kind.across):
        if (value := kind.canonical(line, first, last)) is not None:
            marks: tuple[str, ...] = (f"listed:{listed}{value.casefold() in listed_words}",) if listed else ()
            if kind.across:
                marks = marks_of_an_error(line, first, last)
            found.append(Candidate(first, last, value, marks))
    return found


def _numbers(line: Line, highest: int) -> list[Candidate]:
    found = []
    for number in numbers_in(line):
        if 1 <= number.value <= highest:
            digits = len(str(number.value))
            kind = "digits" if number.digits else "words"
            unit = line.words[number.last].low if number.last < len(line.words) else "$"
            found.append(
                Candidate(
                    number.first, number.last, str(number.value), (kind, f"{kind}{digits}", f"unit:{unit}")
                )
            )
    return found
