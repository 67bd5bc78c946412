"""The window: header, side bar, places, banners and input, and how they share the room.

It comes in two steps, for speed: the frame, which can be painted, and then what fills it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import LEVEL
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.commands import Commands
from nixforhumanity.ui.header.header import Header
from nixforhumanity.ui.prompt_input.prompt_input import PromptInput
from nixforhumanity.ui.shell_style import shell_style
from nixforhumanity.ui.sidebar.sidebar import Place, Sidebar
from nixforhumanity.ui.theme.appearance import appearance_of
from nixforhumanity.ui.window_fit import fitted_place, fitted_size
from nixforhumanity.ui.window_state import WindowState

if TYPE_CHECKING:
    from nixforhumanity.ui.banner import Banner
    from nixforhumanity.ui.connection_banner import ConnectionBanner
    from nixforhumanity.ui.conversation.conversation_view import ConversationView
    from nixforhumanity.ui.find_bar import FindBar
    from nixforhumanity.ui.history.history_panel import HistoryPanel
    from nixforhumanity.ui.settings_dialog.settings_dialog import SettingsDialog

WIDTH, HEIGHT = 1100, 760
SMALLEST_WIDTH, SMALLEST_HEIGHT = 320, 320
LINES_BESIDE_WORDS = 19
"""With less room than this beside its words, in heights of a line, the side bar shows only icons."""
CRAMPED_IN_LINES = 18
"""Below this width Send loses its word too."""


class MainWindow(QMainWindow):
    """Puts the parts together and knows nothing of the assistant; see window_binding.py for what they do."""

    closed = Signal()
    place_shown = Signal(Place)
    settings_opened = Signal(QDialog)

    conversation: "ConversationView"
    find_bar: "FindBar"
    connection_banner: "ConnectionBanner"
    notice: "Banner"
    elsewhere: "Banner"
    deletion: "Banner"

    def __init__(self, settings: Settings, state: WindowState, words: Callable[[Message], str]) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.settings = settings
        self.words = words
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes because the person wants it to."""
        self._state = state
        self._narrow: bool | None = None
        self._history: HistoryPanel | None = None
        self._dialog: SettingsDialog | None = None
        self.commands = Commands(self)
        self.header = Header(self)
        self.sidebar = Sidebar(self)
        self.prompt = PromptInput(self)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("place")
        self._place = Place.CONVERSATION
        self._right = QVBoxLayout()
        self._arrange()
        self.header.levels.show_level(settings.get(LEVEL))
        self.sidebar.place_picked.connect(self.show_place)
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self._take_size(state.geometry)
        appearance_of(self._application()).changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.prompt.editor.setFocus()

    def _take_size(self, remembered: str) -> None:
        """Take the size and place of the last time, else the usual ones, as far as the screen has room."""
        self.resize(WIDTH, HEIGHT)
        if remembered:
            self.restoreGeometry(QByteArray.fromBase64(remembered.encode("ascii", "replace")))
        if self.isMaximized() or self.isFullScreen():
            return
        available = self.screen().availableGeometry()
        self.resize(fitted_size(self.size(), available))
        if remembered:
            self.move(fitted_place(self.frameGeometry(), available).topLeft())

    def _arrange(self) -> None:
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(0)
        self._right.addWidget(self._stack, 1)
        self._right.addWidget(self.prompt)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.sidebar)
        below.addLayout(self._right, 1)
        shell = QFrame(self)
        shell.setObjectName("shell")
        layout = QVBoxLayout(shell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(below, 1)
        self.setCentralWidget(shell)

    def fill(self) -> None:
        """Add the conversation and the messages above it; without them nothing but the frame can be used."""
        from nixforhumanity.ui.banner import Banner
        from nixforhumanity.ui.connection_banner import ConnectionBanner
        from nixforhumanity.ui.conversation.conversation_view import ConversationView
        from nixforhumanity.ui.find_bar import FindBar

        self.conversation = ConversationView(self)
        self._stack.addWidget(self.conversation)
        self.find_bar = FindBar(self.conversation.find_text, self.conversation.line_of, self)
        self.connection_banner = ConnectionBanner(self.words, self)
        self.elsewhere = Banner("elsewhere", self)
        self.deletion = Banner("deletion", self)
        self.notice = Banner("notice", self)
        above = (*self._banners(), self.find_bar)
        for number, widget in enumerate(above):
            self._right.insertWidget(number, widget)

    # --- places --------------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The place that is on the screen."""
        return self._place

    @property
    def history(self) -> "HistoryPanel":
        """The History place, made when it is first wanted."""
        if self._history is None:
            from nixforhumanity.ui.history.history_panel import HistoryPanel

            self._history = HistoryPanel(self.words, self)
            self._stack.addWidget(self._history)
        return self._history

    @property
    def history_made(self) -> bool:
        """Whether the History place was ever wanted."""
        return self._history is not None

    @property
    def settings_dialog(self) -> "SettingsDialog":
        """The settings, made when they are first wanted."""
        if self._dialog is None:
            from nixforhumanity.ui.settings_dialog.settings_dialog import SettingsDialog

            self._dialog = SettingsDialog(self.settings, self.words, self)
        return self._dialog

    @property
    def settings_made(self) -> bool:
        """Whether the settings were ever wanted."""
        return self._dialog is not None

    def show_place(self, place: Place) -> None:
        """Show a place; the input stays where it is."""
        self._place = place
        self._stack.setCurrentWidget(self.conversation if place is Place.CONVERSATION else self.history)
        self.sidebar.show_place(place)
        if place is not Place.CONVERSATION and not self.find_bar.isHidden():
            self.find_bar.close_bar()
        self.place_shown.emit(place)

    # --- keyboard ------------------------------------------------------------------------------------

    def move_to_next_region(self, step: int) -> None:
        """Move the keyboard to the next of: places, what is shown, input, header."""
        regions: list[tuple[QWidget, Callable[[], None]]] = [
            (self.sidebar, self.sidebar.focus_places),
            *((banner, banner.focus_first) for banner in self._banners() if not banner.isHidden()),
            (self._stack, self._focus_place),
            (self.prompt, lambda: self.prompt.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            (self.header, lambda: self.header.pill.setFocus(Qt.FocusReason.ShortcutFocusReason)),
        ]
        focused = QApplication.focusWidget()
        at = next(
            (
                number
                for number, (region, _) in enumerate(regions)
                if focused is not None and (region is focused or region.isAncestorOf(focused))
            ),
            len(regions) - 2 if step > 0 else 0,
        )
        regions[(at + step) % len(regions)][1]()

    def _banners(self) -> "tuple[Banner, ...]":
        return (self.connection_banner, self.elsewhere, self.deletion, self.notice)

    def _focus_place(self) -> None:
        if self.place is Place.HISTORY:
            self.history.focus_filter()
        else:
            self.conversation.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads from the input first to what waits for an answer, or to the message above."""
        focused = QApplication.focusWidget()
        leaves_input = (
            forward
            and focused is not None
            and self.prompt.isAncestorOf(focused)
            and not self.prompt.isAncestorOf(_tab_stop_after(focused))
        )
        if (
            leaves_input
            and focused is not None
            and self._place is Place.CONVERSATION
            and self.conversation.enter_waiting_plan(focused, self.prompt)
        ):
            return True
        if leaves_input and (banner := next((one for one in self._banners() if one.isVisible()), None)):
            banner.focus_first()
            return True
        return super().focusNextPrevChild(forward)

    # --- room and looks ------------------------------------------------------------------------------

    def _fit(self) -> None:
        beside = self.fontMetrics().height() * LINES_BESIDE_WORDS
        narrow = self.width() < self.sidebar.width_of_words() + beside
        if narrow != self._narrow:
            self._narrow = narrow
            self.sidebar.set_narrow(narrow)
        else:
            self.sidebar.fit()
        self.header.fit(self.width())
        self.prompt.set_compact(self.width() < self.fontMetrics().height() * CRAMPED_IN_LINES)

    def _restyle(self) -> None:
        application = self._application()
        self.setStyleSheet(
            shell_style(
                appearance_of(application).colours,
                self.fontMetrics().height(),
                right_to_left=application.layoutDirection() is Qt.LayoutDirection.RightToLeft,
            )
        )
        self._narrow = None
        self._fit()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Nix for Humanity"))
        self.commands.retranslate()

    @staticmethod
    def _application() -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up words where there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.LayoutDirectionChange:
            self._restyle()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Words typed while a button or a message has the focus go into the input, and none are lost.

        Otherwise the Enter at their end would press that button.
        """
        keys = Qt.KeyboardModifier
        writes = event.text().isprintable() and event.text().strip()
        if writes and not event.modifiers() & (keys.ControlModifier | keys.AltModifier | keys.MetaModifier):
            self.prompt.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.prompt.editor.insertPlainText(event.text())
        else:
            super().keyPressEvent(event)

    def close_at_once(self) -> None:
        """Close without a question: it was answered, or the session ends."""
        self.may_close = lambda: True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place, unless there is something to ask first."""
        if not self._application().isSavingSession() and not self.may_close():
            event.ignore()
            return
        self._state.remember_geometry(self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)
        self.closed.emit()


def _tab_stop_after(widget: QWidget) -> QWidget:
    """Return what Qt would give the keyboard to next."""
    target = widget.nextInFocusChain()
    while target is not None and target is not widget:
        by_tab = target.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if by_tab and target.isVisible() and target.isEnabled():
            return target
        target = target.nextInFocusChain()
    return widget
