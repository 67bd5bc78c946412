"""Widgets under each other in a given width, and a line with an icon: what cards are made of."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.theme.icons import icon_pixmap
from nixforhumanity.ui.theme.palettes import colours_of, scaled_pixels
from nixforhumanity.ui.theme.tokens import Space


class Stack(QWidget):
    """Lays its parts out from top to bottom; hidden parts take no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, int]] = []

    def add(self, part: QWidget, gap: int = Space.SMALL) -> None:
        """Put a part at the end, `gap` pixels below the one before it."""
        part.setParent(self)
        self._parts.append((part, gap))

    def drop_all(self) -> None:
        """Delete all parts."""
        for part, _ in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()

    @property
    def parts(self) -> list[QWidget]:
        """The parts from top to bottom."""
        return [part for part, _ in self._parts]

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._arranged(width, move=False)

    def arrange(self) -> None:
        """Place the parts again although the size has not changed."""
        self._arranged(self.width(), move=True)

    def resizeEvent(self, event: object) -> None:
        """Place the parts."""
        self.arrange()

    def _arranged(self, width: int, *, move: bool) -> int:
        y = 0
        for part, gap in self._parts:
            if part.isHidden():
                continue
            y += gap if y else 0
            height = needed_height(part, width)
            if move:
                part.setGeometry(0, y, width, height)
            y += height
        return y


def needed_height(widget: QWidget, width: int) -> int:
    """Return the height (pixels) that a widget wants in a width."""
    if isinstance(widget, TextPiece | CodeBlock):
        return widget.height_for(width)
    if widget.hasHeightForWidth():
        return max(widget.heightForWidth(width), widget.minimumHeight())
    return widget.sizeHint().height()


class IconMark(QWidget):
    """A small icon in a colour of the current look."""

    def __init__(self, name: str, colour: str, side: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._colour = colour
        self._plain_side = side
        self._fit()

    def _fit(self) -> None:
        self._side = scaled_pixels(self, self._plain_side)
        self.setFixedSize(self._side, self._side)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def show_icon(self, name: str, colour: str) -> None:
        """Show this icon; `colour` is a field of `Colours`."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self.update()

    def paintEvent(self, event: object) -> None:
        """Draw it."""
        if self._name:
            ink: str = getattr(colours_of(self.palette()), self._colour)
            pixmap = icon_pixmap(self._name, ink, self._side, self.devicePixelRatioF())
            QPainter(self).drawPixmap(0, 0, pixmap)


class WrappingText(QLabel):
    """Text that begins at the side where the interface begins, whatever language it is in."""

    def event(self, event: QEvent) -> bool:
        """Keep to the side when the reading direction is known or changes."""
        if event.type() in (QEvent.Type.Polish, QEvent.Type.LayoutDirectionChange):
            self.align()
        return super().event(event)

    def align(self) -> None:
        """Align to the leading edge; centred text stays centred."""
        if not self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            left = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)


def text_label(text: str = "", *, size: str = "", tone: str = "") -> QLabel:
    """Return a label for plain text that wraps; see the style sheet for sizes and tones."""
    label = WrappingText(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("type", size)
    label.setProperty("tone", tone)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


class IconLine(QWidget):
    """An icon, and text beside it that wraps."""

    def __init__(self, name: str, colour: str, text: str = "", *, size: str = "", tone: str = "") -> None:
        super().__init__()
        self.mark = IconMark(name, colour, parent=self)
        self.label = text_label(text, size=size, tone=tone)
        self.label.setParent(self)

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return max(self.mark.height(), self.label.heightForWidth(self._room(width)))

    def resizeEvent(self, event: object) -> None:
        """Place icon and text."""
        line = self.label.fontMetrics().height()
        direction, whole = self.layoutDirection(), self.rect()
        mark = QRect(0, max(0, (line - self.mark.height() + 1) // 2), self.mark.width(), self.mark.height())
        self.mark.setGeometry(QStyle.visualRect(direction, whole, mark))
        room = self._room(self.width())
        text = QRect(self.width() - room, 0, room, self.height())
        self.label.setGeometry(QStyle.visualRect(direction, whole, text))

    def _room(self, width: int) -> int:
        return max(20, width - self.mark.width() - Space.SMALL)
