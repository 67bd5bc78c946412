"""One setting: label, control, help, and the way back to its default."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import LEVEL, LEVELS, AnySetting
from nixforhumanity.settings.store import Settings, Source
from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.setting_control import Check, SettingControl
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.theme.icons import icon
from nixforhumanity.ui.wrapped_label import with_whole_addresses


class SettingRow(QWidget):
    """What is wanted is in force at once; a value that is not the default says so."""

    def __init__(
        self,
        setting: AnySetting,
        settings: Settings,
        words: Callable[[Message], str],
        parent: QWidget,
        check: Check | None = None,
        hint: Check | None = None,
    ) -> None:
        """`check` says what is wrong with a text, `hint` what is good to know about one that will do."""
        super().__init__(parent)
        self.setting = setting
        self._settings = settings
        self._words = words
        self._hint = hint
        self._control = SettingControl(setting, self, check)
        self._control.wanted.connect(self._change)
        self._control.typed.connect(self._show_problem)
        self._label = StartLabel("", self)
        self._label.setWordWrap(True)
        self._label.setBuddy(self._control.widget)
        self._label.setProperty("weight", "strong")
        self._label.setVisible(not isinstance(self._control.widget, QCheckBox))
        self._help = self._small_text("muted")
        self._note = self._small_text("danger")
        self._note.setObjectName(f"{setting.key}-note")
        self._restore = ElidingButton("", self)
        self._restore.setObjectName(f"{setting.key}-restore")
        self._restore.setProperty("kind", "quiet")
        self._restore.setIcon(icon("undo"))
        self._restore.setAutoDefault(False)
        press_with_enter(self._restore)
        self._restore.clicked.connect(self._reset)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 8, 0, 14)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(5)
        layout.setColumnStretch(0, 1)
        layout.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self._control.widget, 1, 0, 1, 2)
        layout.addWidget(self._note, 2, 0, 1, 2)
        layout.addWidget(self._help, 3, 0, 1, 2)
        layout.addWidget(self._restore, 4, 0, 1, 2, Qt.AlignmentFlag.AlignLeading)
        self._retranslate()

    @property
    def belongs_to_level(self) -> bool:
        """Whether it is shown without asking: its level is reached, or it is not at its default."""
        reached = LEVELS.index(self.setting.level) <= LEVELS.index(self._settings.get(LEVEL))
        return reached or not self._settings.is_default(self.setting)

    @property
    def control(self) -> QWidget:
        """What is used to change it."""
        return self._control.widget

    def show_setting(self) -> None:
        """Show the value that is in force, and where it comes from."""
        fixed = self._settings.source(self.setting) is Source.ENVIRONMENT
        if not self._control.is_being_typed:
            self._control.show_value(self._settings.get(self.setting))
        self._control.widget.setEnabled(not fixed)
        self._restore.setVisible(not fixed and not self._settings.is_default(self.setting))
        note = self.tr("Set by the environment variable {name}; it cannot be changed here.")
        if fixed:
            self._say(note.replace("{name}", self.setting.environment))
        elif isinstance(self._control.widget, QLineEdit):
            self._show_problem(self._control.problem(self._control.widget.text()))
        else:
            self._say("")

    def _show_problem(self, problem: Message | None) -> None:
        """Say while it is typed what is wrong, or what is good to know."""
        if problem is not None:
            self._say(self._words(problem))
        elif self._hint is not None and isinstance(self._control.widget, QLineEdit):
            hint = self._hint(self._control.widget.text())
            self._say(self._words(hint) if hint is not None else "", tone="warning")
        else:
            self._say("")

    def _change(self, value: Any) -> None:
        if value != self._settings.get(self.setting):
            self._try(lambda: self._settings.set(self.setting, value))

    def _reset(self) -> None:
        self._control.widget.setFocus()
        self._control.show_value(self.setting.default)
        self._try(lambda: self._settings.reset(self.setting))

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except UserError as error:
            self.show_setting()
            self._say(self._words(error.message))
            return
        self.show_setting()

    def _say(self, text: str, tone: str = "danger") -> None:
        changed = with_whole_addresses(text) != self._note.text()
        if tone != self._note.property("tone"):
            self._note.setProperty("tone", tone)
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)
        self._note.setText(with_whole_addresses(text))
        said = " ".join(part for part in (text, self._words(self.setting.help)) if part)
        self._control.widget.setAccessibleDescription(said)
        if changed and self._control.widget.hasFocus():
            announce(self._control.widget, text)
        self._note.setVisible(bool(text))

    def _small_text(self, tone: str) -> StartLabel:
        label = StartLabel("", self)
        label.setWordWrap(True)
        label.setProperty("tone", tone)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _retranslate(self) -> None:
        name = self._words(self.setting.label)
        self._label.setText(name)
        self._help.setText(with_whole_addresses(self._words(self.setting.help)))
        self._control.retranslate(self._words)
        self._restore.setText(f" {self.tr('Restore default')}")
        self._restore.setAccessibleName(self.tr("Restore the default of: {name}").replace("{name}", name))
        self.show_setting()

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
