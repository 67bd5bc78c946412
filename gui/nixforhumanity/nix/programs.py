"""Popular programs: the names people say, what each is for, and what it can stand in for."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Program:
    """One line of programs.toml."""

    attribute: str
    name: str
    """The name a person knows."""
    about: str
    """One plain line."""
    category: str
    also: tuple[str, ...] = ()
    """Other names of this very program."""
    like: tuple[str, ...] = ()
    """Programs of other systems that it can replace."""
    main: str | None = None
    """The command that starts it, when it is not the last part of the attribute."""
    commands: tuple[str, ...] = ()
    """Commands that mean this package before all others."""
    unfree: bool = False

    @property
    def starter(self) -> str:
        """The command that starts it."""
        return self.main or self.attribute.rpartition(".")[2]


def load_programs(path: Path) -> dict[str, Program]:
    """Read programs.toml; keys are attributes, in the order of the file.

    Raises ValueError when the file has a mistake.
    """
    programs: dict[str, Program] = {}
    for category, lines in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for attribute, line in lines.items():
            if attribute in programs:
                raise ValueError(f"{path.name}: {attribute} stands there twice")
            programs[attribute] = _program(attribute, category, line)
    return programs


def _program(attribute: str, category: str, line: Mapping[str, Any]) -> Program:
    try:
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in line.items()
        }
        return Program(attribute=attribute, category=category, **fields)
    except (TypeError, AttributeError) as error:
        raise ValueError(f"the program {attribute} has a mistake: {error}") from error


def program_words(program: Program) -> Iterator[str]:
    """Yield every text by which the program may be found."""
    yield program.name
    yield program.about
    yield program.category
    yield from program.also
    yield from program.like
