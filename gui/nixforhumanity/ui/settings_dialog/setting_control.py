"""The control that fits the type of a setting, and what is wrong with what is typed into it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QWidget

from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.declarations import AnySetting
from nixforhumanity.ui.choice_box import ChoiceBox

Check = Callable[[str], Message | None]
"""Returns what is wrong with a text; None when it will do."""
LONGEST_NUMBER = 12


class SettingControl(QObject):
    """Shows a value and tells of the value that the person wants; a wrong one is never wanted."""

    wanted = Signal(object)
    typed = Signal(object)
    """What is wrong with what stands in the line now (a Message), or None; told at every letter."""

    def __init__(self, setting: AnySetting, parent: QWidget, check: Check | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self._check = check
        self.widget: QWidget
        if setting.choices:
            self.widget = self._list(parent)
        elif isinstance(setting.default, bool):
            self.widget = self._tick(parent)
        elif isinstance(setting.default, int):
            self.widget = self._line(parent, self._number)
        else:
            self.widget = self._line(parent, str.strip)
        self.widget.setObjectName(setting.key)

    def _list(self, parent: QWidget) -> QComboBox:
        box = ChoiceBox(parent)
        for value in self._setting.choices:
            box.addItem("", value)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.activated.connect(lambda index: self.wanted.emit(box.itemData(index)))
        self.show_value: Callable[[Any], None] = lambda value: box.setCurrentIndex(
            self._setting.choices.index(value)
        )
        return box

    def _tick(self, parent: QWidget) -> QCheckBox:
        check = QCheckBox(parent)
        check.clicked.connect(lambda checked: self.wanted.emit(bool(checked)))
        self.show_value = check.setChecked
        return check

    def _line(self, parent: QWidget, read: Callable[[str], object]) -> QLineEdit:
        line = QLineEdit(parent)
        if read != str.strip:
            line.setMaxLength(LONGEST_NUMBER)
            line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        line.textEdited.connect(lambda text: self.typed.emit(self.problem(text)))
        line.editingFinished.connect(lambda: self._finish(line, read))
        self.show_value = lambda value: line.setText(str(value))
        return line

    @property
    def is_being_typed(self) -> bool:
        """Whether the line holds what was typed and not taken yet: that must not be written over."""
        return isinstance(self.widget, QLineEdit) and self.widget.hasFocus() and self.widget.isModified()

    def _finish(self, line: QLineEdit, read: Callable[[str], object]) -> None:
        if line.isModified() and self.problem(line.text()) is None:
            line.setModified(False)
            self.wanted.emit(read(line.text()))

    def _number(self, text: str) -> object:
        return self._setting.parse(text)

    def problem(self, text: str) -> Message | None:
        """Return what is wrong with a text that is typed here; None when it will do."""
        if isinstance(self._setting.default, int) and self._setting.parse(text) is None:
            smallest, largest = self._setting.smallest or 0, self._setting.largest or 0
            return message("setting-number-wrong", smallest=str(smallest), largest=str(largest))
        return self._check(text) if self._check is not None else None

    def retranslate(self, words: Callable[[Message], str]) -> None:
        """Write its words in the language that is on."""
        name = words(self._setting.label)
        self.widget.setAccessibleName(name)
        self.widget.setAccessibleDescription(words(self._setting.help))
        if isinstance(self.widget, QCheckBox):
            self.widget.setText(name)
        if isinstance(self.widget, QComboBox):
            for index, value in enumerate(self._setting.choices):
                self.widget.setItemText(index, words(self._setting.choice_label(value)))
