"""The settings as the program uses them: typed, observable, and kept in config/settings.toml."""

import os
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.stores import Store
from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.declarations import ALL_SETTINGS, AnySetting, Setting, Value
from nixforhumanity.settings.settings_file import SettingsContent, SettingsFile

FILE_NAME = "settings.toml"
LONGEST_SHOWN_VALUE = 60

Observer = Callable[[AnySetting], None]


class Source(Enum):
    """Where a value comes from; the environment goes before the file."""

    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


class Settings:
    """Reads the file once; `set` writes at once.

    What is wrong with the file is in `problems`, never an exception.
    """

    def __init__(self, path: Path, environment: Mapping[str, str] | None = None) -> None:
        self._file = SettingsFile(path)
        self._environment = dict(os.environ if environment is None else environment)
        self._observers: list[Observer] = []
        self._content = SettingsContent()
        self._values: dict[str, Any] = {}
        self._problems: tuple[Message, ...] = ()
        self._read()

    @classmethod
    def in_folders(cls, folders: Folders, environment: Mapping[str, str] | None = None) -> "Settings":
        """Return the settings of a person's folders."""
        return cls(folders.config / FILE_NAME, environment)

    @property
    def path(self) -> Path:
        """The file, which need not exist."""
        return self._file.path

    @property
    def problems(self) -> tuple[Message, ...]:
        """What to tell the person about the file and the environment, as found when it was last read."""
        return self._problems

    @property
    def writable(self) -> bool:
        """Whether a change can be kept: not when the file is of a newer program or unreadable."""
        return self._content.read_only is None

    def get(self, setting: Setting[Value]) -> Value:
        """Return the value in force."""
        value = self._from_environment(setting)
        if value is not None:
            return value
        stored: Value = self._values.get(setting.key, setting.default)
        return stored

    def source(self, setting: AnySetting) -> Source:
        """Tell where the value in force comes from."""
        if self._from_environment(setting) is not None:
            return Source.ENVIRONMENT
        return Source.FILE if setting.key in self._values else Source.DEFAULT

    def is_default(self, setting: AnySetting) -> bool:
        """Tell whether the value in force is the default: one that is not stays visible at every level."""
        return bool(self.get(setting) == setting.default)

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Change a setting and write it at once.

        Raises UserError: `setting-not-allowed` for a wrong type or range, and what the file raises.
        """
        if not setting.accepts(value):
            raise UserError("setting-not-allowed", key=setting.key, value=_shown(value))
        self._file.change(setting.section, setting.name, value)
        self._read_and_tell()

    def reset(self, setting: AnySetting) -> None:
        """Go back to the default; raises what the file raises."""
        if setting.key in self._values or self.path.exists():
            self._file.change(setting.section, setting.name, None)
        self._read_and_tell()

    def reload(self) -> None:
        """Read the file again, and tell observers of what changed."""
        self._read_and_tell()

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Call `observer` with each setting whose value has changed; the call returned ends that."""
        self._observers.append(observer)

        def end() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return end

    def _read_and_tell(self) -> None:
        before = {setting.key: self.get(setting) for setting in ALL_SETTINGS}
        self._read()
        changed = [setting for setting in ALL_SETTINGS if self.get(setting) != before[setting.key]]
        for setting in changed:
            for observer in tuple(self._observers):
                observer(setting)

    def _read(self) -> None:
        self._content = self._file.read()
        problems = [self._content.problem] if self._content.problem is not None else []
        self._values = {}
        for setting in ALL_SETTINGS:
            problems += self._take(setting)
            text = self._environment.get(setting.environment, "") if setting.environment else ""
            if text and setting.parse(text) is None:
                problems.append(
                    message("setting-wrong-environment", variable=setting.environment, value=_shown(text))
                )
        self._problems = tuple(problems)

    def _take(self, setting: AnySetting) -> list[Message]:
        section = self._content.tables.get(setting.section, {})
        if not isinstance(section, dict):
            return [message("setting-wrong-section", section=setting.section, key=setting.key)]
        if setting.name not in section:
            return []
        value = section[setting.name]
        if not setting.accepts(value):
            return [
                message(
                    "setting-wrong-value",
                    key=setting.key,
                    value=_shown(value),
                    default=_shown(setting.default),
                )
            ]
        self._values[setting.key] = value
        return []

    def _from_environment(self, setting: Setting[Value]) -> Value | None:
        text = self._environment.get(setting.environment, "") if setting.environment else ""
        return setting.parse(text) if text else None


def settings_store(folders: Folders) -> Store:
    """Declare the file among the things that are kept."""
    return Store("settings", folders.config / FILE_NAME, message("store-settings"))


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= LONGEST_SHOWN_VALUE else text[: LONGEST_SHOWN_VALUE - 1] + "…"
