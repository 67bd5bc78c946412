"""What is being looked up for an answer, as words for the line below the conversation."""

from collections.abc import Callable

from nixforhumanity.protocol.messages import SessionUpdate, ToolCall, ToolCallUpdate

_ENDED = ("completed", "failed")


class LookingUp:
    """Follows the steps of a session that only look; plan steps have their cards."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._open: dict[str, str] = {}

    def hear(self, update: SessionUpdate) -> None:
        """Take any update."""
        match update:
            case ToolCall(kind="search", status=status) if status not in _ENDED:
                self._open[update.tool_call_id] = update.title
            case ToolCallUpdate(tool_call_id=name) if name in self._open:
                if update.status in _ENDED:
                    del self._open[name]
                elif update.title:
                    self._open[name] = update.title
            case _:
                return
        self._tell()

    def forget(self) -> None:
        """Nothing is looked up any more."""
        self._open.clear()
        self._tell()

    def _tell(self) -> None:
        self._say(next(reversed(self._open.values()), ""))
