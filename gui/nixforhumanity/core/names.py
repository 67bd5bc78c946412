"""What a name of a program may mean: the index of packages says it, and understanding reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A package that a name may mean."""

    attribute: str
    score: float
    """1.0 for the exact attribute, command or alias; below 0.9 it is a guess that must be asked about."""
