"""Reads facts of packages: the shipped lists, and what `nix-env --query --available --json --meta` prints."""

import lzma
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_words import name_key
from nixforhumanity.nix.packages import PackageFacts

_USUAL_PYTHON = "python313Packages."
"""The shipped list names Python's libraries by the version that `python3Packages` meant when it was made."""
_NOT_FOR_PEOPLE = ("tests.", "minimal-bootstrap.")
_BUILD_WORDS = re.compile(r"-(?:wrapped|env|extracted|fhsenv-profile|usr-target)$|\.ini$")
_VERSION_IN_NAME = re.compile(r"-(?=\d)")


def read_packages(path: Path, *, only_top_level: bool = False) -> Iterator[PackageFacts]:
    """Yield the packages of packages.tsv.xz; Python's libraries also under `python3Packages`.

    `only_top_level` leaves out the sets of libraries and is three times as fast.
    Raises OSError or lzma.LZMAError when the file cannot be read.
    """
    for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
        attribute, _, rest = line.partition("\t")
        if "." in attribute and (only_top_level or attribute.startswith(_NOT_FOR_PEOPLE)):
            continue
        version, _, package_name = rest.partition("\t")
        if package_name and not _belongs(attribute, package_name):
            version = ""
        elif version:
            version = _BUILD_WORDS.sub("", version)
        yield PackageFacts(attribute, version, "", attribute)
        if attribute.startswith(_USUAL_PYTHON):
            usual = usual_attribute(attribute)
            yield PackageFacts(usual, version, "", usual)


def read_commands(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of commands.tsv.xz with its providers; wrapped inner files are left out."""
    for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
        command, _, attributes = line.partition("\t")
        if not command.startswith("."):
            yield command, [usual_attribute(attribute) for attribute in attributes.split(" ")]


def usual_attribute(attribute: str) -> str:
    """Return the attribute as people write it: `python3Packages.numpy` whatever Python's version."""
    if attribute.startswith(_USUAL_PYTHON):
        return "python3Packages." + attribute.removeprefix(_USUAL_PYTHON)
    return attribute


def parse_available(content: bytes, *, prefix: str = "") -> list[PackageFacts]:
    """Return the packages that `nix-env -qaP --json --meta` printed, sorted by attribute.

    `prefix` is what stands before each attribute, such as `nixpkgs.`; it is removed.
    Raises UserError `packages-unreadable` when the content is not such a list.
    """
    try:
        entries = msgspec.json.decode(content, type=dict[str, dict[str, Any]])
    except msgspec.DecodeError as error:
        raise UserError("packages-unreadable") from error
    return [_available(attribute.removeprefix(prefix), entries[attribute]) for attribute in sorted(entries)]


def _available(attribute: str, entry: Mapping[str, Any]) -> PackageFacts:
    said = entry.get("meta")
    meta: Mapping[str, Any] = said if isinstance(said, dict) else {}
    version = _text(entry.get("version"))
    if not version:
        parts = _VERSION_IN_NAME.split(_text(entry.get("name")), maxsplit=1)
        version = parts[1] if len(parts) == 2 else ""
    return PackageFacts(
        attribute=attribute,
        version=version,
        description=" ".join(_text(meta.get("description")).split()),
        name=attribute,
        unfree=_is_unfree(meta),
        main_program=_text(meta.get("mainProgram")) or None,
    )


def _is_unfree(meta: Mapping[str, Any]) -> bool:
    if isinstance(meta.get("unfree"), bool):
        return bool(meta["unfree"])
    licences = meta.get("license")
    if not isinstance(licences, list):
        licences = [licences]
    return any(isinstance(licence, dict) and licence.get("free") is False for licence in licences)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _belongs(attribute: str, package_name: str) -> bool:
    """Whether a version listed under this package name can be the version of the attribute.

    The list sometimes names an inner part instead (`inkscape` with the version of its Python).
    """
    own, other = name_key(attribute.rpartition(".")[2]), name_key(package_name)
    own_stem = own.rstrip("0123456789")
    return own in other or other in own or (len(own_stem) > 1 and own_stem in other)
