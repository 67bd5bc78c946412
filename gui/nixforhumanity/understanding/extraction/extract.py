"""From a request and a line to canonical slot values: asks every family, and checks what each gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.extraction import durations, levels, options, places
from nixforhumanity.understanding.extraction.candidates import (
    OWN_WORDS,
    candidates_for,
    chosen,
    learned_slots,
    names_in,
)
from nixforhumanity.understanding.extraction.ideas import whole_idea
from nixforhumanity.understanding.extraction.names import NamesInLine
from nixforhumanity.understanding.extraction.people import declared_people
from nixforhumanity.understanding.extraction.shell_contents import tools_in
from nixforhumanity.understanding.extraction.spans import Candidate, none_score, ranked
from nixforhumanity.understanding.extraction.surroundings import repaired
from nixforhumanity.understanding.extraction.tables import ENGLISH
from nixforhumanity.understanding.extraction.texts import pasted_error
from nixforhumanity.understanding.extraction.words import Line, line_of
from nixforhumanity.understanding.requests import NameIndex, NameMatch, SlotValue

_SIMPLE: Mapping[str, Callable[[Line], str | None]] = MappingProxyType(
    {
        "older_than": durations.older_than, "level": levels.level, "action": levels.action,
        "scope": levels.scope, "protocol": levels.protocol, "channel": places.channel,
    }
)  # fmt: skip
_NUMBERS = frozenset({"port", "generation"})
_STARTS = frozenset({"from", "to"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a line says for the slots of a request."""

    values: dict[str, SlotValue] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """Slots that the request needs and the line has no value for."""
    guesses: tuple[NameMatch, ...] = ()
    """When a name was not certain: what it may mean, best first."""
    unknown_name: str = ""
    """When a name was not certain: how it was typed."""
    unknown_slot: str = "package"
    """The slot that the guesses are for."""
    repaired: str = ""
    """A name that was taken although it was misspelt, as it was typed."""


def extract(request: str, text: str, index: NameIndex, language: str = ENGLISH) -> Extraction:
    """Fill the slots of a request from a line; any text gives valid values or none, in bounded time."""
    kind = catalogue().get(request)
    if kind is None or not kind.slots:
        return Extraction()
    line = line_of(text, language)
    learned = learned_slots(language)
    found = _Filling(request, line, index)
    names = {slot.name for slot in kind.slots}
    if request == "set_option":
        found.values |= options.option_and_value(line)
    elif request == "diff_generations" and language == ENGLISH:
        found.values |= durations.from_and_to(repaired(line))
    elif request == "why_depends":
        found.fill_two_names()
    elif request == "create_dev_shell":
        found.fill_tools()
    elif request in ("create_user", "delete_user", "add_user_to_group"):
        found.values |= declared_people(line)
    elif request == "diagnose_error" and (pasted := pasted_error(text)) is not None:
        found.values["error_text"] = pasted
    # A group is often a known one: it goes before the name of the user, which may be any word.
    for slot in sorted(kind.slots, key=lambda slot: slot.name != "group"):
        if slot.name in found.values or not found.wants(slot.name):
            continue
        if slot.name in _SIMPLE and slot.name not in learned:
            found.put(slot.name, _SIMPLE[slot.name](repaired(line)))
        elif slot.name == "option":
            found.put("option", options.option_in(line))
        elif slot.name in learned:
            found.fill(slot.name, required=slot.required)
    missing = tuple(slot.name for slot in kind.slots if slot.required and slot.name not in found.values)
    values = {name: value for name, value in found.values.items() if name in names}
    return Extraction(values, missing, found.guesses, found.unknown, found.unknown_slot, found.repaired)


class _Filling:
    """The slots of one line while they are filled."""

    def __init__(self, request: str, line: Line, index: NameIndex) -> None:
        self._request = request
        self._line = line
        self._index = index
        self.values: dict[str, SlotValue] = {}
        self.guesses: tuple[NameMatch, ...] = ()
        self.unknown = ""
        self.unknown_slot = "package"
        self.repaired = ""

    def wants(self, slot: str) -> bool:
        """Whether the slot is one that is filled on its own."""
        by_itself = {"why_depends": {"package", "dependency"}, "create_dev_shell": {"tools"}}
        return slot not in by_itself.get(self._request, ())

    def put(self, slot: str, value: str | None) -> None:
        """Keep a value, when there is one."""
        if value is not None:
            self.values[slot] = value

    def fill(self, slot: str, *, required: bool) -> None:
        """Choose among the slot's candidates."""
        candidates = candidates_for(self._request, slot, self._line, self._index)
        one = chosen(
            self._request, slot, self._line, candidates, required=required,
            taken=tuple(str(value) for value in self.values.values()),
        )  # fmt: skip
        if one is None:
            if slot == "package" and required:
                self._guess(slot)
            return
        self._take(slot, one)

    def _take(self, slot: str, one: Candidate) -> None:
        is_number = slot in _NUMBERS or (slot in _STARTS and one.value.isdigit())
        value = whole_idea(self._line, one) if slot == "concept" else one.value
        self.values[slot] = int(value) if is_number else value
        if "slip" in one.marks and slot not in OWN_WORDS:
            self.repaired = self._line.between(one.first, one.last)

    def fill_two_names(self) -> None:
        """Choose what depends and what it depends on, together: no word is both."""
        candidates = candidates_for(self._request, "package", self._line, self._index)
        named = [one for one in candidates if "everyday" not in one.marks]
        candidates = named or candidates
        dependencies = ranked(self._request, "dependency", self._line, candidates)[:8]
        packages = ranked(self._request, "package", self._line, candidates)[:8]
        nothing = none_score(self._request, "package", self._line)
        best = max(
            [(one.score + nothing, one, None) for one in dependencies]
            + [
                (one.score + other.score, one, other)
                for one in dependencies
                for other in packages
                if (
                    one.candidate.last <= other.candidate.first or other.candidate.last <= one.candidate.first
                )
                and one.candidate.value != other.candidate.value
            ],
            key=lambda entry: entry[0],
            default=None,
        )
        if best is None:
            self._guess("dependency")
            return
        dependency, package = best[1].candidate, best[2].candidate if best[2] else None
        if package is not None and _is_turned_round(self._line, package, dependency):
            package, dependency = dependency, package
        self._take("dependency", dependency)
        if package is not None:
            self._take("package", package)

    def fill_tools(self) -> None:
        """Take every tool that the line lists."""
        found = tools_in(self._line, names_in(self._line, self._index))
        if found:
            self.values["tools"] = found

    def _guess(self, slot: str) -> None:
        """Keep what an unknown name may mean: the word that looks most like a name."""
        spans = [Candidate(place, place + 1, word.raw) for place, word in enumerate(self._line.words[:60])]
        names = NamesInLine(self._line, self._index)
        for one in ranked(self._request, slot, self._line, spans)[:3]:
            if guesses := names.guesses(one.candidate.value):
                self.guesses, self.unknown, self.unknown_slot = guesses, one.candidate.value, slot
                return


def _is_turned_round(line: Line, package: Candidate, dependency: Candidate) -> bool:
    """Whether the words between two names say that it is the other one that depends."""
    first, second = sorted((package, dependency), key=lambda one: one.first)
    between = set(line.lows(first.last, second.first))
    if between & _PASSIVE:
        return first is package
    return bool(between & _NEEDS) and first is dependency


_PASSIVE = frozenset({"by"})
_NEEDS = frozenset(
    """
    need needs require requires depend depends pulls pull drags drag brings bring wants want contain
    contains ships carry carries without uses use ened neds needing requiring
    """.split()  # noqa: SIM905
)
