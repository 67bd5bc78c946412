"""What the pages have in common: rows of settings in a scroll area, the rarer ones on request."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import AnySetting
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.settings_dialog.setting_row import SettingRow


class SettingsPage(QScrollArea):
    """Shows the rows of the person's level and every changed one; a button shows the others."""

    def __init__(
        self,
        shown: Sequence[AnySetting],
        settings: Settings,
        words: Callable[[Message], str],
        parent: QWidget,
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
        self.layout_.setContentsMargins(16, 12, 16, 12)
        self.layout_.setSpacing(2)
        self.rows = {setting.key: SettingRow(setting, settings, words, self.content) for setting in shown}
        for row in self.rows.values():
            self.layout_.addWidget(row)
        self._more = QPushButton(self.content)
        self._more.setObjectName("more-settings")
        self._more.setProperty("kind", "quiet")
        self._more.setCheckable(True)
        self._more.setAutoDefault(False)
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
