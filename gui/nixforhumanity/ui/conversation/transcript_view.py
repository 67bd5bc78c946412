"""The conversation as it is seen: only the rows near the visible part exist as widgets.

Heights of the other rows are estimates; when one comes into view and is measured, what the person looks at
stays where it is. While an answer comes, its last piece is shown anew at most 30 times a second.
"""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QPushButton, QWidget

from nixforhumanity.ui.conversation.accessibility import RowList, install_accessibility
from nixforhumanity.ui.conversation.find_matches import Match, find_matches, searchable_text
from nixforhumanity.ui.conversation.items import Item, MessageItem, PlanItem
from nixforhumanity.ui.conversation.message_view import MessageView
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.row_heights import RowHeights
from nixforhumanity.ui.conversation.row_view import LevelFeatures, RowState, RowView
from nixforhumanity.ui.conversation.tab_walk import TabWalk
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.theme.icons import Ink, icon
from nixforhumanity.ui.theme.tokens import Space

FRAME_SECONDS = 1 / 30
_OVERSCAN = 160
"""Pixels above and below the visible part in which rows are kept ready."""
_PADDING = Space.LARGE
_CARD_ESTIMATE = 300
_MOST_ROUNDS = 30
_AT_END = 4


class TranscriptView(QAbstractScrollArea):
    """Shows a TranscriptModel."""

    suggestion_picked = Signal(str)
    plan_allowed = Signal(str)
    plan_rejected = Signal(str)
    explain_requested = Signal(str)
    undo_requested = Signal(int)
    stop_requested = Signal()
    link_opened = Signal(str)

    def __init__(self, model: TranscriptModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_accessibility()
        self._model = model
        self._features = LevelFeatures()
        self._heights = RowHeights()
        self._measures: list[tuple[int, int]] = []
        self._exact = bytearray()
        self._live: dict[int, RowView] = {}
        self._spare_messages: list[MessageView] = []
        self._spare_cards: list[PlanCardView] = []
        self._states: dict[int, RowState] = {}
        self._stale: set[int] = set()
        self._printed: set[int] = set()
        self._unplaced: set[int] = set()
        self._width = 0
        self._stick = True
        self._laying_out = False
        self._last_render = 0.0
        self._find_words = ""
        self._find_current: Match | None = None
        self._find_texts: dict[int, tuple[Item, str]] = {}
        self._selected: QObject | None = None
        self._walk = TabWalk(self)
        rows = RowList()
        rows.setAccessibleName(self.tr("Conversation"))
        self.setViewport(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._render)
        self._newer = QPushButton(self)
        self._newer.setProperty("kind", "chip")
        self._newer.setIcon(icon("arrow-down", Ink.ACCENT))
        self._newer.setText(self.tr("New messages"))
        self._newer.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._newer.clicked.connect(self.scroll_to_end)
        self._newer.hide()
        model.item_added.connect(self._added)
        model.item_changed.connect(self._changed)
        model.text_appended.connect(self._grew)
        model.output_appended.connect(self._output_came)
        model.cleared.connect(self._reload)
        self._reload()

    # --- for the window ------------------------------------------------------------------------------

    @property
    def features(self) -> LevelFeatures:
        """What the level opens."""
        return self._features

    def set_features(self, features: LevelFeatures) -> None:
        """Show cards, suggestions and output as the level has it."""
        if features != self._features:
            self._features = features
            self._stale.update(self._live)
            self._render()

    @property
    def at_end(self) -> bool:
        """Whether the newest message is followed."""
        return self._stick

    def scroll_to_end(self) -> None:
        """Show the newest message, and follow from now on."""
        self._stick = True
        self._newer.hide()
        self._relayout()

    def show_row(self, row: int) -> RowView:
        """Scroll until a row can be seen, and return its widget."""
        self._flush()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):  # measuring the rows on the way moves it
            top = _PADDING + self._heights.start(row)
            bottom = top + self._heights.height(row)
            if top < bar.value() or bottom - top > height:
                self._scroll_to(top - Space.SMALL)
            elif bottom > bar.value() + height:
                self._scroll_to(bottom - height + Space.SMALL)
            if row in self._live and self._exact[row]:
                break
        return self._live[row]

    def row_view(self, row: int) -> RowView | None:
        """Return the widget of a row that is near the visible part."""
        self._flush()
        return self._live.get(row)

    def find_text(self, words: str) -> list[Match]:
        """Return all places of these words and mark them; empty words end the search."""
        self._find_words = words
        self._find_current = None
        texts = [self._text_of(row) for row in range(len(self._model))] if words else []
        for row, view in self._live.items():
            self._mark(row, view)
        return find_matches(texts, words)

    def show_match(self, match: Match) -> None:
        """Show one of the places that were found."""
        self._find_current = match
        item = self._model.item(match.row)
        state = self._state_of(item)
        if not state.expanded and isinstance(item, MessageItem):
            state.expanded = True
            self._stale.add(match.row)
        self._stick = False
        self.show_row(match.row)
        for row, view in self._live.items():
            self._mark(row, view)
        self._center(match.row)

    # --- what the model says -------------------------------------------------------------------------

    def _reload(self) -> None:
        for row in list(self._live):
            self._recycle(row)
        self._states.clear()
        self._stale.clear()
        self._find_texts.clear()
        self._measures = [_measure(item) for item in self._model.items]
        self._exact = bytearray(len(self._measures))
        self._stick = True
        self._newer.hide()
        self._estimate_all()
        self._relayout()

    def _added(self, row: int) -> None:
        item = self._model.item(row)
        self._measures.append(_measure(item))
        self._exact.append(0)
        self._heights.append(self._estimate(self._measures[-1]))
        if isinstance(item, MessageItem) and item.prompt_id:
            self._stick = True  # the person has just said this: it must be seen
        self._tell_newer()
        self._schedule()

    def _changed(self, row: int) -> None:
        if row in self._live:
            self._stale.add(row)
            self._schedule()
        else:
            self._measures[row] = _measure(self._model.item(row))
            if self._width and row > self.rows_in_sight()[1]:
                self._heights.set_height(row, self._estimate(self._measures[row]))
                self._schedule()

    def _grew(self, row: int) -> None:
        if row in self._live:
            self._stale.add(row)
        self._tell_newer()
        self._schedule()

    def _output_came(self, row: int) -> None:
        if row in self._live:
            self._printed.add(row)
            self._schedule()

    def _tell_newer(self) -> None:
        if not self._stick and self._newer.isHidden():
            self._newer.show()
            self._place_newer()

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
            view, item = self._live.get(row), self._model.item(row)
            if isinstance(view, PlanCardView) and isinstance(item, PlanItem):
                if item.output.count and view.status.output.isHidden():
                    self._stale.add(row)
                else:
                    view.follow_output(item)
        self._printed.clear()
        for row in self._stale:
            if (view := self._live.get(row)) is not None:
                self._bind(row, view)
        self._stale.clear()
        self._relayout()

    def _bind(self, row: int, view: RowView) -> None:
        item = self._model.item(row)
        view.bind(item, self._state_of(item), self._features)
        self._exact[row] = 0
        self._unplaced.add(row)
        self._mark(row, view)

    def _relayout(self) -> None:
        if self._laying_out or not self._width:
            return
        self._laying_out = True
        bar = self.verticalScrollBar()
        try:
            for _ in range(_MOST_ROUNDS):
                self._update_range()
                if self._stick:
                    bar.setValue(bar.maximum())
                if not self._measure_rows(bar.value()):
                    break
            self._place_rows(bar.value())
        finally:
            self._laying_out = False

    def _measure_rows(self, y: int) -> bool:
        """Give the rows around position y their widgets and true heights; tell whether a height was wrong."""
        if not len(self._heights):
            return False
        top, height = y - _PADDING, self.viewport().height()
        first = self._heights.row_at(top - _OVERSCAN)
        last = self._heights.row_at(top + height + _OVERSCAN)
        for row in [row for row in self._live if row < first or row > last]:
            if not self._has_focus(self._live[row]):
                self._recycle(row)
        anchor, shift, wrong = self._heights.row_at(top), 0, False
        for row in range(first, last + 1):
            view = self._live.get(row)
            if view is None:
                view = self._live[row] = self._spare(row)
                self._bind(row, view)
            if self._exact[row]:
                continue
            needed, known = view.height_for(self._width), self._heights.height(row)
            self._exact[row] = 1
            if needed != known:
                shift += needed - known if row < anchor else 0
                self._heights.set_height(row, needed)
                wrong = True
        if shift and not self._stick:
            self._update_range()
            self.verticalScrollBar().setValue(y + shift)
        return wrong

    def _place_rows(self, y: int) -> None:
        for row in sorted(self._live):
            view = self._live[row]
            top, height = _PADDING + self._heights.start(row) - y, self._heights.height(row)
            if view.width() == self._width and view.height() == height:
                view.move(0, top)
                if row in self._unplaced:
                    view.place()
            else:
                view.setGeometry(0, top, self._width, height)
            if view.isHidden():
                view.show()
        self._unplaced.clear()

    def _update_range(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._heights.total + 2 * _PADDING - height))
        bar.setPageStep(max(1, height - 40))
        bar.setEnabled(bar.maximum() > 0)

    def _spare(self, row: int) -> RowView:
        spare: list[MessageView] | list[PlanCardView]
        is_plan = isinstance(self._model.item(row), PlanItem)
        spare = self._spare_cards if is_plan else self._spare_messages
        if spare:
            return spare.pop()
        return self._made_card() if is_plan else self._made_row(MessageView(self.viewport()))

    def _made_row(self, view: RowView) -> RowView:
        view.suggestion_picked.connect(self.suggestion_picked)
        view.link_opened.connect(self.link_opened)
        view.height_changed.connect(lambda: self._opened(view))
        view.menu_wanted.connect(lambda source, at: self._show_menu(view, source, at))
        view.selected.connect(self._select_in)
        return view

    def _made_card(self) -> RowView:
        card = PlanCardView(self.viewport())
        card.allowed.connect(self.plan_allowed)
        card.rejected.connect(self.plan_rejected)
        card.explain_requested.connect(self.explain_requested)
        card.undo_requested.connect(self.undo_requested)
        card.stop_requested.connect(self.stop_requested)
        return self._made_row(card)

    def _recycle(self, row: int) -> None:
        view = self._live.pop(row)
        view.hide()
        if isinstance(view, PlanCardView):
            self._spare_cards.append(view)
        elif isinstance(view, MessageView):
            self._spare_messages.append(view)

    def _has_focus(self, view: RowView) -> bool:
        focus: QWidget | None = self.focusWidget()
        return focus is not None and (focus is view or view.isAncestorOf(focus))

    def _state_of(self, item: Item) -> RowState:
        return self._states.setdefault(item.key, RowState())

    # --- heights of rows that are not seen -----------------------------------------------------------

    def _estimate_all(self) -> None:
        line, columns, extra = self._estimate_terms()
        self._heights.reset(
            extra + line * (lines + length // columns) if lines >= 0 else _CARD_ESTIMATE
            for lines, length in self._measures
        )
        self._exact = bytearray(len(self._measures))

    def _estimate(self, measure: tuple[int, int]) -> int:
        line, columns, extra = self._estimate_terms()
        lines, length = measure
        return extra + line * (lines + length // columns) if lines >= 0 else _CARD_ESTIMATE

    def _estimate_terms(self) -> tuple[int, int, int]:
        metrics = self.fontMetrics()
        width = min(self._width or 720, 720)
        line = round(metrics.height() * 1.35)
        return line, max(10, width // max(1, metrics.averageCharWidth())), line + 4 * Space.SMALL

    # --- scrolling -----------------------------------------------------------------------------------

    def _scrolled(self, value: int) -> None:
        if self._laying_out:
            return
        self._stick = value >= self.verticalScrollBar().maximum() - _AT_END
        if self._stick:
            self._newer.hide()
        self._relayout()

    def _scroll_to(self, value: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(value)
        self._relayout()

    def _center(self, row: int) -> None:
        start, height = self._heights.start(row), min(self._heights.height(row), self.viewport().height())
        self._scroll_to(_PADDING + start + height // 2 - self.viewport().height() // 2)

    def _opened(self, view: RowView) -> None:
        """The person opened or closed something in a row: the top of the row stays where it is."""
        row = next((row for row, live in self._live.items() if live is view), None)
        if row is None:
            return
        self._exact[row] = 0
        self._stick = False
        self._relayout()
        bar = self.verticalScrollBar()
        self._stick = bar.value() >= bar.maximum() - _AT_END

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row at the top where it is, or the end."""
        super().resizeEvent(event)
        self._place_newer()
        if (width := self.viewport().width()) != self._width:
            self._remeasure(width)
        self._relayout()

    def _remeasure(self, width: int) -> None:
        """Take another width, or other fonts; the row at the top stays at the top."""
        bar = self.verticalScrollBar()
        row, part = -1, 0.0
        if len(self._heights) and self._width:
            row = self._heights.row_at(bar.value() - _PADDING)
            inside = bar.value() - _PADDING - self._heights.start(row)
            part = inside / max(1, self._heights.height(row))
        self._width = width
        self._estimate_all()
        if row >= 0 and not self._stick:
            self._laying_out = True
            self._measure_anchor(row)
            self._update_range()
            bar.setValue(_PADDING + self._heights.start(row) + round(part * self._heights.height(row)))
            self._laying_out = False

    def _measure_anchor(self, row: int) -> None:
        if (view := self._live.get(row)) is not None:
            self._heights.set_height(row, view.height_for(self._width))
            self._exact[row] = 1

    def _place_newer(self) -> None:
        size = self._newer.sizeHint()
        left = (self.viewport().width() - size.width()) // 2
        self._newer.setGeometry(
            left, self.height() - size.height() - Space.MEDIUM, size.width(), size.height()
        )
        self._newer.raise_()

    # --- keyboard ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, go from row to row, copy a row."""
        bar = self.verticalScrollBar()
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy) and isinstance(self._walk.row_with_focus(), RowView):
            self._copy_row(self._walk.row_with_focus())
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            self.scroll_to_end()
        elif key == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep())
        elif key == Qt.Key.Key_PageDown:
            bar.setValue(bar.value() + bar.pageStep())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk.step_row(1 if key == Qt.Key.Key_Down else -1)
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Lead Tab through the controls in reading order, then out."""
        return self._walk.step(forward)

    def focusInEvent(self, event: object) -> None:
        """Coming backwards, begin at the last control."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if event.reason() == Qt.FocusReason.BacktabFocusReason:  # type: ignore[attr-defined]
            self._walk.enter_from_end()

    def live_rows(self) -> Sequence[tuple[int, RowView]]:
        """Return the rows that have a widget, from top to bottom."""
        self._flush()
        return [(row, self._live[row]) for row in sorted(self._live)]

    def row_count(self) -> int:
        """Return how many rows there are."""
        return len(self._model)

    def rows_in_sight(self) -> tuple[int, int]:
        """Return the first and last row that can be seen at least in part."""
        top = self.verticalScrollBar().value() - _PADDING
        return self._heights.row_at(top), self._heights.row_at(top + self.viewport().height() - 1)

    # --- menus, selection, search marks --------------------------------------------------------------

    def _show_menu(self, view: RowView, source: QObject, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(icon("copy"), self.tr("Copy"))
        if isinstance(source, TextPiece) and source.textCursor().hasSelection():
            copy.triggered.connect(source.copy)
        else:
            copy.setEnabled(False)
        everything = menu.addAction(self.tr("Copy all"))
        everything.triggered.connect(lambda: self._copy_row(view))
        menu.popup(at)

    def _copy_row(self, view: RowView | None) -> None:
        if view is not None:
            QGuiApplication.clipboard().setText(view.copyable_text())

    def _select_in(self, piece: QObject) -> None:
        before, self._selected = self._selected, piece
        if before is not piece and isinstance(before, TextPiece):
            before.clear_selection()

    def _text_of(self, row: int) -> str:
        item = self._model.item(row)
        known = self._find_texts.get(row)
        if known is None or known[0] is not item:
            known = self._find_texts[row] = (item, searchable_text(item))
        return known[1]

    def _mark(self, row: int, view: RowView) -> None:
        current = self._find_current
        view.highlight(self._find_words, current.number if current and current.row == row else None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow font, colours, language and direction."""
        super().changeEvent(event)
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self._newer.setText(self.tr("New messages"))
        if kind in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            if self._width:
                self._stale.update(self._live)
                self._remeasure(self._width)
                self._schedule()
        elif kind in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._stale.update(self._live)
            self._schedule()


def _measure(item: Item) -> tuple[int, int]:
    """Return line ends and characters of a message as far as it is shown; (-1, 0) for a plan."""
    if isinstance(item, PlanItem):
        return -1, 0
    return min(item.text.count("\n"), 400), min(len(item.text), 24_000)
