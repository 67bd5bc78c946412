"""What the names of store paths tell: hash, package name, version, output."""

import re
from dataclasses import dataclass

_STORE_NAME = re.compile(r"([0-9a-z]{32})-(.+)\Z")
_OUTPUT = re.compile(r"-(?:bin|dev|devdoc|debug|doc|info|lib|man|out|static)\Z")


@dataclass(frozen=True, slots=True)
class PackageName:
    """A derivation's name taken apart."""

    name: str
    version: str
    """Empty when the name has none."""


def split_package_name(text: str) -> PackageName:
    """Split as Nix does: the version begins after the first dash that no letter follows."""
    for position, character in enumerate(text[:-1]):
        if character == "-" and not text[position + 1].isalpha():
            return PackageName(text[:position], text[position + 1 :])
    return PackageName(text, "")


def base_name(path: str) -> str:
    """Return the last part of a store path: `HASH-NAME`."""
    return path.rstrip("/").rpartition("/")[2]


def is_store_name(text: str) -> bool:
    """Tell whether this is the last part of a store path."""
    return _STORE_NAME.match(text) is not None


def name_of_path(path: str) -> str:
    """Return the name without the hash, e.g. `hello-2.12.1`; the whole last part when it has no hash."""
    last = base_name(path)
    found = _STORE_NAME.match(last)
    return found[2] if found else last


def package_of_path(path: str) -> PackageName:
    """Return name and version of the package that a store path belongs to, whichever output it is."""
    split = split_package_name(name_of_path(path).removesuffix(".drv"))
    if not split.version:
        return split
    return PackageName(split.name, without_output(split.version))


def without_output(version: str) -> str:
    """Return the version without the output that names add to it: `1.7` of `1.7-man`."""
    return _OUTPUT.sub("", version)


def main_path(paths: tuple[str, ...]) -> str:
    """Return the path that stands for the package among its outputs: the one with the shortest name."""
    return min(paths, key=lambda path: (len(name_of_path(path)), path))
