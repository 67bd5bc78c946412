"""What may fill each slot: every family's candidates, out of which learned weights choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from nixforhumanity.understanding.extraction.local_lists import LISTS, listed_values
from nixforhumanity.understanding.extraction.local_names import LocalNames
from nixforhumanity.understanding.extraction.local_numbers import numbers_of
from nixforhumanity.understanding.extraction.local_times import ages_in, starts_in
from nixforhumanity.understanding.extraction.names import NamesInLine
from nixforhumanity.understanding.extraction.numbers import HIGHEST_GENERATION, HIGHEST_PORT
from nixforhumanity.understanding.extraction.people import host_name, network_name, user_name
from nixforhumanity.understanding.extraction.places import layouts_in, locales_in, timezones_in
from nixforhumanity.understanding.extraction.segmenting import LATIN, NOT_LATIN, UNSPACED, script
from nixforhumanity.understanding.extraction.services import services_in
from nixforhumanity.understanding.extraction.spans import Candidate, none_score, ranked, spans_of
from nixforhumanity.understanding.extraction.tables import ENGLISH, language_words, word_set
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
_LEARNED_ELSEWHERE = LEARNED | LISTS | {"older_than", "from", "to"}
_UNSPACED_WORDS = 3
"""Words of a line without blanks are letters: so many make one of another language."""


def learned_slots(language: str) -> frozenset[str]:
    """Return the slots whose words are chosen by learned weights in a language."""
    return LEARNED if language == ENGLISH else _LEARNED_ELSEWHERE


def candidates_for(request: str, slot: str, line: Line, index: NameIndex) -> list[Candidate]:
    """Return everything in a line that may fill a slot."""
    if slot in OWN_WORDS:
        return _own_words(OWN_WORDS[slot], line)
    if slot in ("package", "dependency"):
        found = names_in(line, index)
        return _numbered(found) if line.language != ENGLISH else found
    if slot in LISTS:
        return listed_values(slot, line)
    if slot in ("from", "to"):
        return starts_in(line)
    if slot == "older_than":
        return ages_in(line)
    if slot == "service":
        return services_in(line, own=request == "change_service_port")
    if slot in ("port", "generation"):
        found = _numbers(line, HIGHEST_PORT if slot == "port" else HIGHEST_GENERATION)
        return _numbered(found) if line.language != ENGLISH else found
    by_place = {"timezone": timezones_in, "locale": locales_in, "layout": layouts_in}
    return by_place[slot](line)


def _numbered(found: list[Candidate]) -> list[Candidate]:
    """Mark each candidate with its place among the others: which comes first often tells them apart."""
    places = sorted({one.first for one in found})
    return [
        replace(one, marks=(*one.marks, f"place{min(places.index(one.first), 3)}of{min(len(places), 4)}"))
        for one in found
    ]


def names_in(line: Line, index: NameIndex) -> list[Candidate]:
    """Return every name of a program that a line of any language may hold."""
    return (NamesInLine if line.language == ENGLISH else LocalNames)(line, index).candidates()


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
    if (
        line.language == ENGLISH
        and slot not in _ANY_WORDS
        and (corrected := _correction(line, [one.candidate for one in scored]))
    ):
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
    if listed and line.language != ENGLISH:
        listed_words |= {word.replace("_", " ") for word in language_words(line.language, listed)}
    wide = line.language in UNSPACED and not kind.across
    longest = kind.longest * (_UNSPACED_WORDS if wide else 1)
    for first, last in spans_of(line, longest, across=kind.across):
        if (value := kind.canonical(line, first, last)) is not None:
            marks: tuple[str, ...] = (f"listed:{listed}{value.casefold() in listed_words}",) if listed else ()
            if kind.across:
                marks = marks_of_an_error(line, first, last)
            if line.language in NOT_LATIN:
                marks += (f"run-{_is_run(line, first, last)}",)
            found.append(Candidate(first, last, value, marks))
    return found


def _is_run(line: Line, first: int, last: int) -> str:
    """Tell whether words are in Latin letters, and all that are there beside each other."""
    if not all(_is_latin(line, place) for place in {first, last - 1}):
        return "no"
    before, after = _is_latin(line, first - 1), _is_latin(line, last)
    return f"latin{before}{after}{last - first > 1}"


def _is_latin(line: Line, place: int) -> bool:
    return 0 <= place < len(line.words) and script(line.words[place].raw[0]) in (LATIN, "")


def _numbers(line: Line, highest: int) -> list[Candidate]:
    found = []
    for number in numbers_of(line):
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
