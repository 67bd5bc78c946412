"""Example sentences that fit a person and a computer: only what can be done, with programs of the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from nixforhumanity.assistant.actions import InstallPackage, RemovePackage, SwitchGeneration
from nixforhumanity.assistant.host import HostDescription, HostKind
from nixforhumanity.assistant.journal import Journal
from nixforhumanity.assistant.situation import Finder, Situation, known_name
from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.core.help_groups import Hint, help_data
from nixforhumanity.protocol.cards import ExampleCard
from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.shown_examples import examples_of, names_known_program, with_program

_LOOKED_BACK = 50
OF_INSTALLED = frozenset(
    {"remove_package", "run_package", "how_to_start", "package_info", "update_package", "package_size"}
)
"""Requests that make sense for a program that is there."""
_OF_NEW = frozenset({"install_package", "try_package"})
_AFTER_A_CHANGE = frozenset({"undo_last_change", "last_change", "what_was_deleted", "show_command"})
_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """What examples must fit."""

    description: HostDescription
    finder: Finder
    journal: Journal
    can: frozenset[str]
    """The requests that this version can carry out."""
    level: str
    language: str


def place_of(situation: Situation) -> Place:
    """Return what examples must fit in a situation."""
    return Place(
        situation.description,
        situation.finder,
        situation.journal,
        situation.can,
        situation.level,
        situation.language,
    )


class ShownExamples:
    """Chooses example sentences for one situation; no request is shown twice."""

    def __init__(self, place: Place, *, personal: bool = True) -> None:
        """`personal`: with the person's programs in them; they are right only for this moment."""
        self._place = place
        self.lately = installed_lately(place.journal) if personal else None
        """The program that was installed last."""
        self._changed = bool(place.journal.entries(1))
        self._tried = {entry.request for entry in place.journal.entries(_LOOKED_BACK)}
        self._shown: set[str] = set()

    def can(self, request: str) -> bool:
        """Whether this version can do it on this computer, and there is something to do it with."""
        if request not in self._place.can or (request in _AFTER_A_CHANGE and not self._changed):
            return False
        return works_with_nix(self._place.description) or not catalogue()[request].needs_nix

    def lines(self, hints: Sequence[Hint], most: int, *, each: int = 1) -> list[str]:
        """Return examples of at most so many requests: what was not tried yet goes first."""
        able = [hint for hint in hints if self.can(hint.request) and hint.request not in self._shown]
        fitting = ((hint, self.of_request(hint)[:each]) for hint in sorted(able, key=self._is_known))
        shown = list(islice(((hint, lines) for hint, lines in fitting if lines), most))
        self._shown.update(hint.request for hint, _ in shown)
        return [line for _, lines in shown for line in lines]

    def of_request(self, hint: Hint) -> list[str]:
        """Return the examples of one request that fit, the best first."""
        candidates = examples_of(hint.request, self._place.language)
        candidates = tuple(sorted(candidates, key=lambda one: one != hint.example))
        lines = [self._fitting(one, hint.request) for one in candidates]
        return [one[:1].upper() + one[1:] for one in dict.fromkeys(lines) if one]

    def _is_known(self, hint: Hint) -> bool:
        changes = catalogue()[hint.request].effect in (Effect.CHANGE, Effect.FINAL)
        return changes and hint.request in self._tried

    def _fitting(self, example: str, request: str) -> str:
        """Return the example, with a program of the person in it where that fits; empty when it is unfit."""
        finder, level = self._place.finder, self._place.level
        if request == "change_mode" and level in example:
            return ""
        if self.lately is not None:
            name = known_name(self.lately, finder)
            if request in _OF_NEW and name.casefold() in example.casefold():
                return ""
            if request in OF_INSTALLED:
                ways = (
                    with_program(example, request, said, self.lately, finder) for said in (name, self.lately)
                )
                if (way := next((way for way in ways if way is not None), None)) is not None:
                    return way
        return example if names_known_program(example, request, finder) else ""


def installed_lately(journal: Journal) -> str | None:
    """Return the program that was installed last and is still there; None when that is not certain."""
    gone: set[str] = set()
    for entry in journal.that_hold(_LOOKED_BACK):
        for action in reversed(entry.actions):
            match action:
                case RemovePackage(attribute=attribute):
                    gone.add(attribute)
                case InstallPackage(attribute=attribute) if attribute not in gone:
                    return attribute
                case SwitchGeneration():
                    return None
    return None


def works_with_nix(description: HostDescription) -> bool:
    """Tell whether Nix is there and can be used."""
    return description.kind is not HostKind.NO_NIX and description.problem is None


def first_examples(place: Place) -> list[ExampleCard]:
    """Return what an empty conversation offers; nothing in a language that has no sentences of its own."""
    if not sentences(place.language).requests:
        return []
    examples = ShownExamples(place, personal=False)
    found = ((hint.request, examples.lines([hint], 1)) for hint in help_data().first_start)
    return [ExampleCard(request, lines[0]) for request, lines in found if lines][:_AT_FIRST]
