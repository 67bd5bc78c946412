"""Telling a person what is waited for while Nix says nothing, and after a while that this is unusual."""

import asyncio
from collections.abc import Callable

from nixforhumanity.core.text import Message, message

WAITING_AFTER_SECONDS = 1.0
UNUSUAL_AFTER_SECONDS = 10.0


class SilenceWatch:
    """Tells one thing after a second of silence and another after ten; needs a running event loop."""

    def __init__(self, tell: Callable[[Message], None]) -> None:
        loop = asyncio.get_running_loop()
        self._alarms = [
            loop.call_later(WAITING_AFTER_SECONDS, tell, message("waiting-for-nix")),
            loop.call_later(UNUSUAL_AFTER_SECONDS, tell, message("waiting-unusually-long")),
        ]

    def end(self) -> None:
        """Something was heard: nothing more is told. May be called again."""
        for alarm in self._alarms:
            alarm.cancel()
