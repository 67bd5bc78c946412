"""Which Nix this is, and what that means for the commands it understands."""

import re
from dataclasses import dataclass
from enum import Enum

_NUMBER = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")


class NixFamily(Enum):
    """The programs that call themselves nix."""

    NIX = "Nix"
    LIX = "Lix"
    DETERMINATE = "Determinate Nix"


@dataclass(frozen=True, slots=True)
class NixVersion:
    """A version as `nix --version` tells it."""

    family: NixFamily
    numbers: tuple[int, int, int]
    """Of the Nix that it is, or that it is like."""

    @property
    def text(self) -> str:
        """The version as a person reads it, e.g. `2.8.0` or `Lix 2.91.1`."""
        number = ".".join(str(part) for part in self.numbers)
        return number if self.family is NixFamily.NIX else f"{self.family.value} {number}"


@dataclass(frozen=True, slots=True)
class NixCapabilities:
    """What differs between versions, as far as our commands are concerned."""

    profile_list_json: bool
    """`nix profile list --json` exists."""
    profile_names: bool
    """Elements of a profile have names; before, they are addressed by number, pattern or store path."""
    profile_remove_all: bool
    """`nix profile remove --all` exists."""
    profile_add_verb: str
    """`install` or `add`."""
    show_config: tuple[str, ...]
    """The command after `nix` that prints the settings."""
    path_info_object: bool
    """`path-info --json` prints an object keyed by path; before, a list."""


def parse_nix_version(text: str) -> NixVersion | None:
    """Read the output of `nix --version`; None when it is not a Nix's."""
    lines = text.strip().splitlines()
    first = lines[0] if lines else ""
    if not first.startswith("nix"):
        return None
    found = list(_NUMBER.finditer(first))
    if not found:
        return None
    last = found[-1]
    numbers = (int(last[1]), int(last[2]), int(last[3] or 0))
    if "Lix" in first:
        return NixVersion(NixFamily.LIX, numbers)
    if "Determinate" in first:
        return NixVersion(NixFamily.DETERMINATE, numbers)
    return NixVersion(NixFamily.NIX, numbers)


def capabilities_of(version: NixVersion) -> NixCapabilities:
    """Return what this version can do."""
    release = version.numbers[:2]
    # Lix counts from 2.90 and split off after 2.18; names in profiles came with its first release.
    lix = version.family is NixFamily.LIX
    return NixCapabilities(
        profile_list_json=release >= (2, 17),
        profile_names=release >= (2, 20),
        profile_remove_all=release >= (2, 20) and not lix,
        profile_add_verb="add" if release >= (2, 30) and not lix else "install",
        show_config=("config", "show") if release >= (2, 20) and not lix else ("show-config",),
        path_info_object=release >= (2, 20) and not lix,
    )
