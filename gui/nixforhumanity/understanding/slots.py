"""Slots: from the words that a template caught to canonical values."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from nixforhumanity.core.concepts import Concept, concept_meant
from nixforhumanity.core.help_groups import group_called
from nixforhumanity.understanding.requests import Context, NameIndex, NameMatch, SlotValue
from nixforhumanity.understanding.templates import TemplateMatch

CERTAIN = 0.9
"""From this score on a name is taken as meant; below it the person is asked."""

LEVELS = MappingProxyType(
    {
        "beginner": "beginner", "easy": "beginner", "simple": "beginner", "intermediate": "intermediate",
        "middle": "intermediate", "advanced": "expert", "expert": "expert",
    }
)  # fmt: skip

_NO_PROGRAM = frozenset(
    """
    everything all anything something nothing file files folder folders home photo photos picture
    pictures document documents disk drive computer system operating music letter letters film films
    movie email emails me store /nix/store nixos profile generation generations backup mess wifi website
    page data history partition user users account password passwords process processes
    """.split()  # noqa: SIM905
)
"""Words that are no name of a program, nor a part of one that is put on or taken off the computer."""
_ANY_PROGRAM = frozenset(
    "a an the some new any program programs app apps application package packages software".split()  # noqa: SIM905
)
_MOVES = frozenset({"install_package", "remove_package", "try_package", "run_package"})
_EVERYDAY = frozenset(
    """
    love taxi time life keys key window door coffee money holiday weather water food help soup tea home
    list
    """.split()  # noqa: SIM905
)
"""Names of programs that mean something else in a sentence that does not speak of programs."""
_NAMED = re.compile(r"\b(?:install|uninstall|program|package|app|software)\b")
_NAME_EDGES = re.compile(
    r"^(?:the |a |an |my |this |that |some |program |app |application |package |software |tool |called )+"
    r"|(?: program| app| application| package| software| tool| browser| editor)+$"
)
_CONCEPT_EDGES = re.compile(
    r"^(?:(?:the|a|an|this|that|word|term|concept|idea|of|in|it|your) )+"
    r"|(?: (?:thing|stuff|thingy|word|in nix|in simple words|in plain words|exactly|to me|actually|again))+$"
)
_OTHER_PYTHON = re.compile(r"^python3[0-9]{1,2}packages\.")
_BETWEEN_NAMES = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+plus\s+")
IT = frozenset({"it", "that", "this", "that one", "this one", "the program", "that program"})
_WORD_NUMBERS = MappingProxyType(
    {
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    }
)  # fmt: skip
_DAYS_IN = MappingProxyType({"day": 1, "week": 7, "month": 30})
_MOST_DAYS = 99_999
_MOST_GENERATIONS = 9_999


@dataclass(frozen=True, slots=True)
class FilledSlots:
    """What the words of a match turned into."""

    values: dict[str, SlotValue] = field(default_factory=dict)
    guesses: tuple[NameMatch, ...] = ()
    """When the package was not certain: what it may mean, best first."""
    unknown_name: str = ""
    """When the package was not certain: how it was typed."""
    unknown_slot: str = "package"
    """The slot that the guesses are for."""
    impossible: bool = False
    """A slot of a closed list holds something that is not in it: the template did not mean this."""

    @property
    def certain(self) -> bool:
        """Whether every name is certain."""
        return not self.unknown_name


def fill_slots(match: TemplateMatch, index: NameIndex, context: Context, language: str) -> FilledSlots:
    """Turn a match's words into canonical slot values."""
    values: dict[str, SlotValue] = {}
    guesses: Sequence[NameMatch] = ()
    unknown = ""
    for slot, words in match.words.items():
        if slot == "package":
            if match.request in _MOVES and _names_no_program(words, match.request):
                return FilledSlots(impossible=True)
            found = resolve_name(words, index, context)
            if "version" in match.words and not (found and found[0].score >= CERTAIN):
                # Sets of other Pythons are not in the index; the answer says which version there is.
                found = resolve_name(_OTHER_PYTHON.sub("python3packages.", words), index, context)
            if found and found[0].score >= CERTAIN:
                values[slot] = found[0].attribute
            else:
                guesses, unknown = found, _bare_name(words) or words
        elif slot in _DURATIONS:
            older_than = _DURATIONS[slot](words)
            if older_than is None:
                return FilledSlots(impossible=True)
            values["older_than"] = older_than
        elif slot in ("generation", "from", "to"):
            number = int(re.sub(r"\D", "", words))
            if number < 1:  # generations are counted from one
                return FilledSlots(impossible=True)
            values[slot] = number
        elif slot == "since":
            since = _since(words)
            if since is None:
                return FilledSlots(impossible=True)
            values["from"] = since
        elif slot == "moment":
            moment = _since(words)
            if moment is None:
                return FilledSlots(impossible=True)
            values["generation"] = moment
        elif slot in ("tools", "libraries"):
            return _tools(words, index, context, python=slot == "libraries")
        elif slot == "aim":
            values["purpose"] = words
        elif slot == "word":
            values["command"] = words
        elif slot == "concept":
            concept = named_concept(words, language)
            if concept is None:
                return FilledSlots(impossible=True)
            values[slot] = concept.id
        elif slot == "area":
            group = group_called(words)
            if group is None:
                return FilledSlots(impossible=True)
            values[slot] = group.id
        elif slot == "level":
            if words not in LEVELS:
                return FilledSlots(impossible=True)
            values[slot] = LEVELS[words]
        else:
            values[slot] = words
    return FilledSlots(values, tuple(guesses), unknown)


