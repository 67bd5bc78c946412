"""Typed actions: the closed list of what the program can do to a machine.

An action is data. Only `system` turns it into an argument list, and only after its fields passed `validate`.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from nixforhumanity.core.errors import UserError

_ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_'+-]*(\.[A-Za-z0-9_][A-Za-z0-9_'+-]*)*\Z")
_ELEMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+?=-]*\Z")
_OLDER_THAN = re.compile(r"([1-9][0-9]{0,4}d|\+[1-9][0-9]{0,3})\Z")
_STORE_PATH = re.compile(r"/[A-Za-z0-9/._+?=-]+/[0-9a-z]{32}-[A-Za-z0-9._+?=-]+\Z")
_MOST_OUTPUTS = 32

Effect = Literal["read", "change", "final"]


class Action(msgspec.Struct, frozen=True, kw_only=True, tag_field="action", forbid_unknown_fields=True):
    """What every action has."""

    @property
    def effect(self) -> Effect:
        """Whether it can be undone."""
        return "change"

    def validate(self) -> None:
        """Raise UserError `bad-value` when a field holds something that must never reach a command."""


class InstallPackage(Action, frozen=True, tag="install_package"):
    """Add a package to the person's profile.

    `attribute` is the nixpkgs attribute path. `store_path`, when given, is the exact build to add again;
    `other_outputs` are what belongs to it besides: its manual, say.
    """

    attribute: str
    store_path: str | None = None
    other_outputs: tuple[str, ...] = ()

    @property
    def store_paths(self) -> tuple[str, ...]:
        """All paths of the exact build; empty without one."""
        return () if self.store_path is None else (self.store_path, *self.other_outputs)

    def validate(self) -> None:
        """See Action."""
        _require(_ATTRIBUTE, "package", self.attribute)
        if self.other_outputs and (self.store_path is None or len(self.other_outputs) > _MOST_OUTPUTS):
            raise UserError("bad-value", kind="store-path", value=str(len(self.other_outputs)))
        for path in self.store_paths:
            _require(_STORE_PATH, "store-path", path)


class RemovePackage(Action, frozen=True, tag="remove_package"):
    """Take a package out of the person's profile; `element` is its name in the profile."""

    attribute: str
    element: str

    def validate(self) -> None:
        """See Action."""
        _require(_ATTRIBUTE, "package", self.attribute)
        _require(_ELEMENT, "package", self.element)


class SwitchGeneration(Action, frozen=True, tag="switch_generation"):
    """Make another generation of the person's profile the current one."""

    generation: int

    def validate(self) -> None:
        """See Action."""
        if not 0 <= self.generation < 10**9:
            raise UserError("bad-value", kind="generation", value=str(self.generation))


class DeleteGenerations(Action, frozen=True, tag="delete_generations"):
    """Delete old generations of the person's profile: `14d`, `+5`, or all but the current one (None)."""

    older_than: str | None = None

    @property
    def effect(self) -> Effect:
        """See Action."""
        return "final"

    def validate(self) -> None:
        """See Action."""
        if self.older_than is not None:
            _require(_OLDER_THAN, "older-than", self.older_than)


class CollectGarbage(Action, frozen=True, tag="collect_garbage"):
    """Delete what no generation and no running program needs any more from the store."""

    @property
    def effect(self) -> Effect:
        """See Action."""
        return "final"


AnyAction = InstallPackage | RemovePackage | SwitchGeneration | DeleteGenerations | CollectGarbage


def encode_actions(actions: Sequence[AnyAction]) -> bytes:
    """Return the canonical JSON of the actions."""
    return msgspec.json.encode(list(actions), order="deterministic")


def decode_actions(data: bytes) -> list[AnyAction]:
    """Read what encode_actions wrote; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=list[AnyAction])


def hash_actions(actions: Sequence[AnyAction]) -> str:
    """Return the sha256 (hex) that a permission is bound to."""
    return hashlib.sha256(encode_actions(actions)).hexdigest()


def _require(pattern: re.Pattern[str], kind: str, value: str) -> None:
    if len(value) > 512 or pattern.match(value) is None:
        raise UserError("bad-value", kind=kind, value=value[:80])
