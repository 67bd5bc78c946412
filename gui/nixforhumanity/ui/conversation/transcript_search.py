"""What is searched for in a conversation, and the marks in the rows that are shown."""

from nixforhumanity.ui.conversation.find_matches import Match, find_matches, line_of, searchable_text
from nixforhumanity.ui.conversation.items import Item
from nixforhumanity.ui.conversation.row_view import RowView
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel


class TranscriptSearch:
    """Keeps the words, the place that is shown, and the texts that were looked through before."""

    def __init__(self, model: TranscriptModel) -> None:
        self._model = model
        self._words = ""
        self._current: Match | None = None
        self._texts: dict[int, tuple[Item, str]] = {}

    def find(self, words: str) -> list[Match]:
        """Return all places of these words; empty words end the search."""
        self._words, self._current = words, None
        texts = [self._text(row) for row in range(len(self._model))] if words else []
        return find_matches(texts, words)

    def line_of(self, match: Match) -> str:
        """Return the line in which a place is, as it was found."""
        return line_of(self._text(match.row), self._words, match.number)

    def choose(self, match: Match) -> None:
        """Mark this place stronger than the others."""
        self._current = match

    def mark(self, row: int, view: RowView) -> None:
        """Mark the places in a row."""
        current = self._current
        view.highlight(self._words, current.number if current and current.row == row else None)

    def forget(self) -> None:
        """The conversation is another one now."""
        self._texts.clear()
        self._current = None

    def _text(self, row: int) -> str:
        item = self._model.item(row)
        known = self._texts.get(row)
        if known is None or known[0] is not item:
            known = self._texts[row] = (item, searchable_text(item))
        return known[1]
