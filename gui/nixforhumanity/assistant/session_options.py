"""What can be chosen for a session: level and language, and its slash commands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.situation import Skill
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.core.wording import Wording, languages
from nixforhumanity.protocol.messages import (
    AvailableCommand,
    CommandInput,
    ConfigChoice,
    ConfigOption,
    SessionMode,
    SessionModeState,
)
from nixforhumanity.understanding.slash_commands import SLASH_COMMANDS

if TYPE_CHECKING:
    from nixforhumanity.assistant.conversation import Conversation

LEVELS = ("beginner", "intermediate", "expert")


def modes(level: str, wording: Wording) -> SessionModeState:
    """Return the levels as the wire's modes."""
    return SessionModeState(
        current_mode_id=level,
        available_modes=[
            SessionMode(
                id=name,
                name=wording.text(f"level-name-{name}"),
                description=wording.text(f"level-about-{name}"),
            )
            for name in LEVELS
        ],
    )


def options(conversation: "Conversation", wording: Wording) -> list[ConfigOption]:
    """Return the config options of a session with their values."""
    known = languages()
    level = ConfigOption(
        id="level",
        name=wording.text("option-level"),
        current_value=conversation.level,
        category="mode",
        options=[ConfigChoice(value=name, name=wording.text(f"level-name-{name}")) for name in LEVELS],
    )
    if len(known) < 2:  # a choice of one is none
        return [level]
    language = ConfigOption(
        id="language",
        name=wording.text("option-language"),
        current_value=conversation.language,
        options=[ConfigChoice(value=name, name=name) for name in known],
    )
    return [level, language]


def apply(conversation: "Conversation", option: str, value: str, parts: Parts) -> None:
    """Set a config option; raises UserError `bad-option` for what there is not."""
    match option:
        case "level":
            require_level(value)
            conversation.set_level(value)
        case "language" if value in languages():
            conversation.language = value
            parts.sessions.change(conversation.session_id, language=value)
        case _:
            raise UserError("bad-option", option=option[:40], value=value[:40])


def require_level(level: str) -> None:
    """Raise UserError `bad-option` for what is no level."""
    if level not in LEVELS:
        raise UserError("bad-option", option="level", value=level[:40])


def slash_commands(skills: Mapping[str, Skill], wording: Wording) -> list[AvailableCommand]:
    """Return the slash commands: requests of the catalogue under short names."""
    return [
        AvailableCommand(
            name=name,
            description=wording.text(message(f"command-{command.request.replace('_', '-')}")),
            input=CommandInput(hint=wording.text(message(f"hint-{command.slot}"))) if command.slot else None,
        )
        for name, command in SLASH_COMMANDS.items()
        if command.request in skills or command.request == "change_mode"
    ]
