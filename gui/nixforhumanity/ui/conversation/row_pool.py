"""Widgets of rows that went out of sight, kept to be used again."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.conversation.items import Item, PlanItem
from nixforhumanity.ui.conversation.message_view import MessageView
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.row_view import RowView


class RowPool:
    """Makes as many widgets as are in sight at once, and no more."""

    def __init__(self, parent: QWidget, made: Callable[[RowView], None]) -> None:
        self._parent = parent
        self._made = made
        self._spare: dict[type[RowView], list[RowView]] = {MessageView: [], PlanCardView: []}

    def take(self, item: Item) -> RowView:
        """Return a widget that can show the item; a new one is given to `made` first."""
        kind = PlanCardView if isinstance(item, PlanItem) else MessageView
        if self._spare[kind]:
            return self._spare[kind].pop()
        view = kind(self._parent)
        self._made(view)
        return view

    def give_back(self, view: RowView) -> None:
        """Hide a widget and keep it."""
        view.hide()
        view.hovered = False
        self._spare[type(view)].append(view)
