"""What differs between two states of a profile: by what the person installed, else by everything below it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nixforhumanity.nix.profiles import ProfileElement
from nixforhumanity.nix.store_names import package_of_path


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A package that comes (no `before`), goes (no `after`), or changes."""

    name: str
    before: str | None
    after: str | None


def element_changes(before: Iterable[ProfileElement], after: Iterable[ProfileElement]) -> list[VersionChange]:
    """Compare what a person installed, by attribute and version."""
    return _changes(_versions_of_elements(before), _versions_of_elements(after))


def closure_changes(before: Iterable[str], after: Iterable[str]) -> list[VersionChange]:
    """Compare two sets of store paths by package name and version; recipes do not count."""
    first, second = set(before), set(after)
    return _changes(_versions_of_paths(first - second), _versions_of_paths(second - first))


def _versions_of_elements(elements: Iterable[ProfileElement]) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = defaultdict(set)
    for element in elements:
        versions[element.attribute].add(element.version)
    return versions


def _versions_of_paths(paths: Iterable[str]) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        package = package_of_path(path)
        if package.version and not path.endswith(".drv"):
            versions[package.name].add(package.version)
    return versions


def _changes(before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> list[VersionChange]:
    changes = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old != new:
            changes.append(VersionChange(name, _joined(old), _joined(new)))
    return changes


def _joined(versions: set[str] | None) -> str | None:
    return None if versions is None else ", ".join(sorted(versions))
