"""What was said before in this window, to bring back with the Up key."""

LONGEST = 200


class PromptHistory:
    """A list with a place in it; the place is after the last one until the person goes back."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._at = 0

    def add(self, text: str) -> None:
        """Remember what was said; the same words twice in a row count once."""
        if text and (not self._said or self._said[-1] != text):
            self._said = [*self._said, text][-LONGEST:]
        self._at = len(self._said)

    def older(self) -> str | None:
        """Go one back; None when there is nothing older."""
        if self._at == 0:
            return None
        self._at -= 1
        return self._said[self._at]

    def newer(self) -> str:
        """Go one forward; after the newest comes an empty text."""
        self._at = min(self._at + 1, len(self._said))
        return self._said[self._at] if self._at < len(self._said) else ""

    def shows(self, text: str) -> bool:
        """Tell whether this is the text at the present place, unchanged."""
        return self._at < len(self._said) and self._said[self._at] == text
