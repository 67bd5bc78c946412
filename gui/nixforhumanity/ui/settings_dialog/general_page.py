"""Language, look, level and style."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import LANGUAGE, LEVEL, REDUCED_MOTION, TEXT_SIZE, THEME
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.settings_dialog.settings_page import SettingsPage

SHOWN = (LANGUAGE, THEME, TEXT_SIZE, LEVEL, REDUCED_MOTION)


class GeneralPage(SettingsPage):
    """What the window looks like and how the assistant talks."""

    def __init__(self, settings: Settings, words: Callable[[Message], str], parent: QWidget) -> None:
        super().__init__(SHOWN, settings, words, parent)
        self.setObjectName("general-page")
        self.show_settings()
