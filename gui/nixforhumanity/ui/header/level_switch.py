"""Beginner, Intermediate, Expert: one of three, always in the same place."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from nixforhumanity.settings.declarations import LEVELS, Level
from nixforhumanity.ui.pressing import press_with_enter


class LevelSwitch(QWidget):
    """Three buttons of which one is down; where there is no room, one button with a menu."""

    level_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("level-switch")
        self._level: Level = LEVELS[0]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[Level, QPushButton] = {}
        self._menu_button = QToolButton(self)
        self._menu_button.setObjectName("level-menu")
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        press_with_enter(self._menu_button)
        self._menu_button.hide()
        menu = QMenu(self._menu_button)
        self._menu_button.setMenu(menu)
        self._actions: dict[Level, QAction] = {}
        actions = QActionGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, level in enumerate(LEVELS):
            button = QPushButton(self)
            button.setObjectName(f"level-{level}")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # a radio button for screen readers
            button.setAutoDefault(False)
            press_with_enter(button)
            button.setProperty("segment", ("first", "middle", "last")[number])
            # Toggled and not clicked: the arrow keys check a button of the group without a click.
            button.toggled.connect(lambda checked, level=level: self._toggled(level, checked=checked))
            self._group.addButton(button)
            self._buttons[level] = button
            layout.addWidget(button)
            action = menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, level=level: self._pick(level))
            actions.addAction(action)
            self._actions[level] = action
        layout.addWidget(self._menu_button)
        self._retranslate()
        self.show_level(self._level)

    @property
    def level(self) -> Level:
        """The level that is shown."""
        return self._level

    def show_level(self, level: Level) -> None:
        """Show a level without telling anyone."""
        self._level = level
        self._buttons[level].setChecked(True)
        self._actions[level].setChecked(True)
        # The group is one stop of the Tab key: the button that is down; arrow keys go to the others.
        for one, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if one == level else Qt.FocusPolicy.NoFocus)
        self._retranslate()

    def set_compact(self, compact: bool) -> None:
        """Show one button with a menu in place of three buttons."""
        for button in self._buttons.values():
            button.setVisible(not compact)
        self._menu_button.setVisible(compact)

    def _toggled(self, level: Level, *, checked: bool) -> None:
        if checked:
            self._pick(level)

    def _pick(self, level: Level) -> None:
        if level != self._level:
            self.show_level(level)
            self.level_picked.emit(level)

    def _retranslate(self) -> None:
        words: dict[Level, str] = {
            "beginner": self.tr("Beginner"),
            "intermediate": self.tr("Intermediate"),
            "expert": self.tr("Expert"),
        }
        helps: dict[Level, str] = {
            "beginner": self.tr("Everyday words, one idea per sentence"),
            "intermediate": self.tr("Nix words, each explained; what changes is shown"),
            "expert": self.tr("Exact and short; commands and logs are shown"),
        }
        self.setAccessibleName(self.tr("Level"))
        for level, button in self._buttons.items():
            button.setText(words[level])
            button.setToolTip(helps[level])
            button.setAccessibleDescription(helps[level])
            button.setAccessibleName(self.tr("Level: {level}").replace("{level}", words[level]))
            self._actions[level].setText(words[level])
        self._menu_button.setText(words[self._level])
        self._menu_button.setAccessibleName(self.tr("Level: {level}").replace("{level}", words[self._level]))
        self._menu_button.setToolTip(self.tr("How much detail you see"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
