"""The bottom line of a plan card: what exactly happens, and the buttons.

Each button keeps its place when the state of the plan changes, so that nothing else comes under the pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QStyle, QWidget

from nixforhumanity.ui.conversation.disclosure_button import DisclosureButton
from nixforhumanity.ui.conversation.items import ENDED_STATES, NOT_DONE_STATES, PlanItem, PlanOption
from nixforhumanity.ui.conversation.plan_facts import spoken_label
from nixforhumanity.ui.conversation.pointer import forget_pointer
from nixforhumanity.ui.theme.icons import icon
from nixforhumanity.ui.theme.tokens import Space

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import PlanCard


FINAL_WAITS_MS = 1200
"""A button that deletes for good can be pressed only after it has been on the screen for so long."""


class PlanButtons(QWidget):
    """Says what was pressed; knows nothing of what follows."""

    details_toggled = Signal()
    allowed = Signal()
    rejected = Signal()
    explained = Signal()
    undone = Signal()
    tried_again = Signal()
    option_picked = Signal(str)
    """The id of an answer besides yes and no."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.details = DisclosureButton(self)
        self.details.setProperty("kind", "quiet")
        self.details.clicked.connect(self.details_toggled)
        self.reject = QPushButton(self)
        self.reject.clicked.connect(self.rejected)
        self.explain = DisclosureButton(self, arrow=False)
        self.explain.clicked.connect(self.explained)
        self.allow = QPushButton(self)
        self.allow.clicked.connect(self._allowed)
        for button in (self.details, self.reject, self.explain, self.allow):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the conversation leads Tab through them
            button.setAutoDefault(True)  # Enter presses the focused button and no other
        self._others: list[QPushButton] = []
        self._other_options: Sequence[PlanOption] = ()
        self._item: PlanItem | None = None
        self._slots: dict[QPushButton, int] = {}
        self._shown_key = 0
        self._asked_key = 0
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(FINAL_WAITS_MS)
        self._calm.timeout.connect(self._became_calm)

    def show_plan(self, item: PlanItem, *, details_open: bool, explanation_open: bool, details: bool) -> None:
        """Show the buttons that fit the state; `details`: there is something to open."""
        card, state = item.card, item.card.state
        ended, asked = state in ENDED_STATES, item.asking and state == "waiting"
        if item.key != self._shown_key:
            self._shown_key = item.key
            self._slots.clear()
        self._item = item
        focused = next((one for one in self._every() if one.hasFocus()), None)
        self._label(self.details, self.tr("The details") if ended else self.tr("What exactly happens"))
        self.details.show_opened(details_open)
        self.details.setVisible(details)
        if not ended and not self._slots:
            self._reserve(card)
        self._label(self.reject, card.reject_label)
        self.reject.setEnabled(item.asking)
        self.reject.setVisible(state == "waiting" and bool(card.reject_label))
        self._show_others(item, asked=asked)
        self._label(self.explain, self.tr("Explain"))
        self.explain.show_opened(explanation_open)
        self.explain.setVisible(bool(card.explanation or card.request))
        self._show_last(item, asked=asked)
        if ended and self.allow.isHidden():
            self._slots.clear()  # nothing is to come there any more: no hole beside what is left
        # The keys are told where they work: on the card that waits.
        self.allow.setToolTip(self.tr("Alt+Y") if asked else "")
        self.reject.setToolTip(self.tr("Alt+N") if asked else "")
        self._arranged(self.width(), move=True)
        if focused and (focused.isHidden() or not focused.isEnabled()) and self.shown():
            # Not to the first button of the window, where Qt would put it: what follows is read on this card.
            self.shown()[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        forget_pointer(self)

    def _show_last(self, item: PlanItem, *, asked: bool) -> None:
        """Show what stands at the end: do it, and afterwards take it back or try it again."""
        card, state = item.card, item.card.state
        undo = state in ENDED_STATES and card.can_undo_now and card.entry_id is not None
        again = state in NOT_DONE_STATES and bool(item.words) and not undo
        words = self.tr("Undo") if undo else self.tr("Try again") if again else card.allow_label
        self._label(self.allow, words, "undo" if undo else "")
        kind = "" if undo or again else "danger" if card.final else "primary"
        if self.allow.property("kind") != kind:
            self.allow.setProperty("kind", kind)
            self.allow.style().unpolish(self.allow)
            self.allow.style().polish(self.allow)
        if asked and card.final and self._asked_key != item.key:
            self._asked_key = item.key
            self._calm.start()
        # A second click of the one that answered the card before must not delete anything for good.
        calm = card.final and self._calm.isActive() and self._asked_key == item.key
        self.allow.setEnabled(undo or again or (asked and not calm))
        self.allow.setVisible(undo or again or (state not in ENDED_STATES and bool(card.allow_label)))
        self.allow.setAccessibleDescription(card.sentence if asked else "")

    def _show_others(self, item: PlanItem, *, asked: bool) -> None:
        options = tuple(item.options) if asked else ()
        if options == self._other_options:
            return
        self._other_options = options
        for button in self._others:
            self._slots.pop(button, None)
            button.hide()
            button.deleteLater()
        self._others = []
        for option in options:
            button = QPushButton(self)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, name=option.option_id: self.option_picked.emit(name))
            self._label(button, option.label)
            button.show()
            self._others.append(button)

    def _every(self) -> list[QPushButton]:
        return [self.details, self.reject, *self._others, self.explain, self.allow]

    def _became_calm(self) -> None:
        item = self._item
        if item is not None and item.key == self._asked_key:
            self.allow.setEnabled(item.asking and item.card.state == "waiting")

    def shown(self) -> Sequence[QPushButton]:
        """Return the buttons that can be pressed, in reading order."""
        return [button for button in self._every() if not button.isHidden() and button.isEnabled()]

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._arranged(width, move=False)

    def resizeEvent(self, event: object) -> None:
        """Place the buttons."""
        self._arranged(self.width(), move=True)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when text sizes change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._slots.clear()

    def _allowed(self) -> None:
        if self._item is None:
            return
        if self._item.card.state == "waiting":
            self.allowed.emit()
        elif self._item.card.can_undo_now:
            self.undone.emit()
        else:
            self.tried_again.emit()

    def _label(self, button: QPushButton, text: str, icon_name: str = "") -> None:
        button.setText(text.replace("&", "&&"))
        if button is not self.details:
            button.setIcon(icon(icon_name) if icon_name else QIcon())
        if self._item is not None:
            button.setAccessibleName(spoken_label(text, self._item.card.title))

    def _reserve(self, card: PlanCard) -> None:
        """Make each place as wide as the widest button that may come there."""
        undo = (self.tr("Undo"), "undo") if card.undoable else (card.allow_label, "")
        for button, variants in (
            (self.reject, [(card.reject_label, "")]),
            (self.allow, [(card.allow_label, ""), (self.tr("Try again"), ""), undo]),
        ):
            widths = []
            for text, icon_name in variants:
                self._label(button, text, icon_name)
                widths.append(button.sizeHint().width())
            self._slots[button] = max(widths)

    def _slot(self, button: QPushButton) -> int:
        """The width of a button's place: as wide as it ever was for this plan, 0 if it never was."""
        width = self._slots.get(button, 0)
        if not button.isHidden():
            width = max(width, button.sizeHint().width())
            self._slots[button] = width
        return width

    def _arranged(self, width: int, *, move: bool) -> int:
        row = [(button, self._slot(button)) for button in self._every()[1:]]
        row = [(button, room) for button, room in row if room]
        height = self.explain.sizeHint().height()
        taken = sum(room + Space.SMALL for _, room in row) - Space.SMALL
        toggle = self.details.sizeHint()
        beside = self.details.isHidden() or toggle.width() + Space.MEDIUM + taken <= width
        if move:
            place = QRect(0, 0, min(toggle.width(), width), height)
            self._put(self.details, place)
        y = 0 if beside else height + Space.SMALL
        if taken <= width:
            x = width - taken
            for button, room in row:
                if move:
                    self._put(button, QRect(x, y, room, height))
                x += room + Space.SMALL
            return y + height
        for button, _ in row:
            if move:
                self._put(button, QRect(0, y, width, height))
            y += height + Space.SMALL
        return y - Space.SMALL

    def _put(self, button: QPushButton, place: QRect) -> None:
        button.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
