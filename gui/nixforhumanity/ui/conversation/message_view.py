"""One message: the person's words in a bubble, an answer as plain text with code blocks and suggestions."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStyle, QWidget

from nixforhumanity.protocol.cards import Suggestion
from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.flow_row import FlowRow
from nixforhumanity.ui.conversation.items import Item, MessageItem, MessageKind, Role
from nixforhumanity.ui.conversation.markdown_pieces import COMMAND_LANGUAGES, Piece, cut_markdown, cut_plain
from nixforhumanity.ui.conversation.message_time import time_text
from nixforhumanity.ui.conversation.painting import paint_rounded
from nixforhumanity.ui.conversation.row_view import LevelFeatures, RowState, RowView
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_text
from nixforhumanity.ui.theme.icons import icon_pixmap
from nixforhumanity.ui.theme.palettes import colours_of, scaled_pixels, sized_font
from nixforhumanity.ui.theme.tokens import Radius, Space, TypeSize

LONG_WORDS = 1500
"""Characters of the person's words that are shown before "Show all"."""
LONG_WORDS_LINES = 14
LONG_ANSWER = 24_000
"""Characters of an answer; a longer one is shown up to a quarter of this before "Show all"."""
BOXED = 20_000
"""Words longer than this are shown in a box that scrolls by itself."""
_ICON = 20
_BUBBLE_SHARE = 0.85


