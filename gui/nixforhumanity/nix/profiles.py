"""What a profile holds: manifests of `nix profile` in all their versions, and what `nix-env -q` prints."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec

from nixforhumanity.core.errors import NixForHumanityError
from nixforhumanity.nix.store_names import (
    base_name,
    main_path,
    package_of_path,
    split_package_name,
    without_output,
)

_SYSTEM_OUTPUT = re.compile(r"(?:packages|legacyPackages)\.[a-z0-9_]+-[a-z0-9]+\.(.+)\Z")
_ATTRIBUTE_START = re.compile(r"[A-Za-z_]")
_PYTHON_LIBRARY = re.compile(r"python3(?:\.\d+)?-(.+)\Z")
_NOT_IN_ATTRIBUTES = re.compile(r"[^A-Za-z0-9_'+.-]")


class ProfileTool(Enum):
    """The command that a profile belongs to; the two do not mix."""

    NIX_PROFILE = "nix profile"
    NIX_ENV = "nix-env"


class ManifestError(NixForHumanityError):
    """A manifest that cannot be read; the text says why, for the log and the details."""


@dataclass(frozen=True, slots=True)
class ProfileElement:
    """One thing that was installed into a profile."""

    attribute: str
    """The attribute it was installed as; guessed from its name where the profile does not say."""
    element: str
    """How to address it when it is removed."""
    version: str
    store_paths: tuple[str, ...]


def tool_of_manifest(file_names: set[str]) -> ProfileTool | None:
    """Tell from the files at the top of a profile which command it belongs to; None for neither."""
    if "manifest.json" in file_names:
        return ProfileTool.NIX_PROFILE
    return ProfileTool.NIX_ENV if "manifest.nix" in file_names else None


def parse_manifest(data: bytes) -> list[ProfileElement]:
    """Read a `manifest.json`; raises ManifestError."""
    manifest = _decode(data)
    version, elements = manifest.get("version"), manifest.get("elements")
    if version not in (1, 2, 3):
        raise ManifestError(f"manifest version {version!r} is not known")
    try:
        if isinstance(elements, dict):
            return [_named_element(name, row) for name, row in elements.items() if row.get("active", True)]
        if isinstance(elements, list):
            return [_numbered_element(row) for row in elements if row.get("active", True)]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ManifestError(f"an element of the manifest cannot be read: {error!r}") from error
    raise ManifestError("the manifest has no elements")


def parse_env_query(data: bytes) -> list[ProfileElement]:
    """Read what `nix-env -q --json --out-path` prints; raises ManifestError."""
    found = []
    try:
        for row in _decode(data).values():
            name = str(row["name"])
            split = split_package_name(name)
            paths = tuple(str(path) for path in row.get("outputs", {}).values() if path)
            package_name = str(row.get("pname") or split.name)
            version = without_output(str(row.get("version") or split.version))
            found.append(ProfileElement(attribute_from_name(package_name), name, version, paths))
    except (AttributeError, KeyError, TypeError) as error:
        raise ManifestError(f"what nix-env printed cannot be read: {error!r}") from error
    return found


def attribute_from_name(name: str) -> str:
    """Guess the attribute of a package from its name: `7zip` is `_7zip`."""
    if library := _PYTHON_LIBRARY.match(name):
        return f"python3Packages.{attribute_from_name(library[1])}"
    name = _NOT_IN_ATTRIBUTES.sub("-", name)
    return name if _ATTRIBUTE_START.match(name) else f"_{name}"


def attribute_of_output(path: str) -> str | None:
    """Return the package attribute in a flake's attribute path; None for `default` and other outputs."""
    found = _SYSTEM_OUTPUT.match(path)
    attribute = found[1] if found else path
    return (
        None
        if not attribute or attribute == "default" or attribute.startswith("defaultPackage.")
        else attribute
    )


def _decode(data: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise ManifestError(f"not the expected JSON: {error}") from error


def _named_element(name: str, row: Mapping[str, Any]) -> ProfileElement:
    paths = tuple(str(path) for path in row["storePaths"])
    package = package_of_path(main_path(paths))
    attribute = attribute_of_output(str(row.get("attrPath") or ""))
    return ProfileElement(attribute or attribute_from_name(package.name), name, package.version, paths)


def _numbered_element(row: Mapping[str, Any]) -> ProfileElement:
    paths = tuple(str(path) for path in row["storePaths"])
    path = main_path(paths)
    package = package_of_path(path)
    output = str(row.get("attrPath") or "")
    attribute = attribute_of_output(output) or attribute_from_name(package.name)
    # These have no names: they are addressed by their attribute path, or by what is in the store.
    return ProfileElement(attribute, output or base_name(path), package.version, paths)
