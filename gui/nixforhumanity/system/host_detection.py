"""Finds out what kind of computer this is; everything that is looked at can be handed in."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.assistant.host import Host, HostKind
from nixforhumanity.nix.practice import PracticeSystem
from nixforhumanity.nix.sources import FolderSource
from nixforhumanity.system.nix_host import NixHost, Place
from nixforhumanity.system.nix_runner import TimeLimits, nix_environment
from nixforhumanity.system.no_nix_host import NoNixHost


@dataclass(frozen=True, slots=True)
class OperatingSystem:
    """What /etc says."""

    name: str
    """As a person knows it; `Linux` when it does not say."""
    is_nixos: bool


def read_operating_system(root: Path = Path("/")) -> OperatingSystem:
    """Read os-release and the mark that NixOS leaves."""
    values = _os_release(root)
    name = values.get("PRETTY_NAME") or values.get("NAME") or "Linux"
    return OperatingSystem(name, (root / "etc/NIXOS").exists() or values.get("ID") == "nixos")


def host_of_this_computer(
    runtime: Path,
    *,
    environment: Mapping[str, str] | None = None,
    root: Path = Path("/"),
    profile: Path | None = None,
    limits: TimeLimits | None = None,
) -> Host:
    """Return the host for what is found here.

    `runtime` is the folder where links to programs that were started without installing them are kept.
    """
    outside = dict(os.environ if environment is None else environment)
    system = read_operating_system(root)
    inside = nix_environment(outside, root)
    if (
        shutil.which("nix", path=inside["PATH"]) is None
        and shutil.which("nix-env", path=inside["PATH"]) is None
    ):
        return NoNixHost(system.name)
    place = Place(
        kind=HostKind.NIXOS if system.is_nixos else HostKind.OTHER_LINUX,
        operating_system=system.name,
        runtime=runtime,
        profile=profile,
    )
    return NixHost(place, environment=inside, program_environment=outside, limits=limits)


def practice_host(
    practice: PracticeSystem,
    runtime: Path,
    *,
    environment: Mapping[str, str] | None = None,
    root: Path = Path("/"),
    limits: TimeLimits | None = None,
) -> Host:
    """Return the host of a practice system; one that says so where there is no Nix."""
    outside = dict(os.environ if environment is None else environment)
    system = read_operating_system(root)
    searched = nix_environment(outside, root)
    if shutil.which("nix", path=searched["PATH"]) is None:
        return NoNixHost(system.name)
    kept = {name: value for name, value in searched.items() if not name.startswith(("NIX_", "NIXPKGS_"))}
    kept |= {name: value for name, value in searched.items() if name.startswith("NIX_FOR_HUMANITY_")}
    place = Place(
        kind=HostKind.PRACTICE,
        operating_system=system.name,
        runtime=runtime,
        profile=practice.profile,
        source=FolderSource(str(practice.packages)),
    )
    inside = {**kept, **practice.environment}
    return NixHost(place, environment=inside, program_environment=outside, limits=limits)


def _os_release(root: Path) -> dict[str, str]:
    for path in (root / "etc/os-release", root / "usr/lib/os-release"):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        pairs = (
            line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#")
        )
        return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
    return {}
