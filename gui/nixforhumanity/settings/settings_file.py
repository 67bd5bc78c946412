"""The file config/settings.toml: read as plain values, changed key by key, all else left as it was."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nixforhumanity.core.atomic_files import write_atomically
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import make_private_folder
from nixforhumanity.core.text import Message, message

VERSION = 1
NIX_STORE = Path("/nix/store")


@dataclass(frozen=True, slots=True)
class SettingsContent:
    """What was read: the tables, what to tell the person, and why nothing may be written (if so)."""

    tables: Mapping[str, Any] = field(default_factory=dict)
    problem: Message | None = None
    read_only: Message | None = None


class SettingsFile:
    """Knows where the file is and what may be done with it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> SettingsContent:
        """Read the file; keep a damaged one aside as `NAME.damaged`, leave one of a newer program alone."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return SettingsContent()
        except OSError as error:
            problem = message("settings-unreadable", path=str(self.path), reason=error.strerror or "")
            return SettingsContent(problem=problem, read_only=problem)
        import tomllib  # 5 ms, which a first start, without a file, does not need

        try:
            tables = tomllib.loads(content.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
            return self._set_aside()
        version = tables.get("version", VERSION)
        if type(version) is not int or version > VERSION:
            problem = message("settings-newer", path=str(self.path))
            return SettingsContent(problem=problem, read_only=problem)
        return SettingsContent(tables=tables)

    def _set_aside(self) -> SettingsContent:
        kept = self.path.with_name(self.path.name + ".damaged")
        try:
            self.path.replace(kept)
        except OSError:
            problem = message("settings-damaged-in-place", path=str(self.path))
            return SettingsContent(problem=problem, read_only=problem)
        return SettingsContent(problem=message("settings-damaged", path=str(kept)))

    def change(self, section: str, name: str, value: str | int | bool | None) -> None:
        """Write one value (None removes it); comments, order and unknown keys stay.

        The file is read again under a lock, so a change made by another process meanwhile is kept.
        Raises UserError when the file may not or cannot be written; it is then as it was.
        """
        if self.path.resolve().is_relative_to(NIX_STORE):
            raise UserError("settings-managed-by-nix", path=str(self.path))
        try:
            with _locked(make_private_folder(self.path.parent)):
                current = self.read()
                if current.read_only is not None:
                    raise UserError(current.read_only.id, **current.read_only.parameters)
                target = self.path.resolve()  # a link to a file elsewhere stays a link
                text = target.read_text("utf-8-sig") if target.exists() else f"version = {VERSION}\n"
                write_atomically(target, _with_value(text, section, name, value).encode())
        except OSError as error:
            raise UserError(
                "settings-not-written", path=str(self.path), reason=error.strerror or str(error)
            ) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder itself: it needs no file of its own and ends with the process."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _with_value(text: str, section: str, name: str, value: str | int | bool | None) -> str:
    import tomlkit  # 35 ms to import, and only needed when something is written

    document = tomlkit.parse(text)
    table = document.get(section)
    if value is None:
        if isinstance(table, dict):
            table.pop(name, None)
        return tomlkit.dumps(document)
    if not isinstance(table, dict):
        document[section] = tomlkit.table()
    document[section][name] = value
    return tomlkit.dumps(document)
