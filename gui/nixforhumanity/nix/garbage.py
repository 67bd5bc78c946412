"""What a collection would delete, found out the way Nix does: from the roots, along what each path needs.

Paths are the last parts of store paths (`HASH-NAME`) throughout.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from nixforhumanity.core.errors import NixForHumanityError
from nixforhumanity.nix.store_names import base_name

_ROOT = re.compile(r"(.+) -> (/.+)\Z")
_OUTPUT = re.compile(r'\("([^"]*)","([^"]*)","[^"]*","[^"]*"\)')


class StoreListingError(NixForHumanityError):
    """What Nix told about the store cannot be read."""


@dataclass(frozen=True, slots=True)
class StorePath:
    """What the store knows of one path."""

    size: int
    """Bytes."""
    references: tuple[str, ...]
    deriver: str | None


@dataclass(frozen=True, slots=True)
class Root:
    """Something that keeps a path alive."""

    link: str
    """A link, a process's file, or `{censored}` for what another person's programs use."""
    target: str


def parse_path_info(data: bytes) -> dict[str, StorePath]:
    """Read `nix path-info --all --json` in each of its shapes; raises StoreListingError."""
    try:
        listing = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise StoreListingError(f"not JSON: {error}") from error
    try:
        rows = _rows(listing)
        return {
            base_name(path): StorePath(
                size=int(row["narSize"]),
                references=tuple(base_name(one) for one in row["references"]),
                deriver=base_name(row["deriver"]) if row.get("deriver") else None,
            )
            for path, row in rows
            if row is not None and row.get("valid", True)
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreListingError(f"an entry cannot be read: {error!r}") from error


def _rows(listing: Any) -> list[tuple[str, Any]]:
    if isinstance(listing, list):
        return [(str(row["path"]), row) for row in listing]
    if isinstance(listing, dict):
        entries = listing["info"] if isinstance(listing.get("info"), dict) else listing
        return list(entries.items())
    raise TypeError("neither a list nor an object")


def parse_roots(text: str) -> list[Root]:
    """Read `nix-store --gc --print-roots`."""
    found = (_ROOT.match(line) for line in text.splitlines())
    return [Root(match[1], base_name(match[2])) for match in found if match]


def parse_derivation_outputs(text: str) -> tuple[str, ...]:
    """Return the output paths that a recipe (`.drv` file) names; none where they are not known before."""
    start, _, rest = text.partition("[")
    if not start.startswith("Derive"):
        return ()
    outputs = rest.partition("]")[0]
    return tuple(base_name(path) for _, path in _OUTPUT.findall(outputs) if path)


def living_paths(
    store: Mapping[str, StorePath],
    roots: Iterable[str],
    *,
    keep_derivations: bool,
    keep_outputs: bool,
    outputs_of: Callable[[str], Iterable[str]],
) -> set[str]:
    """Return what stays. `outputs_of` is asked for the outputs of recipes, with `keep_outputs` only."""
    living: set[str] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path in living or (entry := store.get(path)) is None:
            continue
        living.add(path)
        waiting.extend(entry.references)
        if keep_derivations and entry.deriver is not None:
            waiting.append(entry.deriver)
        if keep_outputs and path.endswith(".drv"):
            waiting.extend(outputs_of(path))
    return living


def closure_size(store: Mapping[str, StorePath], paths: Iterable[str]) -> int:
    """Return the bytes of these paths with everything they refer to."""
    closure = living_paths(store, paths, keep_derivations=False, keep_outputs=False, outputs_of=lambda _: ())
    return sum(store[path].size for path in closure)
