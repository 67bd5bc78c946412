"""A language that does not exist: English with accents and 40 % more letters, to see what has no room."""

import re
from typing import Any

from PySide6.QtCore import QTranslator

SHARE_MORE = 0.4
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "àéîöüýÀÉÎÖÜÝçñšž")
_PLACEABLE = re.compile(r"(\{[^{}]*\}|&\w+;|%\d|https?://\S+|wss?://\S*|\n)")
_FILL = "ëxtrå"


def longer(text: str) -> str:
    """Return the text accented and 40 % longer; what is filled in or begins an address stays as it is."""
    pieces = _PLACEABLE.split(text)
    changed = [piece if number % 2 else piece.translate(_ACCENTS) for number, piece in enumerate(pieces)]
    letters = sum(len(piece) for number, piece in enumerate(pieces) if not number % 2)
    missing = round(letters * SHARE_MORE)
    if not letters or not text.strip():
        return text
    more = " ".join(_FILL for _ in range(missing // (len(_FILL) + 1)))
    tail = ("·" * max(0, missing - len(more) - 1)) if missing else ""
    return "".join(changed).rstrip() + (f" {more}" if more else "") + tail[:4]


class LongerTranslator(QTranslator):
    """The window's own texts."""

    def translate(self, context: str, text: str, *rest: object) -> str:
        """See QTranslator."""
        return longer(text)

    def isEmpty(self) -> bool:
        """See QTranslator."""
        return False


class LongerBundle:
    """The Fluent texts of a bundle, made longer after they were put together; values keep their letters."""

    def __init__(self, bundle: Any) -> None:
        self._bundle = bundle

    def has_message(self, message_id: str) -> bool:
        """See FluentBundle."""
        return bool(self._bundle.has_message(message_id))

    def get_message(self, message_id: str) -> Any:
        """See FluentBundle."""
        return self._bundle.get_message(message_id)

    def format_pattern(self, pattern: Any, values: dict[str, Any]) -> tuple[str, list[Any]]:
        """Put the values in as marks, make the rest longer, and put the values back."""
        marks = {name: value for name, value in values.items() if isinstance(value, str)}
        shown = {**values, **{name: f"{{{name}}}" for name in marks}}
        text, errors = self._bundle.format_pattern(pattern, shown)
        text = longer(str(text))
        for name, value in marks.items():
            text = text.replace(f"{{{name}}}", value)
        return text, errors
