"""What the pages have in common: rows of settings in a scroll area, the rarer ones on request."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import AnySetting
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.setting_control import Check
from nixforhumanity.ui.settings_dialog.setting_row import SettingRow

READ_BY_KEYBOARD = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
"""For a box that is only read: with these the keys go through it to its very end."""


class SettingsPage(QScrollArea):
    """Shows the rows of the person's level and every changed one; a button shows the others."""

    def __init__(
        self,
        shown: Sequence[AnySetting],
        settings: Settings,
        words: Callable[[Message], str],
        parent: QWidget,
        checks: Mapping[str, Check] | None = None,
        hints: Mapping[str, Check] | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.words = words
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content = QWidget(self)
        self.content.setObjectName("settings-page")
        self.layout_ = QVBoxLayout(self.content)
        self.layout_.setContentsMargins(24, 16, 24, 16)
        self.layout_.setSpacing(2)
        checks, hints = checks or {}, hints or {}
        self.rows = {
            one.key: SettingRow(one, settings, words, self.content, checks.get(one.key), hints.get(one.key))
            for one in shown
        }
        for row in self.rows.values():
            self.layout_.addWidget(row)
        self._more = ElidingButton("", self.content)
        self._more.setObjectName("more-settings")
        self._more.setProperty("kind", "quiet")
        self._more.setCheckable(True)
        self._more.setAutoDefault(False)
        press_with_enter(self._more)
        self._more.toggled.connect(lambda _checked: self.show_settings())
        self.layout_.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.layout_.addStretch(1)
        self.setWidget(self.content)
        self._retranslate()

    def show_settings(self) -> None:
        """Show what is in force now."""
        hidden = 0
        for row in self.rows.values():
            row.show_setting()
            wanted = row.belongs_to_level or self.needs(row.setting)
            hidden += self.applies(row.setting) and not wanted
            row.setVisible(self.applies(row.setting) and (wanted or self._more.isChecked()))
        self._more.setVisible(hidden > 0)

    def applies(self, setting: AnySetting) -> bool:
        """Tell whether a setting means anything next to the others."""
        return True

    def needs(self, setting: AnySetting) -> bool:
        """Tell whether the others mean nothing without this one: it is then shown at every level."""
        return False

    def _retranslate(self) -> None:
        self._more.setText(self.tr("Show all settings"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
