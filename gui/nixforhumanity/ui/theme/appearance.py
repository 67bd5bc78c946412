"""Switches the whole program between looks and text sizes, live, and follows the desktop."""

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QStyleFactory

from nixforhumanity.ui.theme.icons import register_icon_folder
from nixforhumanity.ui.theme.palettes import palette_of
from nixforhumanity.ui.theme.style_sheet import style_sheet
from nixforhumanity.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, SMALLEST_BODY_POINTS, Colours


class Theme(Enum):
    """What the person chose; the values are those of the setting."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True, slots=True)
class _Wish:
    theme: Theme = Theme.SYSTEM
    text_scale: float = 1.0
    system_dark: bool | None = None
    system_high_contrast: bool = False
    reduced_motion: bool = False


class Appearance(QObject):
    """The look of one application; lives as long as it does."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("appearance")
        self._app = app
        self._wish = _Wish()
        self._shown: tuple[Colours, float] | None = None
        self._desktop_font = QFont(app.font())
        app.styleHints().colorSchemeChanged.connect(self._update)

    @property
    def colours(self) -> Colours:
        """The colours that the person's choice and the desktop lead to."""
        wish = self._wish
        if wish.theme is Theme.SYSTEM:
            if wish.system_high_contrast:
                return HIGH_CONTRAST
            dark = wish.system_dark
            if dark is None:
                dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.HIGH_CONTRAST: HIGH_CONTRAST}[wish.theme]

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may move by itself."""
        return self._wish.reduced_motion

    def wish(self, theme: Theme, text_scale: float) -> None:
        """Show this theme at this text size (1.0 to 2.0)."""
        self._wish = replace(self._wish, theme=theme, text_scale=min(2.0, max(1.0, text_scale)))
        self._update()

    def hear_system(self, *, dark: bool | None, high_contrast: bool) -> None:
        """Take what the desktop wants; `dark` None: ask Qt."""
        self._wish = replace(self._wish, system_dark=dark, system_high_contrast=high_contrast)
        self._update()

    def reduce_motion(self, reduced: bool) -> None:
        """Tell that nothing may move by itself."""
        if reduced != self._wish.reduced_motion:
            self._wish = replace(self._wish, reduced_motion=reduced)
            self.changed.emit()

    def _update(self) -> None:
        shown = (self.colours, self._wish.text_scale)
        if shown == self._shown:
            return
        first = self._shown is None
        self._shown = shown
        colours, scale = shown
        if first:
            register_icon_folder()
            self._app.setStyle(QStyleFactory.create("Fusion"))
        font = QFont(self._desktop_font)
        font.setPointSizeF(max(SMALLEST_BODY_POINTS, font.pointSizeF()) * scale)
        self._app.setFont(font)
        self._app.setPalette(palette_of(colours))
        self._app.setStyleSheet(style_sheet(colours, font.pointSizeF(), scale))
        self.changed.emit()


def appearance_of(app: QApplication) -> Appearance:
    """Return the appearance of the application, made on first use."""
    return app.findChild(Appearance, "appearance") or Appearance(app)


def apply_theme(app: QApplication, theme: Theme, text_scale: float = 1.0) -> None:
    """Show the whole program in this theme and text size (1.0 to 2.0), now."""
    appearance_of(app).wish(theme, text_scale)


def set_system_appearance(app: QApplication, *, dark: bool | None, high_contrast: bool = False) -> None:
    """Tell what the desktop wants (from its portal); matters while the theme is SYSTEM."""
    appearance_of(app).hear_system(dark=dark, high_contrast=high_contrast)
