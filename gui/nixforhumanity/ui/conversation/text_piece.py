"""A run of text that can be selected and copied: Markdown without HTML, or plain text. Fetches nothing."""

import re

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from nixforhumanity.ui.conversation.visible_text import plain_text
from nixforhumanity.ui.theme.palettes import colours_of
from nixforhumanity.ui.theme.tokens import Space, TypeSize

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_IMAGE = re.compile(r"!\[(?=[^\]\n]*\]\()")
"""The beginning of an image, which is shown as a link: pictures are not fetched."""
_LINE_HEIGHT_PERCENT = 132.0
_HEADING_FACTORS = {1: 1.3, 2: 1.18, 3: 1.08}
_SCROLL_KEYS = frozenset(
    {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down}
)


LONGEST_NAME = 400
"""Characters of the text that are its name."""


class TextPiece(QTextBrowser):
    """Grows to its text and never scrolls by itself: the conversation does."""

    selected = Signal()
    """The person began to select here."""
    menu_wanted = Signal(QPoint)
    """Global position."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.mapToGlobal(at)))
        self.setProperty("bare", True)
        # Laid out in the width that is asked for, never again because the widget itself is resized.
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self._shown: tuple[str, bool] | None = None
        self._laid_out = (0, 0)
        self._natural = (0, 0)
        self._own: QTextDocument | None = None
        self._marked = False

    def show_text(self, text: str, *, markdown: bool) -> None:
        """Show this text; nothing happens when it is shown already."""
        if self._shown == (text, markdown):
            return
        self._shown = (text, markdown)
        if QAccessible.isActive():  # it can have the keyboard, and then is called by its beginning
            beginning = text[:LONGEST_NAME]
            self.setAccessibleName(plain_text(beginning) if markdown else beginning)
        self._laid_out = self._natural = (0, 0)
        # Made apart from the view: a document without a view is not laid out at every change.
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setIndentWidth(max(22, self.fontMetrics().horizontalAdvance("00. ")))
        document.setDefaultFont(self.font())
        if markdown:
            document.setMarkdown(_IMAGE.sub("[", text), _FEATURES)
            self._dress(document)
        else:
            document.setPlainText(text)
            self._space_lines(document)
        before, self._own = self._own, document
        self.setDocument(document)
        if before is not None:  # the one that Qt made is deleted by Qt
            before.deleteLater()

    def forget(self) -> None:
        """Show the text anew next time: fonts or colours have changed."""
        self._shown = None

    def height_for(self, width: int) -> int:
        """Lay the text out in this width (pixels) and return the height it needs."""
        if self._laid_out[0] != width:
            self.setLineWrapColumnOrWidth(width)
            # Qt puts the room between lines below each line; below the last one it is not wanted.
            spare = self.fontMetrics().height() * (_LINE_HEIGHT_PERCENT / 100 - 1) * 0.8
            self._laid_out = (width, int(self.document().size().height() - spare + 0.999))
        return self._laid_out[1]

    def natural_width(self, widest: int) -> int:
        """Return the width that the text takes up when it may be at most `widest` pixels wide."""
        if self._natural[0] != widest:
            self.setLineWrapColumnOrWidth(widest)
            self._laid_out = (0, 0)
            self._natural = (widest, min(widest, int(self.document().idealWidth()) + 2))
        return self._natural[1]

    @property
    def has_links(self) -> bool:
        """Whether there is a link to go to by keyboard."""
        return (
            self._shown is not None and self._shown[1] and ("](" in self._shown[0] or "://" in self._shown[0])
        )

    def highlight(self, words: str, current: int | None) -> int:
        """Mark all places where these words are (the current one stronger); return how many there are."""
        if not words and not self._marked:
            return 0
        self._marked = bool(words)
        marks: list[QTextEdit.ExtraSelection] = []
        colours = colours_of(self.palette())
        if words:
            found = self.document().find(words)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = found
                strong = len(marks) == current
                form = QTextCharFormat()
                form.setBackground(QColor(colours.accent if strong else colours.warning_soft))
                form.setForeground(QColor(colours.on_accent if strong else colours.text))
                mark.format = form
                marks.append(mark)
                found = self.document().find(words, found)
        self.setExtraSelections(marks)
        return len(marks)

    def clear_selection(self) -> None:
        """Select nothing."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    # --- dressing ------------------------------------------------------------------------------------

    def _space_lines(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(form)

    def _dress(self, document: QTextDocument) -> None:
        self._space_lines(document)
        text = self._shown[0] if self._shown else ""
        has_code, has_heading = "`" in text, "#" in text or "\n=" in text or "\n-" in text
        has_table = "|" in text
        gap = self.fontMetrics().height() * 0.55
        block, last = document.begin(), document.lastBlock()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        while block.isValid():
            form = block.blockFormat()
            in_list = block.textList() is not None
            form.setTopMargin(0 if block.position() == 0 else gap * (0.2 if in_list else 0.5))
            form.setBottomMargin(0 if block == last else gap * (0.2 if in_list else 0.5))
            if has_table and QTextCursor(block).currentTable() is not None:
                form.setTopMargin(0)
                form.setBottomMargin(0)
                form.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setPosition(block.position())
            if form.hasProperty(QTextFormat.Property.BlockQuoteLevel):
                form.setLeftMargin(Space.LARGE)
                form.setRightMargin(0)
                self._dress_quote(cursor, block)
            if has_heading and form.headingLevel():
                form.setTopMargin(0 if block.position() == 0 else gap)
                self._dress_heading(cursor, block, form.headingLevel())
            cursor.setBlockFormat(form)
            if has_code:
                self._dress_code(cursor, block)
            block = block.next()
        if has_table:
            for frame in document.rootFrame().childFrames():
                if isinstance(frame, QTextTable):
                    self._dress_table(frame)
        cursor.endEditBlock()

    def _dress_heading(self, cursor: QTextCursor, block: QTextBlock, level: int) -> None:
        form = QTextCharFormat()
        form.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
        form.setFontPointSize(self.font().pointSizeF() * _HEADING_FACTORS.get(level, 1.0))
        form.setFontWeight(QFont.Weight.DemiBold)
        cursor.setPosition(block.position() + max(0, block.length() - 1), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
        cursor.setPosition(block.position())

    def _dress_quote(self, cursor: QTextCursor, block: QTextBlock) -> None:
        form = QTextCharFormat()
        form.setForeground(QColor(colours_of(self.palette()).muted))
        cursor.setPosition(block.position() + max(0, block.length() - 1), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
        cursor.setPosition(block.position())

    def _dress_code(self, cursor: QTextCursor, block: QTextBlock) -> None:
        colours = colours_of(self.palette())
        part = block.begin()
        pieces = []
        while not part.atEnd():
            fragment = part.fragment()
            if fragment.charFormat().fontFixedPitch():
                pieces.append((fragment.position(), fragment.length()))
            part += 1
        form = QTextCharFormat()
        form.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
        form.setFontPointSize(self.font().pointSizeF() * TypeSize.CODE.value)
        form.setBackground(QColor(colours.accent_soft if colours.dark else colours.hover))
        for position, length in pieces:
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setBorder(0)
        form.setCellPadding(6)
        form.setTopMargin(self.fontMetrics().height() * 0.5)
        form.setBottomMargin(self.fontMetrics().height() * 0.5)
        form.setCellSpacing(0)
        table.setFormat(form)
        stripe = QTextCharFormat()
        stripe.setBackground(QColor(colours_of(self.palette()).hover))
        for row in range(0, table.rows(), 2):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                look = cell.format()
                look.merge(stripe)
                cell.setFormat(look)

    # --- Qt ------------------------------------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: an answer must not make a connection or read a file."""
        return None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the conversation."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave scrolling to the conversation unless text is being selected."""
        if event.key() in _SCROLL_KEYS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Tell that selecting may begin here."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.selected.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Show the text anew when it looks different now."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._shown = None
        super().changeEvent(event)
