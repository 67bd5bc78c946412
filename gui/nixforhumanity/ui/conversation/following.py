"""How far the newest message is followed: not past what the person is about to read. Moves nothing itself."""

from nixforhumanity.ui.conversation.items import Item, MessageItem, PlanItem, Role
from nixforhumanity.ui.conversation.live_rows import LiveRows
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView

RESULTS = frozenset({"running", "done", "failed", "stopped", "interrupted"})
"""States of a plan that the person has brought about, and wants to see."""


class Following:
    """Knows which line must not leave the view at its top while more comes below."""

    def __init__(self, rows: LiveRows) -> None:
        self._rows = rows
        self._row: int | None = None
        self._plan = False
        self._result = False

    def forget(self) -> None:
        """Nothing has to stay: the person has spoken or scrolled."""
        self._row = None

    def added(self, row: int, item: Item) -> None:
        """Keep the first line of what answers the person; a plan is always kept by its own title."""
        if isinstance(item, MessageItem) and item.role is Role.PERSON:
            self.forget()
        elif self._row is None or isinstance(item, PlanItem) or (self._plan and not self._result):
            self._row, self._plan, self._result = row, isinstance(item, PlanItem), False

    def plan_went_on(self, row: int, item: Item) -> None:
        """Keep the line that tells where a plan stands that is being done, or was."""
        if isinstance(item, PlanItem) and item.card.state in RESULTS:
            self._row, self._plan, self._result = row, True, True

    def end(self, maximum: int) -> int:
        """Return how far to scroll, at most to `maximum`."""
        if self._row is None or self._row >= len(self._rows):
            return maximum
        top, _ = self._rows.span(self._row)
        if self._result and isinstance(card := self._rows.get(self._row), PlanCardView):
            top += card.status_top()
        return min(maximum, top)
