"""The bottom line of a plan card: what exactly happens, and the three buttons.

Each button keeps its place when the state of the plan changes, so that nothing else comes under the pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QStyle, QWidget

from nixforhumanity.ui.conversation.items import ENDED_STATES, PlanItem
from nixforhumanity.ui.theme.icons import Ink, icon
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
    stopped = Signal()
    explained = Signal()
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.details = QPushButton(self)
        self.details.setProperty("kind", "quiet")
        self.details.clicked.connect(self.details_toggled)
        self.reject = QPushButton(self)
        self.reject.clicked.connect(self._rejected)
        self.explain = QPushButton(self)
        self.explain.clicked.connect(self.explained)
        self.allow = QPushButton(self)
        self.allow.clicked.connect(self._allowed)
        for button in (self.details, self.reject, self.explain, self.allow):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the conversation leads Tab through them
            button.setAutoDefault(True)  # Enter presses the focused button and no other
        self._item: PlanItem | None = None
        self._slots: dict[QPushButton, int] = {}
        self._shown_key = 0
        self._asked_key = 0
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(FINAL_WAITS_MS)
        self._calm.timeout.connect(self._became_calm)

    def show_plan(self, item: PlanItem, *, details_open: bool) -> None:
        """Show the buttons that fit the state."""
        card, state = item.card, item.card.state
        if item.key != self._shown_key:
            self._shown_key = item.key
            self._slots.clear()
        self._item = item
        every = (self.details, self.reject, self.explain, self.allow)
        focused = next((one for one in every if one.hasFocus()), None)
        self.details.setText(self.tr("What exactly happens"))
        self.details.setIcon(icon("chevron-down" if details_open else self._closed_icon(), Ink.MUTED))
        opened = self.tr("open") if details_open else self.tr("closed")
        self.details.setAccessibleDescription(opened)
        if state not in ENDED_STATES and not self._slots:
            self._reserve(card)
        can_stop = state in ("running", "queued")
        self._set(self.reject, self.tr("Stop") if can_stop else card.reject_label, "stop" if can_stop else "")
        self.reject.setEnabled(can_stop or item.asking)
        self.reject.setVisible(can_stop or state == "waiting")
        self.explain.setText(self.tr("Explain"))
        undo = state in ENDED_STATES and card.can_undo_now and card.entry_id is not None
        self._set(self.allow, self.tr("Undo") if undo else card.allow_label, "undo" if undo else "")
        kind = "" if undo else "danger" if card.final else "primary"
        if self.allow.property("kind") != kind:
            self.allow.setProperty("kind", kind)
            self.allow.style().unpolish(self.allow)
            self.allow.style().polish(self.allow)
        asked = item.asking and state == "waiting"
        if asked and card.final and self._asked_key != item.key:
            self._asked_key = item.key
            self._calm.start()
        # A second click of the one that answered the card before must not delete anything for good.
        calm = card.final and self._calm.isActive() and self._asked_key == item.key
        self.allow.setEnabled(undo or (asked and not calm))
        self.allow.setVisible(undo or state not in ENDED_STATES)
        self.allow.setAccessibleDescription(card.sentence)
        # The keys are told where they work: on the card that waits.
        asks = item.asking and state == "waiting"
        self.allow.setToolTip(self.tr("Alt+Y") if asks else "")
        self.reject.setToolTip(self.tr("Alt+N") if asks else self.tr("Esc") if can_stop else "")
        self._arranged(self.width(), move=True)
        if focused and (focused.isHidden() or not focused.isEnabled()):
            # Not to the first button of the window, where Qt would put it: what follows is read on this card.
            self.shown()[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _became_calm(self) -> None:
        item = self._item
        if item is not None and item.key == self._asked_key:
            self.allow.setEnabled(item.asking and item.card.state == "waiting")

    def shown(self) -> Sequence[QPushButton]:
        """Return the buttons that can be pressed, in reading order."""
        every = (self.details, self.reject, self.explain, self.allow)
        return [button for button in every if not button.isHidden() and button.isEnabled()]

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

    def _rejected(self) -> None:
        if self._item is not None and self._item.card.state == "waiting":
            self.rejected.emit()
        else:
            self.stopped.emit()

    def _allowed(self) -> None:
        if self._item is not None and self._item.card.state == "waiting":
            self.allowed.emit()
        else:
            self.undone.emit()

    def _set(self, button: QPushButton, text: str, icon_name: str) -> None:
        button.setText(text.replace("&", "&&"))
        button.setIcon(icon(icon_name) if icon_name else QIcon())

    def _closed_icon(self) -> str:
        return "chevron-left" if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else "chevron-right"

    def _reserve(self, card: PlanCard) -> None:
        """Make each place as wide as the widest button that may come there."""
        undo = (self.tr("Undo"), "undo") if card.undoable else (card.allow_label, "")
        for button, variants in (
            (self.reject, [(card.reject_label, ""), (self.tr("Stop"), "stop")]),
            (self.allow, [(card.allow_label, ""), undo]),
        ):
            widths = []
            for text, icon_name in variants:
                self._set(button, text, icon_name)
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
        row = [(button, self._slot(button)) for button in (self.reject, self.explain, self.allow)]
        row = [(button, room) for button, room in row if room]
        height = self.explain.sizeHint().height()
        taken = sum(room + Space.SMALL for _, room in row) - Space.SMALL
        toggle = self.details.sizeHint()
        beside = toggle.width() + Space.MEDIUM + taken <= width
        if move:
            place = QRect(-Space.SMALL, 0, min(toggle.width(), width), height)
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
