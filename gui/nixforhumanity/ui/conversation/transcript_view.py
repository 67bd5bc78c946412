"""The conversation as it is seen: only the rows near the visible part exist as widgets.

Heights of the other rows are estimates; when one comes into view and is measured, what the person looks at
stays where it is. While an answer comes, its last piece is shown anew at most 30 times a second.
"""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from nixforhumanity.ui.conversation.accessibility import RowList, TranscriptFrame, install_accessibility
from nixforhumanity.ui.conversation.find_matches import Match
from nixforhumanity.ui.conversation.items import MessageItem, PlanItem, Role
from nixforhumanity.ui.conversation.live_rows import LiveRows
from nixforhumanity.ui.conversation.newer_button import NewerButton
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.reading_place import ReadingPlace
from nixforhumanity.ui.conversation.row_menu import RowMenu
from nixforhumanity.ui.conversation.row_view import LevelFeatures, RowView
from nixforhumanity.ui.conversation.tab_walk import TabWalk
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.conversation.transcript_search import TranscriptSearch
from nixforhumanity.ui.theme.tokens import Space

FRAME_SECONDS = 1 / 30


class TranscriptView(TranscriptFrame):
    """Shows a TranscriptModel."""

    suggestion_picked = Signal(str)
    plan_allowed = Signal(str)
    plan_rejected = Signal(str)
    explain_requested = Signal(str)
    undo_requested = Signal(int)
    option_picked = Signal(str, str)
    try_again_requested = Signal(str)
    link_opened = Signal(str)

    def __init__(self, model: TranscriptModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_accessibility()
        self._model = model
        self._stale: set[int] = set()
        self._printed: set[int] = set()
        self._unseen: int | None = None
        """The first row below the view that came, or grew, while the person read further up."""
        self._last_render = 0.0
        self._search = TranscriptSearch(model)
        self._menu = RowMenu(self)
        self._walk = TabWalk(self)
        rows = RowList()
        rows.setAccessibleName(self.tr("Conversation"))
        self.setViewport(rows)
        self._rows = LiveRows(model, self._search, rows, self._wire)
        self._place = ReadingPlace(self._rows, self.verticalScrollBar(), rows, self._has_focus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._render)
        self._newer = NewerButton(self)
        self._newer.clicked.connect(self.scroll_to_end)
        model.item_added.connect(self._added)
        model.item_changed.connect(self._changed)
        model.text_appended.connect(self._grew)
        model.output_appended.connect(self._output_came)
        model.plan_state_changed.connect(self._plan_went_on)
        model.cleared.connect(self._reload)
        self._reload()

    def _wire(self, view: RowView) -> None:
        view.suggestion_picked.connect(self.suggestion_picked)
        view.link_opened.connect(self.link_opened)
        view.height_changed.connect(lambda: self._opened(view))
        view.opened.connect(self._bring_into_sight)
        view.menu_wanted.connect(lambda source, at: self._menu.show_for(view, source, at))
        view.selected.connect(self._menu.select_in)
        if isinstance(view, PlanCardView):
            view.allowed.connect(self.plan_allowed)
            view.rejected.connect(self.plan_rejected)
            view.explain_requested.connect(self.explain_requested)
            view.undo_requested.connect(self.undo_requested)
            view.option_picked.connect(self.option_picked)
            view.try_again_requested.connect(self.try_again_requested)

    # --- for the window ------------------------------------------------------------------------------

    @property
    def features(self) -> LevelFeatures:
        """What the level opens."""
        return self._rows.features

    def set_features(self, features: LevelFeatures) -> None:
        """Show cards, suggestions and output as the level has it."""
        if features != self._rows.features:
            self._rows.features = features
            self._stale.update(row for row, _ in self._rows)
            self._render()

    @property
    def at_end(self) -> bool:
        """Whether the newest message is followed."""
        return self._place.at_end

    def scroll_to_end(self) -> None:
        """Show the newest message, and follow from now on."""
        self._place.follow_end()
        self._relayout()

    def show_row(self, row: int) -> RowView:
        """Scroll until a row can be seen, and return its widget."""
        self._flush()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):  # measuring the rows on the way moves it
            top, bottom = self._rows.span(row)
            if top < bar.value() or bottom - top > height:
                self._scroll_to(top - Space.SMALL)
            elif bottom > bar.value() + height:
                self._scroll_to(bottom - height + Space.SMALL)
            if row in self._rows and self._rows.is_measured(row):
                break
        view = self._rows.get(row)
        assert view is not None
        return view

    def row_view(self, row: int) -> RowView | None:
        """Return the widget of a row that is near the visible part."""
        self._flush()
        return self._rows.get(row)

    def live_rows(self) -> Sequence[tuple[int, RowView]]:
        """Return the rows that have a widget, from top to bottom."""
        self._flush()
        return list(self._rows)

    def row_count(self) -> int:
        """Return how many rows there are."""
        return len(self._model)

    def rows_in_sight(self) -> tuple[int, int]:
        """Return the first and last row that can be seen at least in part. There must be a row."""
        top = self.verticalScrollBar().value()
        return self._rows.row_at(top), self._rows.row_at(top + self.viewport().height() - 1)

    def find_text(self, words: str) -> list[Match]:
        """Return all places of these words and mark them; empty words end the search."""
        found = self._search.find(words)
        self._rows.mark_all()
        return found

    def line_of(self, match: Match) -> str:
        """Return the line in which one of the places is."""
        return self._search.line_of(match)

    def show_match(self, match: Match) -> None:
        """Show one of the places that were found."""
        self._search.choose(match)
        item = self._model.item(match.row)
        state = self._rows.state_of(item)
        if not state.expanded and isinstance(item, MessageItem):
            state.expanded = True
            self._stale.add(match.row)
            self._schedule()
        self._place.at_end = False
        self.show_row(match.row)
        self._rows.mark_all()
        top, bottom = self._rows.span(match.row)
        height = self.viewport().height()
        self._scroll_to((top + min(bottom, top + height)) // 2 - height // 2)

    # --- what the model says -------------------------------------------------------------------------

    def _reload(self) -> None:
        self._stale.clear()
        self._printed.clear()
        self._search.forget()
        self._rows.reload()
        self._place.follow_end()
        self._unseen = None
        self._relayout()

    def _added(self, row: int) -> None:
        item = self._model.item(row)
        self._rows.append(row)
        self._place.following.added(row, item)
        if isinstance(item, MessageItem) and item.prompt_id:
            self._place.at_end = True  # the person has just said this: it must be seen
        self._came(row)

    def _changed(self, row: int) -> None:
        if row in self._rows:
            self._stale.add(row)
        else:
            below = self._rows.width > 0 and row > self.rows_in_sight()[1]
            self._rows.changed_out_of_sight(row, below=below)
        self._schedule()

    def _grew(self, row: int) -> None:
        self._stale.add(row)
        self._came(row)

    def _output_came(self, row: int) -> None:
        self._printed.add(row)
        self._schedule()

    def _plan_went_on(self, row: int) -> None:
        """What a typed yes has brought about is told in the card above it: that must be seen."""
        if row == self._model.latest_plan(waiting=False):
            self._place.following.plan_went_on(row, self._model.item(row))
            self._schedule()

    def _came(self, row: int) -> None:
        item = self._model.item(row)
        # The person's own words, and buttons without words, are nothing new to read.
        news = isinstance(item, PlanItem) or (item.role is Role.ASSISTANT and bool(item.text))
        if news and not self._place.shows_end and self._unseen is None:
            self._unseen = row
        self._schedule()

    def _tell_newer(self) -> None:
        """Lead to what came below the view, as long as it has not been seen."""
        if self._unseen is not None and (self._place.shows_end or self._unseen <= self.rows_in_sight()[1]):
            self._unseen = None
        if self._unseen is None:
            self._newer.hide()
        else:
            self._newer.appear()

    # --- rendering -----------------------------------------------------------------------------------

    def _schedule(self) -> None:
        if not self._timer.isActive():
            passed = monotonic() - self._last_render
            self._timer.start(max(0, round((FRAME_SECONDS - passed) * 1000)))

    def _flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._render()

    def _render(self) -> None:
        self._last_render = monotonic()
        for row in self._printed - self._stale:
            view, item = self._rows.get(row), self._model.item(row)
            if isinstance(view, PlanCardView) and isinstance(item, PlanItem):
                if view.status.output.isHidden():
                    self._stale.add(row)
                else:
                    view.follow_output(item)
        self._printed.clear()
        for row in self._stale:
            if row in self._rows:
                self._rows.bind(row)
        self._stale.clear()
        self._relayout()

    def _relayout(self) -> None:
        if self._place.lay_out():
            self._tell_newer()

    def _has_focus(self, view: RowView) -> bool:
        focus: QWidget | None = self.focusWidget()
        return focus is not None and (focus is view or view.isAncestorOf(focus))

    # --- scrolling -----------------------------------------------------------------------------------

    def _scrolled(self) -> None:
        if self._place.scrolled():
            self._relayout()

    def _scroll_to(self, value: int) -> None:
        self.verticalScrollBar().setValue(value)
        self._relayout()

    def _opened(self, view: RowView) -> None:
        if (row := self._rows.row_of(view)) is not None:
            self._place.opened(row)
            self._tell_newer()

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll down to what the person has opened."""
        if (distance := self._place.hidden_below(part)) > 0:
            self._scroll_to(self.verticalScrollBar().value() + distance)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row at the top where it is, or the end."""
        super().resizeEvent(event)
        self._newer.place()
        if (width := self.viewport().width()) != self._rows.width:
            self._place.remeasure(width)
        self._relayout()

    # --- keyboard ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, go from row to row, copy a row."""
        self._flush()
        row = self._walk.row_with_focus()
        if row is not None and event.matches(QKeySequence.StandardKey.Copy):
            self._menu.copy_row(row)
        elif not self._walk.pressed(Qt.Key(event.key())):
            event.ignore()

    def enter_at(self, row: int, origin: QWidget, region: QWidget) -> bool:
        """Lead the keyboard from another region to the card of this row; see TabWalk."""
        return self._walk.enter_at(self.show_row(row), origin, region)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Lead Tab through the controls in reading order, then out."""
        return self._walk.step(forward)

    def focusInEvent(self, event: object) -> None:
        """Coming by keys, give the focus to a row or control, where it is seen."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._walk.entered(event.reason())  # type: ignore[attr-defined]

    # --- changes of the look -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Follow font, colours, language and direction."""
        super().changeEvent(event)
        kind = event.type()
        sizes = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange)
        if kind in (*sizes, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._stale.update(row for row, _ in self._rows)
            if kind in sizes and self._rows.width:
                self._place.remeasure(self._rows.width)
            self._schedule()
