"""The pages of the settings: behind tabs, and where these have no room, behind a list that drops down."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from nixforhumanity.ui.choice_box import ChoiceBox

_EDGE = 12
"""Pixels beside the tabs, and around the list."""


class PageSwitch(QWidget):
    """Shows one of several pages. No tab is ever cut, or has to be scrolled to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("settings-tabs")
        self._tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its bar has the keyboard; the frame has no name
        self._list_line = QWidget(self)
        self._list = ChoiceBox(self._list_line)
        self._list.setObjectName("settings-pages")
        # It takes the room that there is; a title that does not fit ends with dots.
        self._list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self._list_line)
        line.setContentsMargins(_EDGE, 4, _EDGE, _EDGE)
        line.addWidget(self._list, 1)
        self._list_line.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list_line)
        layout.addWidget(self._tabs, 1)
        self._tabs.currentChanged.connect(self._list.setCurrentIndex)
        self._list.currentIndexChanged.connect(self._tabs.setCurrentIndex)
        self._retranslate()

    def add(self, page: QWidget) -> None:
        """Add a page behind the others."""
        self._list.addItem("")
        self._tabs.addTab(page, "")

    def call(self, page: QWidget, title: str) -> None:
        """Give a page its title."""
        place = self._tabs.indexOf(page)
        self._tabs.setTabText(place, title)
        self._list.setItemText(place, title)
        self._choose_form()

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._tabs.setCurrentWidget(page)

    def _choose_form(self) -> None:
        """Show the tabs if all of them have room, else the list."""
        bar = self._tabs.tabBar()
        as_list = bar.sizeHint().width() + _EDGE > self.width()
        if as_list == self._list_line.isVisibleTo(self):
            return
        hidden: QWidget = bar if as_list else self._list
        had_focus = hidden.hasFocus()
        bar.setVisible(not as_list)
        self._list_line.setVisible(as_list)
        if had_focus:
            (self._list if as_list else bar).setFocus(Qt.FocusReason.OtherFocusReason)

    def _retranslate(self) -> None:
        self._list.setAccessibleName(self.tr("Page of the settings"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room that there is."""
        super().resizeEvent(event)
        self._choose_form()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the size of the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._choose_form()
