"""The language of the window: which one, its words, its direction; switched while running."""

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from nixforhumanity.core.resources import resource
from nixforhumanity.core.text import Message
from nixforhumanity.core.wording import DEFAULT_LANGUAGE, RIGHT_TO_LEFT, Wording, languages
from nixforhumanity.settings.declarations import LANGUAGE
from nixforhumanity.settings.store import Settings

log = logging.getLogger(__name__)


def chosen_language(settings: Settings) -> str:
    """Return the language that the person chose; `auto`: the first of the desktop's that has words."""
    chosen = settings.get(LANGUAGE)
    if chosen != "auto":
        return chosen
    known = languages()
    wanted = (tag.partition("-")[0] for tag in QLocale.system().uiLanguages())
    return next((language for language in wanted if language in known), DEFAULT_LANGUAGE)


class WindowLanguage:
    """Holds the translators of the application, and the words of messages from the other layers."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        self._application = application
        self._settings = settings
        self._wording: Wording | None = None
        self._translators: list[QTranslator] = []
        self._shown = DEFAULT_LANGUAGE

    def show(self) -> None:
        """Show the window in the chosen language, now."""
        language = chosen_language(self._settings)
        if language == self._shown:
            return
        self._shown, self._wording = language, None
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []
        right_to_left = language in RIGHT_TO_LEFT
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        QLocale.setDefault(QLocale(language))
        self._application.setLayoutDirection(direction)
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        ours = str(resource("translations"))
        for name, folder in ((f"qtbase_{language}", qt_folder), (f"nixforhumanity_{language}", ours)):
            translator = QTranslator(self._application)
            if translator.load(name, folder):
                self._application.installTranslator(translator)
                self._translators.append(translator)
            elif language != DEFAULT_LANGUAGE:
                log.warning("no translation %s in %s", name, folder)

    def words(self, message: Message) -> str:
        """Return the words of a message; they are read when they are first needed."""
        if self._wording is None:
            self._wording = Wording(self._shown)
        return self._wording.text(message)
