"""The column at the start of the window: places, conversations, search."""

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.sidebar.place_button import PlaceButton
from nixforhumanity.ui.sidebar.session_list import SessionList
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.text_direction import direction_of
from nixforhumanity.ui.theme.icons import icon

WIDTH_IN_LETTERS = 27
WIDEST_IN_LETTERS = 42
WIDEST_SHARE = 0.3
"""Of the window, as long as the words of the places fit."""


class Place(Enum):
    """A place of the window; the value is the name of its icon."""

    CONVERSATION = "conversation"
    HISTORY = "history"


class Sidebar(QFrame):
    """Wide with words, or narrow with icons that keep their names and tool tips."""

    place_picked = Signal(Place)
    new_requested = Signal()
    search_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._narrow = False
        self._places: dict[Place, QToolButton] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(2)
        for place in Place:
            button = self._button(f"place-{place.value}", place.value, PlaceButton(self))
            # Toggled and not clicked: the arrow keys check a button of the group without a click.
            button.toggled.connect(lambda checked, place=place: self._toggled(place, checked=checked))
            group.addButton(button)
            self._places[place] = button
            layout.addWidget(button)
        layout.addSpacing(12)
        self._new = self._button("new-conversation", "new")
        self._new.clicked.connect(lambda: self.new_requested.emit())
        layout.addWidget(self._new)
        self._past = self._button("past-conversations", "clock")
        self._past.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._past_menu = QMenu(self._past)
        self._past_menu.aboutToShow.connect(self._fill_menu)
        self._past.setMenu(self._past_menu)
        layout.addWidget(self._past)
        self._caption = StartLabel("", self)
        self._caption.setProperty("type", "caption")
        self._caption.setProperty("tone", "muted")
        self._caption.setContentsMargins(8, 10, 8, 2)
        layout.addWidget(self._caption)
        self.sessions = SessionList(self)
        self._caption.setBuddy(self.sessions)
        layout.addWidget(self.sessions, 1)
        self._gap = QWidget(self)
        layout.addWidget(self._gap, 1)
        self._search = self._button("search-entry", "search")
        self._search.clicked.connect(lambda: self.search_requested.emit())
        layout.addWidget(self._search)
        self._place = Place.CONVERSATION
        self._places[self._place].setChecked(True)
        self._retranslate()
        self.set_narrow(False)

    def show_place(self, place: Place) -> None:
        """Mark the place that is on the screen."""
        self._place = place
        self._places[place].setChecked(True)

    def _toggled(self, place: Place, *, checked: bool) -> None:
        if checked and place is not self._place:
            self._place = place
            self.place_picked.emit(place)

    def set_narrow(self, narrow: bool) -> None:
        """Show only icons, and the past conversations as a menu."""
        self._narrow = narrow
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for button in self.findChildren(QToolButton):
            button.setToolButtonStyle(style)
        self._past.setVisible(narrow)
        self._gap.setVisible(narrow)
        self.sessions.setVisible(not narrow)
        self._caption.setVisible(not narrow)
        self.fit()

    def fit(self) -> None:
        """Take the width that the words and the window lead to."""
        self._resize()

    def width_of_words(self) -> int:
        """Return how much room the words of the places need beside their icons, in pixels."""
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(button.text()) for button in self._always_shown)
        return longest + metrics.height() + 54

    def focus_places(self) -> None:
        """Give the keyboard to the place that is marked."""
        next(button for button in self._places.values() if button.isChecked()).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    @property
    def _always_shown(self) -> list[QToolButton]:
        return [*self._places.values(), self._new, self._search]

    def _button(self, name: str, icon_name: str, button: QToolButton | None = None) -> QToolButton:
        button = button or QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        press_with_enter(button)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return button

    def _resize(self) -> None:
        metrics = self.fontMetrics()
        side = metrics.height() + 2
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(side, side))
        if self._narrow:
            self.setFixedWidth(side + 40)
            return
        letters = metrics.averageCharWidth()
        usual = min(letters * WIDTH_IN_LETTERS + 40, round(self.window().width() * WIDEST_SHARE))
        self.setFixedWidth(min(max(usual, self.width_of_words()), letters * WIDEST_IN_LETTERS))

    def _fill_menu(self) -> None:
        self._past_menu.clear()
        for row in range(self.sessions.count()):
            item = self.sessions.item(row)
            session_id = str(item.data(Qt.ItemDataRole.UserRole))
            title = self.fontMetrics().elidedText(item.text(), Qt.TextElideMode.ElideRight, 260)
            if direction_of(title) is Qt.LayoutDirection.RightToLeft:
                title = f"\u2067{title}\u2069"  # so that the dots stand at its end
            entry = self._past_menu.addAction(title.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(item is self.sessions.currentItem())
            entry.triggered.connect(
                lambda _checked=False, picked=session_id: self.sessions.conversation_picked.emit(picked)
            )

    def _retranslate(self) -> None:
        for button, words, keys in (
            (self._places[Place.CONVERSATION], self.tr("Conversation"), "Ctrl+1"),
            (self._places[Place.HISTORY], self.tr("History"), "Ctrl+2"),
            (self._new, self.tr("New conversation"), "Ctrl+N"),
            (self._past, self.tr("Past conversations"), ""),
            (self._search, self.tr("Search"), "Ctrl+K"),
        ):
            button.setText(f" {words}")  # the style leaves too little room beside the icon
            button.setAccessibleName(words)
            button.setToolTip(f"{words} ({keys})" if keys else words)
        self._resize()
        self._caption.setText(self.tr("Past conversations"))
        self.setAccessibleName(self.tr("Places"))

    def changeEvent(self, event: QEvent) -> None:
        """Change language and text size while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._resize()
        super().changeEvent(event)
