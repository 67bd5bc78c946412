"""Draws a slash command: its name, and in the same column for all what it does."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

ABOUT = Qt.ItemDataRole.UserRole + 1
MARGIN = 10
GAP = 16
LETTERS_BESIDE = 24
"""With less room than for so many letters, what it does stands below the name."""


class CommandLineDelegate(QStyledItemDelegate):
    """What it does is elided where there is no room; its tool tip and accessible name are whole."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line."""
        options = QStyleOptionViewItem(option)
        self.initStyleOption(options, index)
        name, options.text = options.text, ""
        options.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, options, painter, options.widget
        )
        line: QRect = options.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        first, second = self._places(options, index, line)
        start = (
            QStyle.visualAlignment(options.direction, Qt.AlignmentFlag.AlignLeft)
            | Qt.AlignmentFlag.AlignVCenter
        )
        painter.save()
        for text, bold, role, place in (
            (name, True, QPalette.ColorRole.Text, first),
            (str(index.data(ABOUT) or ""), False, QPalette.ColorRole.PlaceholderText, second),
        ):
            font = _weighted(options.font, bold=bold)
            painter.setFont(font)
            painter.setPen(options.palette.color(role))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(QStyle.visualRect(options.direction, line, place), start, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return room for one line, or for two where they stand below each other."""
        height = option.fontMetrics.height()
        lines = 1 if self._beside(option, index, self._line_width(option)) else 2
        return QSize(height * 6, height * lines + 12)

    @staticmethod
    def _line_width(option: QStyleOptionViewItem) -> int:
        view = option.widget
        return (view.viewport().width() if isinstance(view, QAbstractItemView) else 0) - 2 * MARGIN

    def _beside(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, width: int
    ) -> bool:
        about = option.fontMetrics.averageCharWidth() * LETTERS_BESIDE
        return self._names_width(option, index) + GAP + about <= width

    def _places(
        self, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, line: QRect
    ) -> tuple[QRect, QRect]:
        if self._beside(options, index, line.width()):
            names = self._names_width(options, index)
            return line.adjusted(0, 0, names - line.width(), 0), line.adjusted(names + GAP, 0, 0, 0)
        inner = line.adjusted(0, 5, 0, -5)
        half = inner.height() // 2
        return inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)

    @staticmethod
    def _names_width(options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
        metrics = QFontMetrics(_weighted(options.font, bold=True))
        model = index.model()
        names = (str(model.index(row, 0).data()) for row in range(model.rowCount()))
        return max((metrics.horizontalAdvance(name) for name in names), default=0) + 2


def _weighted(font: QFont, *, bold: bool) -> QFont:
    weighted = QFont(font)
    weighted.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return weighted
