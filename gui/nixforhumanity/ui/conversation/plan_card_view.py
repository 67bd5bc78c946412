"""A plan as a card: what will happen, its costs, whether it can be undone, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.conversation.items import Item, PlanItem
from nixforhumanity.ui.conversation.painting import paint_rounded
from nixforhumanity.ui.conversation.plan_buttons import PlanButtons
from nixforhumanity.ui.conversation.plan_details import PlanDetails
from nixforhumanity.ui.conversation.plan_status import PlanStatus
from nixforhumanity.ui.conversation.row_view import LevelFeatures, RowState, RowView
from nixforhumanity.ui.conversation.stack import IconLine, Stack, text_label
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_text
from nixforhumanity.ui.theme.palettes import colours_of
from nixforhumanity.ui.theme.tokens import Radius, Space

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import PlanCard

_ABOVE = Space.MEDIUM
_BELOW = Space.LARGE


class PlanCardView(RowView):
    """Shows a PlanItem."""

    allowed = Signal(str)
    rejected = Signal(str)
    explain_requested = Signal(str)
    undo_requested = Signal(int)
    stop_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item: PlanItem | None = None
        self._state = RowState()
        self._features = LevelFeatures()
        self._facts_of: PlanCard | None = None
        self.body = Stack(self)
        self._facts = Stack()
        self.buttons = PlanButtons()
        self.status = PlanStatus()
        self.details = PlanDetails()
        self.body.add(self._facts)
        self.body.add(self.buttons, Space.LARGE)
        self.body.add(self.status, Space.LARGE)
        self.body.add(self.details, Space.LARGE)
        self.details.hide()
        self.buttons.details_toggled.connect(self._toggle_changes)
        self.buttons.allowed.connect(lambda: self.allowed.emit(self.plan_id))
        self.buttons.rejected.connect(lambda: self.rejected.emit(self.plan_id))
        self.buttons.stopped.connect(self.stop_requested)
        self.buttons.explained.connect(self._explain)
        self.buttons.undone.connect(self._undo)
        self.details.exact_toggled.connect(self._toggle_exact)
        self.details.menu_wanted.connect(self.menu_wanted)
        self.details.link_opened.connect(self.link_opened)

    @property
    def plan_id(self) -> str:
        """The id of the plan that is shown."""
        return "" if self._item is None else self._item.card.plan_id

    # --- showing -------------------------------------------------------------------------------------

    def bind(self, item: Item, state: RowState, features: LevelFeatures) -> None:
        """Show this plan."""
        assert isinstance(item, PlanItem)
        self._item, self._state, self._features = item, state, features
        if self._facts_of is None or self._facts_of.hash != item.card.hash or self._facts_of != item.card:
            self._show_facts(item.card)
        self.status.show_plan(item, features.output)
        self._show_openness()

    def follow_output(self, item: PlanItem) -> None:
        """Show new output lines only."""
        self._item = item
        self.status.follow_output(item)

    def _show_facts(self, card: PlanCard) -> None:
        before = self._facts_of
        self._facts_of = card
        if before is not None and _facts(before) == _facts(card):
            return
        self._facts.drop_all()
        title = visible_text(card.title)
        if card.final:
            self._facts.add(IconLine("warning", "danger", title, size="title", tone="danger"))
        else:
            self._facts.add(text_label(title, size="title"))
        self._facts.add(text_label(visible_text(card.sentence)), Space.SMALL)
        for cost in card.costs:
            self._facts.add(IconLine("information", "muted", visible_text(cost)), Space.SMALL)
        undo = IconLine("undo", "success") if card.undoable else IconLine("warning", "warning")
        undo.label.setText(visible_text(card.undo))
        self._facts.add(undo, Space.SMALL)
        for warning in card.warnings:
            self._facts.add(IconLine("warning", "warning", visible_text(warning)), Space.SMALL)
        for part in self._facts.parts:
            part.show()

    @property
    def _changes_open(self) -> bool:
        if self._state.changes_open is not None:
            return self._state.changes_open
        return self._features.plan_card_open != "sentence"

    @property
    def _exact_open(self) -> bool:
        if self._state.exact_open is not None:
            return self._state.exact_open
        return self._features.plan_card_open != "changes"

    def _show_openness(self) -> None:
        item = self._item
        assert item is not None
        changes, explanation = self._changes_open, self._state.explanation_open
        self.buttons.show_plan(item, details_open=changes)
        self.details.setVisible(changes or explanation)
        if changes or explanation:
            self.details.show_plan(item, changes=changes, exact=self._exact_open, explanation=explanation)
        self.body.arrange()
        self.update()

    def _toggle_changes(self) -> None:
        self._state.changes_open = not self._changes_open
        self._show_openness()
        self.height_changed.emit()

    def _toggle_exact(self) -> None:
        had_focus = self.details.exact_button is not None and self.details.exact_button.hasFocus()
        self._state.exact_open = not self._exact_open
        self._show_openness()
        if had_focus and self.details.exact_button is not None:
            self.details.exact_button.setFocus()
        self.height_changed.emit()

    def _explain(self) -> None:
        assert self._item is not None
        if not self._item.card.explanation:
            self.explain_requested.emit(self.plan_id)
            return
        self._state.explanation_open = not self._state.explanation_open
        self._show_openness()
        self.height_changed.emit()

    def _undo(self) -> None:
        if self._item is not None and self._item.card.entry_id is not None:
            self.undo_requested.emit(self._item.card.entry_id)

    # --- layout and painting -------------------------------------------------------------------------

    def _padding(self, column: int) -> int:
        return Space.LARGE + Space.TINY if column > 420 else Space.MEDIUM

    def height_for(self, width: int) -> int:
        """See RowView."""
        _, column = self.column(width)
        padding = self._padding(column)
        inner = column - 2 * padding
        return _ABOVE + _BELOW + 2 * padding + self.body.heightForWidth(inner)

    def resizeEvent(self, event: object) -> None:
        """Place the card."""
        self.place()

    def place(self) -> None:
        """Place the parts although the row has kept its size."""
        ground = self._ground()
        padding = self._padding(ground.width())
        self.body.setGeometry(ground.adjusted(padding, padding, -padding, -padding))
        self.body.arrange()
        for part in (self._facts, self.status, self.details):
            part.arrange()

    def _ground(self) -> QRect:
        left, column = self.column(self.width())
        return QRect(left, _ABOVE, column, self.height() - _ABOVE - _BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        card = self._item.card if self._item is not None else None
        waits = card is not None and card.state == "waiting"
        strong = waits and self._item is not None and self._item.asking
        line = colours.danger if card is not None and card.final and waits else colours.accent
        ground = self._ground()
        if not colours.dark:
            shadow = ground.adjusted(0, 1, 0, 2)
            paint_rounded(painter, shadow, colours.line, None, Radius.CARD)
        paint_rounded(
            painter, ground, colours.card, line if strong else colours.line, Radius.CARD,
            width=1.5 if strong else 1.0,
        )  # fmt: skip
        self.paint_focus(painter)

    # --- keyboard, screen readers, search ------------------------------------------------------------

    def safest_button(self) -> QWidget:
        """Return the button that gets the keyboard first: never the one that does what cannot be undone."""
        final = self._item is not None and self._item.card.final
        first = self.buttons.reject if final else self.buttons.allow
        usable = first.isEnabled() and not first.isHidden()
        return first if usable else self.buttons.details

    def focusables(self) -> Sequence[QWidget]:
        """See RowView."""
        output = [] if self.status.output.isHidden() else [self.status.output]
        details = [] if self.details.isHidden() else self.details.focusables()
        return [*self.buttons.shown(), *output, *details]

    def accessible_text(self) -> str:
        """See RowView."""
        if self._item is None:
            return ""
        card = self._item.card
        parts = [
            card.title,
            card.sentence,
            *card.costs,
            card.undo,
            *card.warnings,
            self.status.line.label.text(),
        ]
        return self.tr("Plan: {text}").format(text=" ".join(visible_text(part) for part in parts if part))

    def copyable_text(self) -> str:
        """See RowView."""
        if self._item is None:
            return ""
        card = self._item.card
        commands = [step.command for step in card.steps]
        parts = [
            card.title,
            card.sentence,
            *card.costs,
            card.undo,
            *card.warnings,
            *commands,
            card.state_text,
        ]
        return "\n".join(visible_text(part) for part in parts if part)

    def searchable_text(self) -> str:
        """Return what search looks through."""
        return plain_text(self.copyable_text())

    def highlight(self, words: str, current: int | None) -> None:
        """See RowView: a card is found as a whole."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow colours and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.details.recolour()
        elif event.type() == QEvent.Type.LanguageChange and self._item is not None:
            self._facts_of = None
            self.bind(self._item, self._state, self._features)


def _facts(card: PlanCard) -> tuple[object, ...]:
    return (card.title, card.sentence, card.costs, card.undo, card.undoable, card.warnings, card.final)
