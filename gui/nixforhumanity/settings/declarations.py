"""Every setting, declared once: key, type, default, label, help, and the level from which it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, cast

from nixforhumanity.core.text import Message, message

Value = TypeVar("Value", bound=str | int | bool)

Level = Literal["beginner", "intermediate", "expert"]
LEVELS: tuple[Level, ...] = ("beginner", "intermediate", "expert")

LOWEST_PORT = 1
HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One setting. Its key is `section.name`, as in the file; its texts are in messages/LANG/settings.ftl."""

    key: str
    default: Value
    level: Level = "beginner"
    """The lowest level at which it is shown while it is at its default."""
    choices: tuple[Value, ...] = ()
    """Every allowed value; empty when any value of the type will do."""
    smallest: int | None = None
    largest: int | None = None
    environment: str = ""
    """An environment variable that goes before the file."""

    @property
    def section(self) -> str:
        """The table of the file that holds it."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name within the section."""
        return self.key.partition(".")[2]

    @property
    def label(self) -> Message:
        """A few words beside the control."""
        return message(self._text_id)

    @property
    def help(self) -> Message:
        """One or two sentences on what it does."""
        return message(f"{self._text_id}-help")

    def choice_label(self, value: Value) -> Message:
        """Return the name of one choice."""
        return message(f"{self._text_id}-is-{value}")

    @property
    def _text_id(self) -> str:
        return "setting-" + self.key.replace(".", "-").replace("_", "-")

    def accepts(self, value: object) -> bool:
        """Tell whether the value has the right type and is allowed. A bool is no number."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, int) and not isinstance(value, bool):
            return (self.smallest is None or value >= self.smallest) and (
                self.largest is None or value <= self.largest
            )
        return True

    def parse(self, text: str) -> Value | None:
        """Return what the text of an environment variable or a command line means, if it is allowed."""
        value: object = text
        if isinstance(self.default, bool):
            value = {"true": True, "false": False}.get(text.strip().lower())
        elif isinstance(self.default, int):
            digits = text.strip()
            value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
        return cast(Value, value) if self.accepts(value) else None


LANGUAGE: Setting[str] = Setting("general.language", "auto", choices=("auto", "en"))
THEME: Setting[str] = Setting("general.theme", "system", choices=("system", "light", "dark", "high-contrast"))
TEXT_SIZE: Setting[int] = Setting("general.text_size", 100, choices=(100, 125, 150, 175, 200))
LEVEL: Setting[Level] = Setting("general.level", "beginner", choices=LEVELS)
REDUCED_MOTION: Setting[bool] = Setting("general.reduced_motion", False)
SERVER_PLACE: Setting[str] = Setting(
    "server.place", "embedded", level="intermediate", choices=("embedded", "running", "remote")
)
REMOTE_URL: Setting[str] = Setting("server.remote_url", "", level="expert")
WEBSOCKET_PORT: Setting[int] = Setting(
    "ports.websocket",
    3457,
    level="intermediate",
    smallest=LOWEST_PORT,
    largest=HIGHEST_PORT,
    environment="WEBSOCKET_PORT",
)
NIX_PROFILE: Setting[str] = Setting("nix.profile", "", level="expert")
LANGUAGE_MODEL_ON: Setting[bool] = Setting("language_model.on", False)
LANGUAGE_MODEL_ADDRESS: Setting[str] = Setting("language_model.address", "")
LANGUAGE_MODEL_NAME: Setting[str] = Setting("language_model.model", "")
LANGUAGE_MODEL_SECONDS: Setting[int] = Setting(
    "language_model.seconds", 20, level="intermediate", smallest=1, largest=300
)
LANGUAGE_MODEL_IN_THE_OPEN: Setting[str] = Setting("language_model.in_the_open", "", level="expert")
"""The one server without encryption that the person allowed, as `http://HOST:PORT`."""
LANGUAGE_MODEL_KEY_FOR: Setting[str] = Setting("language_model.key_for", "", level="expert")
"""The server whose key is in the keyring, as `https://HOST:PORT`; the key itself is nowhere else."""

LEARN_WORDS: Setting[bool] = Setting("words.learn", True)
"""Shown on the page of the words themselves: it holds where the assistant runs, which may be elsewhere."""

AnySetting = Setting[Any]

ALL_SETTINGS: tuple[AnySetting, ...] = (
    LANGUAGE,
    THEME,
    TEXT_SIZE,
    LEVEL,
    REDUCED_MOTION,
    SERVER_PLACE,
    REMOTE_URL,
    WEBSOCKET_PORT,
    NIX_PROFILE,
    LEARN_WORDS,
    LANGUAGE_MODEL_ON,
    LANGUAGE_MODEL_ADDRESS,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_SECONDS,
    LANGUAGE_MODEL_IN_THE_OPEN,
    LANGUAGE_MODEL_KEY_FOR,
)


def settings_by_key() -> Mapping[str, AnySetting]:
    """Return every setting by its key."""
    return {setting.key: setting for setting in ALL_SETTINGS}
