"""The scrolled list of the history: cards under their days; reading it again moves nothing in sight."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from nixforhumanity.ui.accessible_roles import use_role
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.friendly_dates import friendly_day
from nixforhumanity.ui.history.timeline import TimelineRow
from nixforhumanity.ui.history.timeline_card import CardLook, TimelineCard
from nixforhumanity.ui.keyboard_ring import KeyboardRing
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.theme.tokens import SCROLL_BAR_PIXELS

FRAME_PIXELS = 2
"""The ring that shows that the list has the keyboard."""


class _Ground(QWidget):
    """What is scrolled."""


class TimelineList(QScrollArea):
    """Cards that have not changed stay the same widgets, with the keyboard in them."""

    undo_requested = Signal(int)
    go_back_requested = Signal(int)
    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        use_role(_Ground, QAccessible.Role.List)
        self.setObjectName("history-area")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        KeyboardRing(self)
        self._look = CardLook(_today())
        self._cards: dict[str, TimelineCard] = {}
        self._headings: list[StartLabel] = []
        self._ground = _Ground(self)
        self._ground.setObjectName("history-list")
        self._rows = QVBoxLayout(self._ground)
        self._rows.setSpacing(8)
        self._more = ElidingButton("", self._ground)
        self._more.setObjectName("history-more")
        self._more.clicked.connect(lambda: self.more_requested.emit())
        press_with_enter(self._more)
        self.setWidget(self._ground)
        self._retranslate()

    @property
    def everyday_words(self) -> bool:
        """Whether Nix words are left out."""
        return self._look.everyday_words

    def show_level(self, *, with_commands: bool, everyday_words: bool) -> None:
        """Show the rows like this from the next time on."""
        self._look = replace(self._look, with_commands=with_commands, everyday_words=everyday_words)

    def set_margins(self, left: int, right: int) -> None:
        """Stand in the column; `left` and `right` include the room of the scroll bar."""
        bar, frame = SCROLL_BAR_PIXELS, FRAME_PIXELS
        left, right = left - frame, right - frame
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left -= bar
        else:
            right -= bar
        self._rows.setContentsMargins(left, 0, right, 24)

    def to_top(self) -> None:
        """Show the newest."""
        self.verticalScrollBar().setValue(0)

    def forget_cards(self) -> None:
        """Make every card anew the next time: their words have changed."""
        for card in self._cards.values():
            card.hide()
            card.deleteLater()
        self._cards = {}

    def show_rows(self, rows: Sequence[TimelineRow], *, more: bool) -> None:
        """Show these rows; what is in sight stays where it is."""
        anchor = self._anchor()
        focused = next((card.row.key for card in self._cards.values() if self._has_focus(card)), "")
        self._look = replace(self._look, today=_today())
        self._take_all()
        cards: dict[str, TimelineCard] = {}
        day: date | None = None
        for row in rows:
            if row.day != day:
                day = row.day
                self._add_heading(day, first=not cards)
            cards[row.key] = card = self._card(row)
            self._rows.addWidget(card)
            card.show()
        for gone in self._cards.values():
            gone.hide()
            gone.deleteLater()
        self._cards = cards
        if more:
            self._rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._more.setVisible(more)
        self._rows.addStretch(1)
        self._order_keys()
        self._go_back_to(anchor)
        kept = self._cards.get(focused)
        if kept is not None and kept.buttons and not self._has_focus(kept):
            kept.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, row: TimelineRow) -> TimelineCard:
        known = self._cards.get(row.key)
        if known is not None and known.shows(row, self._look):
            return self._cards.pop(row.key)
        card = TimelineCard(row, self._look, self._ground)
        card.undo_requested.connect(self.undo_requested)
        card.go_back_requested.connect(self.go_back_requested)
        return card

    def _add_heading(self, day: date, *, first: bool) -> None:
        heading = StartLabel(friendly_day(day, self._look.today), self._ground)
        heading.setObjectName("history-day")
        heading.setProperty("type", "caption")
        heading.setProperty("tone", "muted")
        heading.setProperty("weight", "strong")
        heading.setContentsMargins(2, 4 if first else 16, 0, 0)
        self._headings.append(heading)
        self._rows.addWidget(heading)
        heading.show()

    def _take_all(self) -> None:
        while self._rows.takeAt(0) is not None:
            pass
        for heading in self._headings:
            heading.hide()
            heading.deleteLater()
        self._headings = []

    def _order_keys(self) -> None:
        stops: list[QWidget] = [button for card in self._cards.values() for button in card.buttons]
        for one, following in pairwise([self, *stops, self._more]):
            QWidget.setTabOrder(one, following)

    @staticmethod
    def _has_focus(card: TimelineCard) -> bool:
        return any(button.hasFocus() for button in card.buttons)

    def _anchor(self) -> tuple[str, int]:
        """Return the first card in sight, and where it is; nothing while the newest is in sight."""
        top = self.verticalScrollBar().value()
        if top == 0 or not self.isVisible():
            return "", 0
        found = next((card for card in self._cards.values() if card.geometry().bottom() > top), None)
        return (found.row.key, found.y() - top) if found is not None else ("", 0)

    def _go_back_to(self, anchor: tuple[str, int]) -> None:
        key, offset = anchor
        self._rows.activate()
        self._ground.resize(
            self._ground.width(), max(self._rows.totalHeightForWidth(self._ground.width()), 1)
        )
        self._rows.activate()
        if (card := self._cards.get(key)) is not None:
            self.verticalScrollBar().setValue(card.y() - offset)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("What was changed"))
        self._ground.setAccessibleName(self.tr("What was changed"))
        self._more.setText(self.tr("Show older ones"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _today() -> date:
    return datetime.now().astimezone().date()
