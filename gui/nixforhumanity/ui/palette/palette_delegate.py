"""Draws a line of the palette: the title at the start, keys or kind at the end."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nixforhumanity.ui.palette.palette_model import PaletteRole

MARGIN = 12


class PaletteDelegate(QStyledItemDelegate):
    """One line, two texts; the title gives way when there is no room for both."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line."""
        options = QStyleOptionViewItem(option)
        self.initStyleOption(options, index)
        title, options.text = options.text, ""
        style = options.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, options, painter, options.widget)
        rect: QRect = options.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        selected = bool(options.state & QStyle.StateFlag.State_Selected)
        enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(options.palette.color(group, role))
        metrics = options.fontMetrics
        hint = str(index.data(PaletteRole.HINT) or "")
        if hint and options.direction is Qt.LayoutDirection.RightToLeft:
            hint = f"\u2066{hint}\u2069"  # keys are not turned around
        hint_width = metrics.horizontalAdvance(hint) + MARGIN if hint else 0
        direction = options.direction
        title_rect = QStyle.visualRect(direction, rect, rect.adjusted(0, 0, -hint_width, 0))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, title_rect.width())
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(title_rect, start, shown)
        if hint:
            if not selected:
                painter.setPen(options.palette.color(group, QPalette.ColorRole.PlaceholderText))
            hint_rect = QStyle.visualRect(
                direction, rect, QRect(rect.right() - hint_width, rect.top(), hint_width, rect.height())
            )
            end = (
                QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter
            )
            painter.drawText(hint_rect, end, hint)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return room for one line and a finger."""
        height = option.fontMetrics.height()
        return QSize(height * 10, height * 2)
