"""Reads example lines: resources/sentences/LANG/examples/WRITER.txt, and the held-back ones of the tests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = frozenset(
    "plain indirect verbose terse expert typo spoken near far dangerous nonsense".split()  # noqa: SIM905
)
OUT_OF_SCOPE = "out_of_scope"
_ARROW = " => "


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One line that somebody wrote, and what it asks for."""

    text: str
    requests: tuple[str, ...]
    slots: tuple[dict[str, str], ...]
    """One for each request; values as they are written in the file."""
    kind: str
    writer: str


class BadExampleError(ValueError):
    """A line of a file of examples does not follow its format."""


def read_examples(path: Path) -> Iterator[ExampleLine]:
    """Yield the examples of one file; raise BadExampleError with file and line number where it is wrong."""
    requests: tuple[str, ...] = ()
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            requests = tuple(name.strip() for name in line[1:-1].split("+"))
            continue
        kind, colon, rest = line.partition(": ")
        if not requests or not colon or kind not in KINDS:
            raise BadExampleError(f"{path.name}:{number}: expected 'kind: text', got {line!r}")
        text, _, written = rest.partition(_ARROW)
        try:
            slots = _slots(written, len(requests))
        except ValueError as error:
            raise BadExampleError(f"{path.name}:{number}: {error}") from error
        yield ExampleLine(text.strip(), requests, slots, kind, path.stem)


def read_folder(folder: Path) -> list[ExampleLine]:
    """Return the examples of all writers of a folder, in the order of the files' names."""
    return [line for path in sorted(folder.glob("*.txt")) for line in read_examples(path)]


def single(lines: Iterable[ExampleLine]) -> list[ExampleLine]:
    """Return the lines that ask for one thing only."""
    return [line for line in lines if len(line.requests) == 1]


def _slots(written: str, count: int) -> tuple[dict[str, str], ...]:
    parts = [part.strip() for part in written.split("|")] if written.strip() else []
    if count == 1:
        parts = [written.strip()]
    if len(parts) > count:
        raise ValueError(f"slots for {len(parts)} requests, there are {count}")
    found = []
    for part in [*parts, *([""] * (count - len(parts)))]:
        pairs = [pair.partition("=") for pair in part.split(";") if pair.strip()]
        if not all(equals for _, equals, _ in pairs):
            raise ValueError(f"expected 'slot=value', got {part!r}")
        found.append({name.strip(): value.strip() for name, _, value in pairs})
    return tuple(found)
