"""The past conversations: titles to pick, each with a menu."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from nixforhumanity.ui.keyboard_ring import KeyboardRing
from nixforhumanity.ui.text_direction import direction_of

SESSION_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ConversationTitle:
    """A past conversation as the list shows it."""

    session_id: str
    title: str
    """Empty for one in which nothing was said yet."""


class TitleDelegate(QStyledItemDelegate):
    """A title is read, and cut, in the direction of its own words; it begins where the list begins."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Turn the line around where its words run against the window."""
        super().initStyleOption(option, index)
        own = direction_of(option.text)
        if own is not None and own is not option.direction:
            option.direction = own
            option.displayAlignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SessionList(QListWidget):
    """Enter or a click opens; Delete or the menu deletes."""

    conversation_picked = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session-list")
        self.setUniformItemSizes(True)
        self.setItemDelegate(TitleDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(self._picked)
        self.itemActivated.connect(self._picked)
        KeyboardRing(self)
        self._shown: tuple[tuple[ConversationTitle, ...], str | None] = ((), None)
        self._retranslate()

    def show_conversations(self, conversations: Sequence[ConversationTitle], current: str | None) -> None:
        """Show these, newest first, with one marked; nothing is rebuilt when nothing has changed."""
        wanted = (tuple(conversations), current)
        if wanted != self._shown:
            self._shown = wanted
            self._fill()

    @property
    def conversations(self) -> Sequence[ConversationTitle]:
        """The conversations that are listed."""
        return self._shown[0]

    def title_of(self, session_id: str) -> str:
        """Return the title that is shown for a conversation."""
        return next((self._title(one) for one in self._shown[0] if one.session_id == session_id), "")

    def _fill(self) -> None:
        conversations, current = self._shown
        self.clear()
        for conversation in conversations:
            item = QListWidgetItem(self._title(conversation))
            item.setData(SESSION_ID, conversation.session_id)
            item.setToolTip(self._title(conversation))
            self.addItem(item)
            if conversation.session_id == current:
                self.setCurrentItem(item)

    def _title(self, conversation: ConversationTitle) -> str:
        return conversation.title or self.tr("New conversation")

    def _picked(self, item: QListWidgetItem) -> None:
        self.conversation_picked.emit(str(item.data(SESSION_ID)))

    def _show_menu(self, at: QPoint) -> None:
        item = self.itemAt(at) or self.currentItem()
        if item is None:
            return
        session_id = str(item.data(SESSION_ID))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self.conversation_picked.emit(session_id))
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: self.delete_requested.emit(session_id))
        menu.popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete with the Delete key; open with Enter also where the desktop uses another key."""
        marked = self.selectedItems()
        if marked and event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(str(marked[0].data(SESSION_ID)))
        elif marked and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._picked(marked[0])
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Past conversations"))
        self.setAccessibleDescription(self.tr("Enter opens a conversation, Delete deletes it"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
