"""The settings of the window, in pages."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import AnySetting
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.general_page import GeneralPage
from nixforhumanity.ui.settings_dialog.language_model_page import LanguageModelPage
from nixforhumanity.ui.settings_dialog.page_switch import PageSwitch
from nixforhumanity.ui.settings_dialog.server_page import ServerPage
from nixforhumanity.ui.settings_dialog.words_page import WordsPage


class SettingsDialog(QDialog):
    """There is nothing to confirm: every change is in force at once, and each can be taken back."""

    def __init__(self, settings: Settings, words: Callable[[Message], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._opener = parent
        self._settings = settings
        self._words = words
        self.general = GeneralPage(settings, words, self)
        self.server = ServerPage(settings, words, self)
        self.own_words = WordsPage(settings, words, self)
        self.language_model = LanguageModelPage(settings, words, self)
        self._pages = PageSwitch(self)
        for page in (self.general, self.server, self.own_words, self.language_model):
            self._pages.add(page)
        self._problems = QLabel(self)
        self._problems.setObjectName("settings-problems")
        self._problems.setWordWrap(True)
        self._problems.setProperty("tone", "danger")
        self._problems.setContentsMargins(24, 8, 24, 8)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._buttons.rejected.connect(self.reject)
        press_with_enter(self._buttons.button(QDialogButtonBox.StandardButton.Close))
        self._buttons.setContentsMargins(24, 8, 24, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._problems)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._buttons)
        end = settings.observe(self._changed)
        self.destroyed.connect(lambda: end())
        self._retranslate()

    def show_settings(self, *, server: bool = False) -> None:
        """Open, with the page of the assistant server in front if wanted."""
        self._pages.show_page(self.server if server else self.general)
        self.general.show_settings()
        self.server.show_settings()
        self.own_words.show_settings()
        self.language_model.show_settings()
        self._show_problems()
        window = self._opener.window()
        wanted = self.sizeHint()
        self.resize(min(wanted.width(), window.width()), min(wanted.height(), max(320, window.height() - 40)))
        self.open()

    def show_language_model(self) -> None:
        """Bring the page of the language model to the front."""
        self._pages.show_page(self.language_model)

    def show_own_words(self) -> None:
        """Bring the page of the person's own words to the front."""
        self._pages.show_page(self.own_words)

    def sizeHint(self) -> QSize:
        """Return room for the longer page."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 78, metrics.height() * 44)

    def _changed(self, _setting: AnySetting) -> None:
        self.general.show_settings()
        self.server.show_settings()
        self.own_words.show_settings()
        self.language_model.show_settings()
        self._show_problems()

    def _show_problems(self) -> None:
        self._problems.setText("\n".join(self._words(one) for one in self._settings.problems))
        self._problems.setVisible(bool(self._settings.problems))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._pages.call(self.general, self.tr("General"))
        self._pages.call(self.server, self.tr("Assistant server"))
        self._pages.call(self.own_words, self.tr("My words"))
        self._pages.call(self.language_model, self.tr("Language model"))
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        close.setIcon(QIcon())  # the style's own is for another look
        close.setAutoDefault(False)  # Enter in a line must not close the dialog

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
