"""The way of the keyboard focus through the conversation: controls by Tab, rows by the arrow keys.

Only the conversation itself is in Qt's own focus chain, because the widgets of its rows are used again for
other rows and their order in the chain means nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.conversation.row_view import RowView

if TYPE_CHECKING:
    from nixforhumanity.ui.conversation.transcript_view import TranscriptView


class TabWalk:
    """Moves the focus of one TranscriptView."""

    def __init__(self, view: "TranscriptView") -> None:
        self._view = view
        self._origin: QWidget | None = None
        """What the keyboard came from to the plan that waits."""
        self._region: QWidget | None = None
        """The part of the window around it; the way on leads past it."""
        self._first: RowView | None = None
        """The card of that plan: its controls come before all others on this way."""

    def enter_at(self, card: RowView, origin: QWidget, region: QWidget) -> bool:
        """Go from `origin` in `region` to this card; False if nothing on it can be pressed."""
        controls = card.focusables()
        if not controls:
            return False
        self._first = card
        self._origin, self._region = origin, region
        return self._focus(controls[0], Qt.FocusReason.TabFocusReason)

    def forget_origin(self) -> None:
        """The keyboard came another way: everything is in reading order."""
        self._first = self._origin = self._region = None

    def row_with_focus(self) -> RowView | None:
        """Return the row that has the focus or holds it."""
        focus: QWidget | None = self._view.focusWidget()
        while focus is not None and not isinstance(focus, RowView):
            focus = focus.parentWidget()
        return focus

    def step(self, forward: bool) -> bool:
        """Go to the next control; after the last one leave the conversation."""
        focus = self._view.focusWidget()
        rows = self._view.live_rows()
        if self._first is not None and self._first not in [row for _, row in rows]:
            self.forget_origin()
        ordered = sorted((row for _, row in rows), key=lambda row: row is not self._first)
        controls = [control for row in ordered for control in row.focusables()]
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        row = self.row_with_focus()
        if row is None:
            if not forward or not (ahead := self._in_sight(rows)):
                return self._leave(forward)
            return self._focus(ahead[0], reason)
        if focus is row:
            before = sum(len(view.focusables()) for view in ordered[: ordered.index(row)])
            target = before if forward else before - 1
        else:
            target = controls.index(focus) + (1 if forward else -1) if focus in controls else -1
        if 0 <= target < len(controls):
            return self._focus(controls[target], reason)
        if not forward and self._origin is not None:
            self._origin.setFocus(reason)
            return True
        if not forward and focus is not row:
            self._focus(row, reason)
            return True
        return self._leave(forward)

    def entered(self, reason: Qt.FocusReason) -> None:
        """The conversation itself was given the keyboard: lead it on to where it can be seen."""
        self.forget_origin()
        if reason is Qt.FocusReason.BacktabFocusReason:
            self.enter_from_end()
        elif reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.enter_forwards(newest=reason is Qt.FocusReason.ShortcutFocusReason)

    def enter_forwards(self, *, newest: bool) -> None:
        """Focus a row: the last one in sight, or the one where Tab leads."""
        if not self._view.row_count():
            return
        _, last = self._view.rows_in_sight()
        rows = self._view.live_rows()
        ahead = [] if newest else self._in_sight(rows)
        holder = next((view for _, view in rows if ahead and view.isAncestorOf(ahead[0])), None)
        reason = Qt.FocusReason.ShortcutFocusReason if newest else Qt.FocusReason.TabFocusReason
        (holder or self._view.show_row(last)).setFocus(reason)

    def enter_from_end(self) -> None:
        """Focus the last control that is near the visible part."""
        controls = [control for _, row in self._view.live_rows() for control in row.focusables()]
        if controls:
            self._focus(controls[-1], Qt.FocusReason.BacktabFocusReason)

    def pressed(self, key: Qt.Key) -> bool:
        """Scroll, or go from row to row, if that is what a key is for."""
        bar = self._view.verticalScrollBar()
        match key:
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                self._view.scroll_to_end()
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.step_row(1 if key is Qt.Key.Key_Down else -1)
            case _:
                return False
        return True

    def step_row(self, step: int) -> None:
        """Focus the row after or before; a row higher than the view is scrolled through first."""
        if not self._view.row_count():
            return
        bar = self._view.verticalScrollBar()
        current = self.row_with_focus()
        number = next((row for row, view in self._view.live_rows() if view is current), None)
        if number is None or current is None:
            first, last = self._view.rows_in_sight()
            self._view.show_row(last if step < 0 else first).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        bottom = current.geometry().bottom()
        hidden = bottom > self._view.viewport().height() if step > 0 else current.y() < 0
        if hidden and current.height() > self._view.viewport().height():
            bar.setValue(bar.value() + step * bar.singleStep() * 2)
            return
        target = number + step
        if 0 <= target < self._view.row_count():
            self._view.show_row(target).setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_sight(self, rows: Sequence[tuple[int, RowView]]) -> list[QWidget]:
        return [
            control
            for _, row in rows
            if row.geometry().bottom() > 0
            for control in row.focusables()
            if control.mapTo(self._view.viewport(), control.rect().bottomLeft()).y() > 0
        ]

    def _focus(self, control: QWidget, reason: Qt.FocusReason) -> bool:
        control.setFocus(reason)
        top = control.mapTo(self._view.viewport(), control.rect().topLeft()).y()
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        if top < 0:
            bar.setValue(bar.value() + top - 16)
        elif top + control.height() > height:
            bar.setValue(bar.value() + top + control.height() - height + 16)
        return True

    def _leave(self, forward: bool) -> bool:
        target: QWidget | None = self._view
        passed = self._region
        self.forget_origin()
        while target is not None:
            target = target.nextInFocusChain() if forward else target.previousInFocusChain()
            if target is None or target is self._view:
                return False
            inside = self._view.isAncestorOf(target) or (
                passed is not None and (passed is target or passed.isAncestorOf(target))
            )
            can = target.focusPolicy().value & Qt.FocusPolicy.TabFocus.value == Qt.FocusPolicy.TabFocus.value
            if (
                can
                and not inside
                and target.isVisible()
                and target.isEnabled()
                and target.focusProxy() is None
            ):
                reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
                target.setFocus(reason)
                return True
        return False
