"""How much of what people write is understood: lines written before the sentences, never copied into them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.requests import Decision, Understanding
from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.understander import Understander

FOLDER = Path(__file__).parent / "held_out"
LEAST_EACH = 40
FLOOR_WHOLE = 0.97
FLOOR_UNTUNED = 0.35
"""What sentences alone understand of lines that nobody looked at while they were written."""
FLOOR_REQUEST = 0.93


@dataclass(frozen=True)
class Line:
    """One line as a person wrote it, and what would be right."""

    wanted: frozenset[str]
    writer: str
    text: str
    package: str | None

    def right(self, understood: Understanding) -> bool:
        first = understood.requests[0]
        return (
            understood.decision is Decision.ACT
            and first.name in self.wanted
            and self.package in (None, first.slots.get("package"))
        )


def understood_lines(name: str) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    heading = ""
    for row in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("["):
            heading = row.strip("[]")
        elif row and not row.startswith("#"):
            writer, _, rest = row.partition(": ")
            text, _, package = rest.partition(" => ")
            line = Line(frozenset(heading.split("|")), writer, text, package or None)
            groups.setdefault(heading, []).append(line)
    return groups


def foreign_lines() -> list[str]:
    rows = (FOLDER / "not_ours.txt").read_text(encoding="utf-8").splitlines()
    return [row.partition(": ")[2] for row in rows if row and not row.startswith("#")]


GROUPS = understood_lines("understood.txt")


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    index = PackageIndex.open(tmp_path_factory.mktemp("index"))
    return Understander(index, "en", purposes=index)


def misses(understander: Understander, lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.right(understander.understand(line.text))]


def test_there_are_enough_lines_by_six_writers() -> None:
    assert {name for name, lines in GROUPS.items() if len(lines) < LEAST_EACH} == set()
    assert {len({line.writer for line in lines}) for lines in GROUPS.values()} == {6}


@pytest.mark.parametrize("heading", GROUPS)
def test_most_ways_to_say_a_request_are_understood(understander: Understander, heading: str) -> None:
    missed = misses(understander, GROUPS[heading])
    share = 1 - len(missed) / len(GROUPS[heading])
    assert share >= FLOOR_REQUEST, [line.text for line in missed]


def test_the_whole_share_holds(understander: Understander) -> None:
    lines = [line for group in GROUPS.values() for line in group]
    missed = misses(understander, lines)
    assert 1 - len(missed) / len(lines) >= FLOOR_WHOLE, Counter(line.writer for line in missed)


def test_lines_that_were_never_tuned_for(understander: Understander) -> None:
    lines = [line for group in understood_lines("untuned.txt").values() for line in group]
    missed = misses(understander, lines)
    assert 1 - len(missed) / len(lines) >= FLOOR_UNTUNED, [line.text for line in missed]


def test_an_untuned_line_that_is_missed_changes_nothing(understander: Understander) -> None:
    lines = [line for group in understood_lines("untuned.txt").values() for line in group]
    for line in misses(understander, lines):
        understood = understander.understand(line.text)
        acted = {catalogue()[one.name].effect.value for one in understood.requests}
        assert understood.decision is not Decision.ACT or not acted & {"change", "final"}, line.text


@pytest.mark.parametrize("text", foreign_lines())
def test_what_is_not_ours_is_not_acted_on(understander: Understander, text: str) -> None:
    understood = understander.understand(text)
    assert understood.decision is not Decision.ACT, understood.requests


def test_held_out_lines_stay_held_out() -> None:
    """A line that is copied into the sentences measures nothing any more."""
    examples = {str(line) for row in sentences("en").requests.values() for line in row.examples}
    untuned = {line.text for group in understood_lines("untuned.txt").values() for line in group}
    assert untuned & examples == set()
    tuned = {line.text for group in GROUPS.values() for line in group}
    assert len(tuned & examples) < len(tuned) / 10, "the plainest lines are in both; no more than those"


def test_no_line_of_the_wrong_kind_changes_something(understander: Understander) -> None:
    """Lines that ask to be told something never become a change, whatever else they become."""
    reads = [line for group in GROUPS.values() for line in group if _only_reads(line.wanted)]
    changed = [
        line.text
        for line in reads
        for request in understander.understand(line.text).requests
        if catalogue()[request.name].effect.value in ("change", "final")
        and understander.understand(line.text).decision is Decision.ACT
    ]
    assert changed == []


def _only_reads(wanted: frozenset[str]) -> bool:
    return all(catalogue()[name].effect.value == "read" for name in wanted)
