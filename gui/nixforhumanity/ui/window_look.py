"""Applies the settings of the look: colours, text size, movement, language; at the start and live."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from nixforhumanity.settings.declarations import LANGUAGE, REDUCED_MOTION, TEXT_SIZE, THEME, AnySetting
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.language import WindowLanguage
from nixforhumanity.ui.theme.appearance import Theme, appearance_of, apply_theme


class WindowLook:
    """Follows the settings until it is ended."""

    def __init__(self, application: QApplication, settings: Settings, language: WindowLanguage) -> None:
        self._application = application
        self._settings = settings
        self._language = language
        self.end: Callable[[], None] = settings.observe(self._changed)
        self._language.show()
        self._show_motion()
        self._show_theme()

    def _changed(self, setting: AnySetting) -> None:
        if setting in (THEME, TEXT_SIZE):
            self._show_theme()
        elif setting is REDUCED_MOTION:
            self._show_motion()
        elif setting is LANGUAGE:
            self._language.show()

    def _show_theme(self) -> None:
        apply_theme(self._application, Theme(self._settings.get(THEME)), self._settings.get(TEXT_SIZE) / 100)

    def _show_motion(self) -> None:
        appearance_of(self._application).reduce_motion(self._settings.get(REDUCED_MOTION))
