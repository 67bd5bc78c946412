"""A plan as a card: what will happen, its costs, whether it can be undone, and the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.conversation.items import Item, PlanItem
from nixforhumanity.ui.conversation.painting import paint_rounded
from nixforhumanity.ui.conversation.plan_buttons import PlanButtons
from nixforhumanity.ui.conversation.plan_details import Openness, PlanDetails, has_details
from nixforhumanity.ui.conversation.plan_facts import PlanFacts, facts_of
from nixforhumanity.ui.conversation.plan_status import PlanStatus
from nixforhumanity.ui.conversation.pointer import forget_pointer
from nixforhumanity.ui.conversation.row_view import LevelFeatures, RowState, RowView
from nixforhumanity.ui.conversation.stack import IconLine, Stack, text_label
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_text
from nixforhumanity.ui.theme.palettes import colours_of
from nixforhumanity.ui.theme.tokens import Radius, Space

_ABOVE = Space.MEDIUM
_BELOW = Space.LARGE


class PlanCardView(RowView):
    """Shows a PlanItem."""

    allowed = Signal(str)
    rejected = Signal(str)
    explain_requested = Signal(str)
    undo_requested = Signal(int)
    option_picked = Signal(str, str)
    """The plan and the id of an answer that is neither its yes nor its no."""
    try_again_requested = Signal(str)
    """The words that led to the plan."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item: PlanItem | None = None
        self._state = RowState()
        self._features = LevelFeatures()
        self._facts_of: PlanFacts | None = None
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
        self.buttons.option_picked.connect(lambda name: self.option_picked.emit(self.plan_id, name))
        self.buttons.tried_again.connect(self._try_again)
        self.buttons.explained.connect(self._explain)
        self.buttons.undone.connect(self._undo)
        self.details.exact_toggled.connect(self._toggle_exact)
        self.details.output_toggled.connect(self._toggle_output)
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
        self._show_facts(facts_of(item.card))
        self.status.show_plan(item, features.output)
        self._show_openness()

    def follow_output(self, item: PlanItem) -> None:
        """Show new output lines only."""
        self._item = item
        self.status.follow_output(item)

    def _show_facts(self, facts: PlanFacts) -> None:
        if self._facts_of == facts:
            return
        self._facts_of = facts
        self._facts.drop_all()
        title = visible_text(facts.title)
        if facts.final:
            self._facts.add(IconLine("warning", "danger", title, size="title", tone="danger"))
        else:
            self._facts.add(text_label(title, size="title"))
        if facts.sentence:
            self._facts.add(text_label(visible_text(facts.sentence)), Space.SMALL)
        for cost in facts.costs:
            self._facts.add(IconLine("information", "muted", visible_text(cost)), Space.SMALL)
        if facts.undo:
            undo = IconLine("undo", "success") if facts.undoable else IconLine("warning", "warning")
            undo.label.setText(visible_text(facts.undo))
            self._facts.add(undo, Space.SMALL)
        for warning in facts.warnings:
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

    @property
    def _output_open(self) -> bool:
        if self._state.output_open is not None:
            return self._state.output_open
        failed = self._item is not None and self._item.card.state == "failed"
        return failed or self._features.output != "bar"

    def _show_openness(self) -> None:
        item = self._item
        assert item is not None
        openness = Openness(
            changes=self._changes_open and has_details(item, self._features.output),
            exact=self._exact_open,
            explanation=self._state.explanation_open,
            output=self._output_open if self._features.output != "log" else None,
        )
        self.buttons.show_plan(
            item,
            details_open=openness.changes,
            explanation_open=openness.explanation,
            details=has_details(item, self._features.output),
        )
        self.details.setVisible(openness.any)
        if openness.any:
            self.details.show_plan(item, openness)
        self.body.arrange()
        self.update()

    def _reopened(self, part: QWidget | None) -> None:
        """Show what is open now, and see to it that the part that was opened can be seen."""
        self._show_openness()
        self.height_changed.emit()
        if part is not None:
            self.opened.emit(part)
        forget_pointer(self)

    def _toggle_changes(self) -> None:
        self._state.changes_open = opened = not self._changes_open
        self._reopened(self.details if opened else None)

    def _toggle_exact(self) -> None:
        self._state.exact_open = opened = not self._exact_open
        self._rebuilt(lambda: self.details.exact_button, opened=opened)

    def _toggle_output(self) -> None:
        self._state.output_open = opened = not self._output_open
        self._rebuilt(lambda: self.details.output_button, opened=opened)

    def _rebuilt(self, button: Callable[[], QWidget | None], *, opened: bool) -> None:
        """The details are made anew, with the button that was pressed: it keeps the keyboard."""
        before = button()
        had_focus = before is not None and before.hasFocus()
        self._reopened(self.details if opened else None)
        if had_focus and (after := button()) is not None:
            after.setFocus()

    def _explain(self) -> None:
        assert self._item is not None
        explanation = self._item.card.explanation
        if not explanation:
            self.explain_requested.emit(self.plan_id)
            return
        self._state.explanation_open = opened = not self._state.explanation_open
        self._reopened(self.details.explanation_part if opened else None)
        if opened:
            announce(self, plain_text(visible_text(explanation)))

    def _try_again(self) -> None:
        if self._item is not None and self._item.words:
            self.try_again_requested.emit(self._item.words)

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

    def status_top(self) -> int:
        """Return where in the row the line begins that tells where the plan stands (pixels)."""
        return max(0, self.status.mapTo(self, QPoint(0, 0)).y() - Space.SMALL)

    def focusables(self) -> Sequence[QWidget]:
        """See RowView."""
        output = [] if self.status.output.isHidden() else [self.status.output]
        details = [] if self.details.isHidden() else self.details.focusables()
        return [*self.buttons.shown(), *output, *details]

    def accessible_text(self) -> str:
        """See RowView."""
        if self._item is None:
            return ""
        parts = [*facts_of(self._item.card).lines, self.status.line.label.text()]
        return self.tr("Plan: {text}").format(text=" ".join(visible_text(part) for part in parts if part))

    def copyable_text(self) -> str:
        """See RowView."""
        if self._item is None:
            return ""
        card = self._item.card
        parts = [*facts_of(card).lines, *(step.command for step in card.steps), card.state_text]
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
