"""The line at the top of the window."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from nixforhumanity.ui.header.connection_pill import ConnectionPill
from nixforhumanity.ui.header.level_switch import LevelSwitch
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.theme.icons import icon


class Header(QFrame):
    """Name, connection, level and settings; each gives up room when there is little."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._name = QLabel(self)
        self._name.setObjectName("program-name")
        self._name.setProperty("type", "title")
        self.pill = ConnectionPill(self)
        self.levels = LevelSwitch(self)
        self.settings_button = QToolButton(self)
        self.settings_button.setObjectName("settings-button")
        self.settings_button.setIcon(icon("settings"))
        press_with_enter(self.settings_button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(self._name)
        layout.addStretch(1)
        layout.addWidget(self.pill)
        layout.addStretch(1)
        layout.addWidget(self.levels)
        layout.addWidget(self.settings_button)
        self._retranslate()

    def fit(self, width: int) -> None:
        """Use as many words as fit into the width."""
        for name, compact_levels, compact_pill in (
            (True, False, False),
            (True, False, True),
            (True, True, True),
            (False, True, True),
        ):
            self._name.setVisible(name)
            self.levels.set_compact(compact_levels)
            self.pill.set_compact(compact_pill)
            layout = self.layout()
            assert layout is not None
            layout.invalidate()
            if layout.sizeHint().width() <= width:
                return

    def _retranslate(self) -> None:
        self._name.setText(self.tr("Nix for Humanity"))
        self.settings_button.setToolTip(self.tr("Settings (Ctrl+,)"))
        self.settings_button.setAccessibleName(self.tr("Settings"))
        side = self.fontMetrics().height() + 2
        self.settings_button.setIconSize(QSize(side, side))

    def changeEvent(self, event: QEvent) -> None:
        """Change language and text size while running."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.FontChange}:
            self._retranslate()
        super().changeEvent(event)