class MessageView(RowView):
    """Shows a MessageItem."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item = MessageItem(0, Role.ASSISTANT, "")
        self._state = RowState()
        self._on_request = False
        self._pieces: list[Piece] = []
        self._texts: list[TextPiece] = []
        self._codes: list[CodeBlock] = []
        self._box: CodeBlock | None = None
        self._shown: list[TextPiece | CodeBlock] = []
        self._show_all: QPushButton | None = None
        self._suggest: QPushButton | None = None
        self._suggestions: FlowRow | None = None
        self._offered: Sequence[Suggestion] = ()
        """The suggestions that are shown as buttons; an answer to a question always is."""
        self._next: QLabel | None = None
        """Says what suggestions are that come without words."""
        self._ground = QRect()
        self._tops: list[tuple[int, int]] = []
        self._tops_for = (0, 0)
        self._placed = 0
        self._placed_for = (0, 0, 0, Qt.LayoutDirection.LeftToRight)

    # --- showing -------------------------------------------------------------------------------------

    def bind(self, item: Item, state: RowState, features: LevelFeatures) -> None:
        """Show this message; of an answer that only grew, only the last piece is shown anew."""
        assert isinstance(item, MessageItem)
        before = self._item
        grew = (
            item.key == before.key
            and item.streaming
            and before.streaming
            and bool(self._pieces)
            and item.text.startswith(before.text)
        )
        if item.streaming:
            state.expanded = True  # what was read while it came must not fold up when it has ended
        self._item, self._state = item, state
        if (item.key, item.waiting, item.kind) != (before.key, before.waiting, before.kind):
            self.update()  # what is painted beside the text, which may be the same
        if grew:
            last = self._pieces.pop()
            fresh = cut_markdown(visible_text(item.text)[last.start :])
            self._pieces += [Piece(one.text, one.code, one.language, one.start + last.start) for one in fresh]
            self._show_pieces(len(self._pieces) - len(fresh))
        else:
            self._pieces = list(self._cut())
            self._show_pieces(0)
        self._show_controls(features)

    def _cut(self) -> Sequence[Piece]:
        text = visible_text(self._item.text)
        if self._item.role is Role.PERSON:
            return cut_plain(text if self._is_whole else _beginning(text))
        pieces = cut_markdown(text)
        if self._is_whole:
            return pieces
        return [piece for piece in pieces if piece.start < LONG_ANSWER // 4]

    @property
    def _is_long(self) -> bool:
        text = self._item.text
        if self._item.role is Role.PERSON:
            return len(text) > LONG_WORDS or text.count("\n") >= LONG_WORDS_LINES
        return len(text) > LONG_ANSWER

    @property
    def _is_whole(self) -> bool:
        return self._state.expanded or not self._is_long

    def _show_pieces(self, first: int) -> None:
        markdown = self._item.role is Role.ASSISTANT
        boxed = not markdown and self._is_whole and len(self._item.text) > BOXED
        if boxed and self._box is None:
            self._box = CodeBlock(self, wrap=True)
        if self._box is not None:
            self._box.setVisible(boxed)
        if boxed and self._box is not None:
            self._box.show_code(visible_text(self._item.text))
            self._shown = [self._box]
            self._tops.clear()
            self._placed = 0
            texts = codes = 0
        else:
            texts = sum(not piece.code for piece in self._pieces[:first])
            codes = first - texts
            del self._shown[first:]
            del self._tops[first:]
            self._placed = min(self._placed, first)
            for piece in self._pieces[first:]:
                if piece.code:
                    block = self._code(codes)
                    block.use_wrap(piece.language in COMMAND_LANGUAGES)
                    block.show_code(piece.text, piece.language)
                    self._shown.append(block)
                    codes += 1
                else:
                    text = self._text(texts)
                    text.show_text(piece.text, markdown=markdown)
                    self._shown.append(text)
                    texts += 1
        for spare in (*self._texts[texts:], *self._codes[codes:]):
            spare.hide()

    def _text(self, index: int) -> TextPiece:
        if index == len(self._texts):
            text = TextPiece(self)
            text.anchorClicked.connect(lambda url: self.link_opened.emit(url.toString()))
            text.menu_wanted.connect(lambda at, text=text: self.menu_wanted.emit(text, at))
            text.selected.connect(lambda text=text: self.selected.emit(text))
            self._texts.append(text)
        return self._texts[index]

    def _code(self, index: int) -> CodeBlock:
        if index == len(self._codes):
            self._codes.append(CodeBlock(self))
        return self._codes[index]

    def _show_controls(self, features: LevelFeatures) -> None:
        fold = self._is_long and not self._item.streaming
        if fold and self._show_all is None:
            self._show_all = self._quiet_button()
            self._show_all.clicked.connect(self._toggle_whole)
        if self._show_all is not None:
            self._show_all.setVisible(fold)
            self._show_all.setText(self.tr("Show less") if self._is_whole else self.tr("Show all"))
        answers = tuple(one for one in self._item.suggestions if one.answers)
        others = tuple(one for one in self._item.suggestions if not one.answers)
        if features.suggestions == "palette":
            others = ()
        self._on_request = bool(others) and features.suggestions == "on-request"
        if self._on_request and self._suggest is None:
            self._suggest = self._quiet_button()
            self._suggest.clicked.connect(self._toggle_suggestions)
        if self._suggest is not None:
            self._suggest.setVisible(self._on_request)
            opened = self._state.suggestions_open
            self._suggest.setText(self.tr("Hide suggestions") if opened else self.tr("Suggestions"))
        self._offered = answers + (others if not self._on_request or self._state.suggestions_open else ())
        if self._offered and self._suggestions is None:
            self._suggestions = FlowRow(self)
            self._suggestions.picked.connect(
                lambda index: self.suggestion_picked.emit(self._offered[index].prompt)
            )
        if self._suggestions is not None:
            shown = self._offered
            self._suggestions.show_labels([one.label for one in shown], [one.prompt for one in shown])
            self._suggestions.setVisible(bool(shown))
            self._introduce(bare=bool(shown) and not self._item.text)

    def _introduce(self, *, bare: bool) -> None:
        if bare and self._next is None:
            self._next = QLabel(self)
            self._next.setTextFormat(Qt.TextFormat.PlainText)
            self._next.setProperty("type", "caption")
            self._next.setProperty("tone", "muted")
        if self._next is not None:
            self._next.setText(self.tr("What you can do next"))
            self._next.setVisible(bare)

    def _quiet_button(self) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "small")
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return button

    def _toggle_whole(self) -> None:
        self._state.expanded = not self._state.expanded
        self._pieces = list(self._cut())
        self._show_pieces(0)
        self._retitle_buttons()
        self.height_changed.emit()

    def _toggle_suggestions(self) -> None:
        self._state.suggestions_open = not self._state.suggestions_open
        self._show_controls(LevelFeatures(suggestions="on-request"))
        self.height_changed.emit()

    def _retitle_buttons(self) -> None:
        if self._show_all is not None:
            self._show_all.setText(self.tr("Show less") if self._is_whole else self.tr("Show all"))
        if self._next is not None:
            self._next.setText(self.tr("What you can do next"))

    # --- layout --------------------------------------------------------------------------------------

    def height_for(self, width: int) -> int:
        """See RowView."""
        return self._arranged(width, move=False)

    def resizeEvent(self, event: object) -> None:
        """Place the parts."""
        self._arranged(self.width(), move=True)

    def place(self) -> None:
        """Place the parts although the row has kept its size."""
        self._arranged(self.width(), move=True)

    def _arranged(self, width: int, *, move: bool) -> int:
        left, column = self.column(width)
        person = self._item.role is Role.PERSON
        framed = self._item.kind is not MessageKind.ANSWER
        padding = Space.MEDIUM if person or framed else 0
        gutter = scaled_pixels(self, _ICON) + Space.SMALL if framed else 0
        inner = column - 2 * padding - gutter
        if person:
            inner = round(column * _BUBBLE_SHARE) - 2 * padding
            only = self._shown[0] if len(self._shown) == 1 else None
            if isinstance(only, TextPiece):
                inner = max(Space.WIDE, only.natural_width(inner))
        start = left + column - inner - padding if person else left + padding + gutter
        top = Space.LARGE if person else Space.SMALL
        y = top + (padding if framed or not person else Space.SMALL + Space.HAIR)
        y = self._measured(y, inner)
        if move:
            self._place_pieces(start, inner)
        bottom = y + (Space.SMALL + Space.HAIR if person else padding)
        if move:
            ground = QRect(start - padding - gutter, top, inner + 2 * padding + gutter, bottom - top)
            self._ground = QStyle.visualRect(self.layoutDirection(), self.rect(), ground)
        y = bottom
        for button in (self._show_all, self._suggest):
            if button is not None and not button.isHidden():
                size = button.sizeHint()
                if move:
                    at = left + column - size.width() if person else left - Space.TINY
                    self._put(button, at, y + Space.TINY, size.width(), size.height())
                y += size.height() + Space.TINY
        if self._suggestions is not None and not self._suggestions.isHidden():
            if self._next is None or self._next.isHidden():
                y += Space.MEDIUM
            else:
                words = self._next.sizeHint().height()
                if move:
                    self._put(self._next, left, y, column, words)
                y += words + Space.SMALL
            height = self._suggestions.heightForWidth(column)
            if move:
                self._put(self._suggestions, left, y, column, height)
            y += height
        return y + self._caption_height()

    def _measured(self, top: int, inner: int) -> int:
        """Find out where each piece begins and how high it is, as far as not known; return the end."""
        if self._tops_for != (top, inner):
            self._tops_for = (top, inner)
            self._tops.clear()
        for piece in self._shown[len(self._tops) :]:
            y = sum(self._tops[-1]) + Space.MEDIUM if self._tops else top
            self._tops.append((y, piece.height_for(inner)))
        return sum(self._tops[-1]) if self._tops else top

    def _place_pieces(self, start: int, inner: int) -> None:
        place = (start, inner, self.width(), self.layoutDirection())
        if self._placed_for != place:
            self._placed_for, self._placed = place, 0
        for piece, (y, height) in zip(self._shown[self._placed :], self._tops[self._placed :], strict=True):
            self._put(piece, start, y, inner, height)
        self._placed = len(self._shown)

    def _put(self, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
        place = QRect(left, top, width, height)
        widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        if widget.isHidden():
            widget.show()

    def _caption_height(self) -> int:
        return round(self.fontMetrics().height() * TypeSize.CAPTION.value) + Space.SMALL

    # --- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bubble or frame, and the caption."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        strong = colours.text if colours.name == "high-contrast" else None
        if self._item.role is Role.PERSON:
            paint_rounded(painter, self._ground, colours.accent_soft, strong, Radius.BUBBLE)
        elif self._item.kind is not MessageKind.ANSWER:
            error = self._item.kind is MessageKind.ERROR
            fill = colours.danger_soft if error else colours.sunken
            paint_rounded(painter, self._ground, fill, strong, Radius.CARD)
            ink = colours.danger if error else colours.muted
            side = scaled_pixels(self, _ICON)
            pixmap = icon_pixmap("error" if error else "information", ink, side, self.devicePixelRatioF())
            place = QRect(self._ground.left() + Space.MEDIUM, self._ground.top() + Space.MEDIUM, side, side)
            painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self._ground, place), pixmap)
        self._paint_caption(painter)
        self.paint_focus(painter)

    def _paint_caption(self, painter: QPainter) -> None:
        waiting = self._item.waiting
        if not waiting and not self.hovered and not self.hasFocus():
            return
        text = self.tr("Waiting to be sent") if waiting else ""
        if not text:
            text = time_text(self._item.at, datetime.now(UTC), self.locale())
        left, column = self.column(self.width())
        height = self._caption_height()
        place = QRect(left, self.height() - height, column, height - Space.TINY)
        painter.setFont(sized_font(self, TypeSize.CAPTION))
        painter.setPen(QColor(colours_of(self.palette()).muted))
        end = self._item.role is Role.PERSON
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        align = QStyle.visualAlignment(self.layoutDirection(), side)
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, text)

    # --- keyboard, screen readers, search ------------------------------------------------------------

    def focusables(self) -> Sequence[QWidget]:
        """See RowView."""
        found: list[QWidget] = []
        for piece in self._shown:
            if isinstance(piece, CodeBlock):
                found += piece.focusables()
            elif piece.has_links:
                found.append(piece)
        found += [one for one in (self._show_all, self._suggest) if one is not None and not one.isHidden()]
        if self._suggestions is not None and not self._suggestions.isHidden():
            found += self._suggestions.buttons
        return found

    def accessible_text(self) -> str:
        """See RowView."""
        text = visible_text(self._item.text)
        if self._item.role is Role.PERSON:
            said = self.tr("You: {text}").format(text=text)
            return f"{said} {self.tr('Waiting to be sent')}" if self._item.waiting else said
        if not text and self._item.suggestions:
            return self.tr("What you can do next")
        if self._item.kind is MessageKind.ERROR:
            return self.tr("Error: {text}").format(text=plain_text(text))
        return self.tr("Assistant: {text}").format(text=plain_text(text))

    def copyable_text(self) -> str:
        """See RowView."""
        return visible_text(self._item.text)

    def highlight(self, words: str, current: int | None) -> None:
        """See RowView."""
        seen = 0
        for piece in self._shown:
            if isinstance(piece, TextPiece):
                seen += piece.highlight(words, None if current is None else current - seen)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle_buttons()


def _beginning(text: str) -> str:
    lines = text[:LONG_WORDS].split("\n")[:LONG_WORDS_LINES]
    return "\n".join(lines).rstrip() + " …"
