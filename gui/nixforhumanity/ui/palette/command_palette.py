"""Ctrl+K: every action by a few letters; what is no action can be asked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from nixforhumanity.ui.palette.palette_delegate import PaletteDelegate
from nixforhumanity.ui.palette.palette_model import PaletteItem, PaletteModel

WIDTH_IN_LETTERS = 62
LINES = 11
MOVES = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}


class CommandPalette(QDialog):
    """A line to type in and the list of what fits; the typing keys stay in the line."""

    asked = Signal(str)
    """The words to send to the assistant."""

    def __init__(self, items: Callable[[], Sequence[PaletteItem]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._opener = parent
        self._items = items
        self._line = QLineEdit(self)
        self._line.setObjectName("palette-line")
        self._line.setClearButtonEnabled(True)
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._typed)
        self._model = PaletteModel(self)
        self._list = QListView(self)
        self._list.setObjectName("palette-list")
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._pick)
        self._line.returnPressed.connect(lambda: self._pick(self._list.currentIndex()))
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self._retranslate()

    def show_palette(self) -> None:
        """Open with everything that can be done now, near the top of the window."""
        self._line.clear()
        self._model.set_items(self._items())
        self._select_first()
        window = self._opener.window()
        metrics = self.fontMetrics()
        width = min(metrics.averageCharWidth() * WIDTH_IN_LETTERS, window.width() - 24)
        height = min(metrics.height() * 2 * LINES + 80, window.height() - 24)
        self.setMinimumWidth(min(width, 280))
        self.resize(width, height)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(
            corner.x() + (window.width() - width) // 2, corner.y() + min(64, (window.height() - height) // 2)
        )
        self._line.setFocus()
        self.open()

    def _typed(self, text: str) -> None:
        words = text.strip()
        ask = PaletteItem(self.tr("Ask: “{words}”").replace("{words}", words), lambda: self.asked.emit(words))
        self._model.show_matches(words, ask if words else None)
        self._select_first()

    def _select_first(self) -> None:
        rows = range(self._model.rowCount())
        first = next((row for row in rows if self._model.item(row).enabled), None)
        if first is not None:
            self._list.setCurrentIndex(self._model.index(first))
        self._announce()

    def _announce(self) -> None:
        # The focus stays in the line, so a screen reader hears the picked line as its description.
        index = self._list.currentIndex()
        self._line.setAccessibleDescription(
            str(index.data(Qt.ItemDataRole.AccessibleTextRole)) if index.isValid() else ""
        )

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.item(index.row()).enabled:
            item = self._model.item(index.row())
            self.accept()
            item.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list with the focus in the line."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in MOVES:
                self._move(key)
                return True
        return super().eventFilter(watched, event)

    def _move(self, key: Qt.Key) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}[key]
        rows = [row for row in range(self._model.rowCount()) if self._model.item(row).enabled]
        if not rows:
            return
        current = self._list.currentIndex().row()
        at = rows.index(current) if current in rows else 0
        wrapped = (at + step) % len(rows) if abs(step) == 1 else max(0, min(at + step, len(rows) - 1))
        self._list.setCurrentIndex(self._model.index(rows[wrapped]))
        self._announce()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Search"))
        self._line.setPlaceholderText(self.tr("Search actions and conversations, or ask"))
        self._line.setAccessibleName(self.tr("Search actions and conversations, or ask"))
        self._list.setAccessibleName(self.tr("What fits"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