def means_something_else(match: TemplateMatch, text: str) -> bool:
    """Tell whether a program's name is an everyday word here: "get me a taxi" asks for no program."""
    words = (
        (match.words.get("package") or match.words.get("aim", ""))
        .removeprefix("a ")
        .removeprefix("the ")
        .removeprefix("my ")
    )
    return words in _EVERYDAY and _NAMED.search(text) is None


def everyday_word(words: str) -> bool:
    """Tell whether a program's name is first of all a word that people say: "help", "home", "list"."""
    return words in _EVERYDAY or words in _NO_PROGRAM


def names_program(words: str, attribute: str, index: NameIndex) -> bool:
    """Tell whether a sentence that names a program in these words means this very package."""
    found = index.resolve(words)
    certain = bool(found) and found[0].attribute == attribute and found[0].score >= CERTAIN
    return certain and not set(words.casefold().split()) & _NO_PROGRAM


def _names_no_program(words: str, request: str) -> bool:
    bare = set(words.split())
    kind_alone = bool(bare) and bare <= _ANY_PROGRAM
    return (
        kind_alone
        or bool(bare & _NO_PROGRAM)
        or (request == "remove_package" and words in ("nix", "the nix"))
    )


def named_concept(words: str, language: str) -> Concept | None:
    """Return the concept, also when small words stand around it."""
    return concept_meant(words, language) or concept_meant(_CONCEPT_EDGES.sub("", words), language)


def _tools(words: str, index: NameIndex, context: Context, *, python: bool) -> FilledSlots:
    tools: list[str] = ["python3"] if python else []
    for name in (part for part in _BETWEEN_NAMES.split(words) if part):
        library = resolve_name(f"python3packages.{name}", index, context) if python else ()
        found = library if library and library[0].score >= CERTAIN else resolve_name(name, index, context)
        if not found or found[0].score < CERTAIN:
            return FilledSlots({"tools": tools}, tuple(found), _bare_name(name) or name, "tools")
        tools.append(found[0].attribute)
    return FilledSlots({"tools": list(dict.fromkeys(tools))}) if tools else FilledSlots(impossible=True)


def resolve_name(words: str, index: NameIndex, context: Context) -> Sequence[NameMatch]:
    """Return what a name may mean; "it" is the program last spoken of."""
    if words in IT:
        return [NameMatch(context.last_package, 1.0)] if context.last_package else []
    found = index.resolve(words)
    if found and found[0].score >= CERTAIN:
        return found
    bare = _bare_name(words)
    return found if bare in ("", words) else (index.resolve(bare) or found)


def _bare_name(words: str) -> str:
    return _NAME_EDGES.sub("", words).strip(" '\"")


def _number(words: str) -> int | None:
    """Return the number, or None: another number must never be taken for one that is not understood."""
    return int(words) if words.isascii() and words.isdigit() else _WORD_NUMBERS.get(words)


def _days(words: str, unit: str) -> int | None:
    number = _number(words)
    days = None if number is None else number * _DAYS_IN[unit]
    return days if days is not None and 1 <= days <= _MOST_DAYS else None


def _age(unit: str) -> Callable[[str], str | None]:
    def age(words: str) -> str | None:
        days = _days(words, unit)
        return None if days is None else f"{days}d"

    return age


def _count(words: str) -> str | None:
    number = _number(words)
    return f"+{number}" if number is not None and 1 <= number <= _MOST_GENERATIONS else None


_DURATIONS: MappingProxyType[str, Callable[[str], str | None]] = MappingProxyType(
    {"days": _age("day"), "weeks": _age("week"), "months": _age("month"), "count": _count}
)


def _since(words: str) -> str | None:
    """Return `-1d` for yesterday and the like (days before now); None if not known."""
    known = {
        "today": 0, "this morning": 0, "yesterday": 1, "last night": 1, "last week": 7, "a week": 7,
        "week": 7,        "this week": 7, "last month": 30,
    }  # fmt: skip
    if words in known:
        return f"-{known[words]}d"
    words = words.removeprefix("the ").removeprefix("last ").removeprefix("past ")
    match = re.fullmatch(r"([a-z]+|[0-9]{1,6}) (day|week|month)s?(?: ago)?", words)
    days = _days(match[1], match[2]) if match else None
    return None if days is None else f"-{days}d"
