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
    ours: bool = False
    """The first catalogue did not have it."""


@dataclass(frozen=True, slots=True)
class RequestKind:
    """One row of the catalogue."""

    name: str
    effect: Effect
    slots: tuple[Slot, ...]
    root: bool
    """Needs administrator rights on NixOS."""
    needs_nix: bool
    stands_for: str = ""
    """The request of the first catalogue that comes nearest; empty for those of the first catalogue."""

    @property
    def fixed_name(self) -> str:
        """The name under which it is counted: always one of the first catalogue."""
        return self.stands_for or self.name


@cache
def catalogue() -> dict[str, RequestKind]:
    """Return every request by its name."""
    rows = tomllib.loads(resource("requests.toml").read_text(encoding="utf-8"))
    return {name: _kind(name, row) for name, row in rows.items()}


def _kind(name: str, row: dict[str, object]) -> RequestKind:
    slots = row.get("slots", {})
    own_slots = row.get("own_slots", [])
    assert isinstance(slots, dict)
    assert isinstance(own_slots, list)
    return RequestKind(
        name=name,
        effect=Effect(row["effect"]),
        slots=tuple(
            Slot(slot.rstrip("?"), str(kind), not slot.endswith("?"), slot.rstrip("?") in own_slots)
            for slot, kind in slots.items()
        ),
        root=bool(row.get("root", False)),
        needs_nix=bool(row.get("needs_nix", False)),
        stands_for=str(row.get("stands_for", "")),
    )
