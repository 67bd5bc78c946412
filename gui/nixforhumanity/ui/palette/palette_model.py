"""What the palette lists for what was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nixforhumanity.ui.palette.fuzzy_match import NO_MATCH, match_score

LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One line: what it is called, what is shown beside it, and what it does."""

    title: str
    run: Callable[[], None]
    hint: str = ""
    """Keys, or what kind of thing it is."""
    enabled: bool = True


class PaletteRole(IntEnum):
    """Data roles beyond the title."""

    HINT = Qt.ItemDataRole.UserRole + 1


class PaletteModel(QAbstractListModel):
    """The items that fit, best first; the fall-through that asks the words is always last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[PaletteItem] = ()
        self._shown: list[PaletteItem] = []

    def set_items(self, items: Sequence[PaletteItem]) -> None:
        """Offer these."""
        self._all = items
        self.show_matches("", None)

    def show_matches(self, typed: str, fall_through: PaletteItem | None) -> None:
        """Show what fits the typed letters, then `fall_through`."""
        self.beginResetModel()
        if typed.strip():
            scored = [(match_score(typed, item.title), item) for item in self._all]
            fitting = sorted((pair for pair in scored if pair[0] != NO_MATCH), key=lambda pair: -pair[0])
            self._shown = [item for _, item in fitting[:LONGEST_LIST]]
        else:
            self._shown = list(self._all[:LONGEST_LIST])
        if fall_through is not None:
            self._shown.append(fall_through)
        self.endResetModel()

    def item(self, row: int) -> PaletteItem:
        """Return the item of a row."""
        return self._shown[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a view or a screen reader shows of a line."""
        item = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == PaletteRole.HINT:
            return item.hint
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title}, {item.hint}" if item.hint else item.title
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return whether the line can be picked."""
        if not index.isValid() or not self._shown[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
