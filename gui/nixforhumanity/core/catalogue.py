"""The catalogue of requests: reads resources/requests.toml, the one list of what can be asked for."""

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache

from nixforhumanity.core.resources import resource


class Effect(Enum):
    """What carrying out a request does."""

    READ = "read"
    CHANGE = "change"
    FINAL = "final"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that a request takes."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class RequestKind:
    """One row of the catalogue."""

    name: str
    effect: Effect
    slots: tuple[Slot, ...]
    root: bool
    """Needs administrator rights on NixOS."""
    needs_nix: bool


@cache
def catalogue() -> dict[str, RequestKind]:
    """Return every request by its name."""
    rows = tomllib.loads(resource("requests.toml").read_text(encoding="utf-8"))
    return {name: _kind(name, row) for name, row in rows.items()}


def _kind(name: str, row: dict[str, object]) -> RequestKind:
    slots = row.get("slots", {})
    assert isinstance(slots, dict)
    return RequestKind(
        name=name,
        effect=Effect(row["effect"]),
        slots=tuple(
            Slot(slot.rstrip("?"), str(kind), not slot.endswith("?")) for slot, kind in slots.items()
        ),
        root=bool(row.get("root", False)),
        needs_nix=bool(row.get("needs_nix", False)),
    )
