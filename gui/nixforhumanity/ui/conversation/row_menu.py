"""Copying from rows, and one selection at a time."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from nixforhumanity.ui.conversation.row_view import RowView
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.theme.icons import icon


class RowMenu(QObject):
    """The context menu of rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._selected: QObject | None = None

    def show_for(self, view: RowView, source: QObject, at: QPoint) -> None:
        """Offer to copy what is selected in `source`, or the whole row; `at` is a global position."""
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(icon("copy"), self.tr("Copy"))
        if isinstance(source, TextPiece) and source.textCursor().hasSelection():
            copy.triggered.connect(source.copy)
        else:
            copy.setEnabled(False)
        everything = menu.addAction(self.tr("Copy all"))
        everything.triggered.connect(lambda: self.copy_row(view))
        menu.popup(at)

    def copy_row(self, view: RowView) -> None:
        """Put all text of a row on the clipboard."""
        QGuiApplication.clipboard().setText(view.copyable_text())

    def select_in(self, piece: QObject) -> None:
        """The person selects in this text now: what was selected in another one no longer is."""
        before, self._selected = self._selected, piece
        if before is not piece and isinstance(before, TextPiece):
            before.clear_selection()
