"""Packages as the program speaks of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What is known of a package without asking Nix."""

    attribute: str
    """The nixpkgs attribute path, e.g. `python3Packages.numpy`."""
    version: str
    description: str
    """One line; empty when not known."""
    name: str
    """The name a person knows, e.g. `VLC media player`; the attribute when not known."""
    unfree: bool = False
    main_program: str | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class PackageHit:
    """A package found by a search."""

    package: PackageFacts
    score: float
    """Between 0 and 1; best first."""
