"""The control that fits the type of a setting."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QSpinBox, QWidget

from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import AnySetting


class SettingControl(QObject):
    """Shows a value and tells of the value that the person wants."""

    wanted = Signal(object)

    def __init__(self, setting: AnySetting, parent: QWidget) -> None:
        super().__init__(parent)
        self._setting = setting
        self.widget: QWidget
        if setting.choices:
            self.widget = self._list(parent)
        elif isinstance(setting.default, bool):
            self.widget = self._check(parent)
        elif isinstance(setting.default, int):
            self.widget = self._number(parent)
        else:
            self.widget = self._line(parent)
        self.widget.setObjectName(setting.key)

    def _list(self, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
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

    def _check(self, parent: QWidget) -> QCheckBox:
        check = QCheckBox(parent)
        check.clicked.connect(lambda checked: self.wanted.emit(bool(checked)))
        self.show_value = check.setChecked
        return check

    def _number(self, parent: QWidget) -> QSpinBox:
        box = QSpinBox(parent)
        box.setRange(self._setting.smallest or 0, self._setting.largest or 2**31 - 1)
        box.setGroupSeparatorShown(False)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(lambda value: self.wanted.emit(value))

        def show(value: int) -> None:
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)

        self.show_value = show
        return box

    def _line(self, parent: QWidget) -> QLineEdit:
        line = QLineEdit(parent)
        line.editingFinished.connect(lambda: self.wanted.emit(line.text().strip()))
        self.show_value = line.setText
        return line

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
