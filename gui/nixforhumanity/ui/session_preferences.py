"""Level, style and language of the person: told to each conversation that is opened, and taken from it."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from nixforhumanity.client.interface import AssistantConnection
from nixforhumanity.protocol.messages import ConfigOption

LEVEL_OPTION = "level"

Told = tuple[AssistantConnection, str]
"""A connection that works, and the conversation that is open."""


class SessionPreferences:
    """The window's settings go before yesterday's of a conversation; only a wish of today changes them."""

    def __init__(
        self,
        told_now: Callable[[], Told | None],
        start: Callable[[Coroutine[Any, Any, None], str], None],
        show_level: Callable[[str], None],
    ) -> None:
        self._told_now = told_now
        self._start = start
        self._show_level = show_level
        self._wanted: dict[str, str] = {}
        self._options: dict[str, ConfigOption] = {}
        self._told: set[tuple[str, str]] = set()
        self._level_is_ours = False
        """Whether the conversation has the person's level, so that a change of it is a wish."""

    def prefer(self, option: str, value: str) -> None:
        """Keep what the person wants, and tell the open conversation if it does not know."""
        if self._wanted.get(option) == value:
            return
        self._wanted[option] = value
        self._told.discard((option, value))
        if option == LEVEL_OPTION:
            self._tell_level()
        else:
            self._tell_options()

    def forget(self) -> None:
        """Another conversation, or the same one from its start: nothing is known of it."""
        self._level_is_ours = False
        self._options = {}

    def tell_all(self) -> None:
        """Tell the open conversation everything."""
        self._level_is_ours = False
        self._told.clear()
        self._tell_level()
        self._tell_options()

    def hear_level(self, level: str) -> None:
        """Show a level that the person asked for by words; one that comes with an old conversation is not."""
        if self._level_is_ours and self._wanted.get(LEVEL_OPTION) != level:
            self._wanted[LEVEL_OPTION] = level
            self._show_level(level)

    def hear_options(self, options: Sequence[ConfigOption]) -> None:
        """Take what the conversation can be told."""
        self._options = {option.id: option for option in options}
        self._tell_options()

    def _tell_options(self) -> None:
        """Tell what the server knows and does not have yet; one that refuses is not asked again."""
        if (told := self._told_now()) is None:
            return  # told when the connection is back
        connection, session_id = told
        for option, value in self._wanted.items():
            known = self._options.get(option)
            if known is None or known.current_value == value or (option, value) in self._told:
                continue
            if option != LEVEL_OPTION and any(choice.value == value for choice in known.options):
                self._told.add((option, value))
                self._start(connection.set_config_option(session_id, option, value), f"option {option}")

    def _tell_level(self) -> None:
        level = self._wanted.get(LEVEL_OPTION)
        if level is not None and (told := self._told_now()) is not None:
            self._start(self._set_level(*told, level), "level")

    async def _set_level(self, connection: AssistantConnection, session_id: str, level: str) -> None:
        await connection.set_mode(session_id, level)
        if self._told_now() == (connection, session_id) and self._wanted.get(LEVEL_OPTION) == level:
            self._level_is_ours = True
