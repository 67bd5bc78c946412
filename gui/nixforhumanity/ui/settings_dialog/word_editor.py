"""Where the words of a phrase are written and its meaning is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from nixforhumanity.protocol.own_words import Meaning
from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.choice_box import ChoiceBox
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.flow_layout import FlowLayout
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.wrapped_label import WrappedLabel

LONGEST_WORDS = 160


class WordEditor(QWidget):
    """Enter in the line saves; Escape leaves everything as it was."""

    saved = Signal(str, str)
    """The words, and the request that is meant."""
    left = Signal()

    def __init__(self, words: str, meanings: Sequence[Meaning], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("word-editor")
        self._line_label = self._label()
        self._line = QLineEdit(words, self)
        self._line.setObjectName("own-words-line")
        self._line.setMaxLength(LONGEST_WORDS)
        self._line.returnPressed.connect(self._save)
        self._line_label.setBuddy(self._line)
        self._choice_label = self._label()
        self._choice = ChoiceBox(self)
        self._choice.setObjectName("own-words-meaning")
        self._choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(8)
        for meaning in meanings:
            self._choice.addItem(meaning.label, meaning.request)
        self._choice_label.setBuddy(self._choice)
        self._note = WrappedLabel("", self, tone="danger")
        self._note.setObjectName("own-words-note")
        self._note.hide()
        self._save_button = self._button("save-words", "primary")
        self._save_button.clicked.connect(self._save)
        self._leave_button = self._button("leave-words", "")
        self._leave_button.clicked.connect(lambda: self.left.emit())
        buttons = FlowLayout(gap=8)
        buttons.addWidget(self._save_button)
        buttons.addWidget(self._leave_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self._line_label, self._line, self._choice_label, self._choice, self._note):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._retranslate()

    @property
    def stops(self) -> Sequence[QWidget]:
        """What the keyboard can go to, in order."""
        return (self._line, self._choice, self._save_button, self._leave_button)

    def begin(self) -> None:
        """Give the keyboard to the words, all of them selected."""
        self._line.selectAll()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say why this cannot be saved; what was written stays."""
        self._save_button.setEnabled(True)
        self._note.set_text(text)
        self._note.setVisible(bool(text))
        self._line.setAccessibleDescription(text)
        announce(self._line, text)

    def _save(self) -> None:
        words = " ".join(self._line.text().split())
        if not words:
            self.show_problem(self.tr("Write the words first."))
            return
        self._save_button.setEnabled(False)
        self.saved.emit(words, self._choice.currentData())

    def _label(self) -> StartLabel:
        label = StartLabel("", self)
        label.setWordWrap(True)
        label.setProperty("weight", "strong")
        return label

    def _button(self, name: str, kind: str) -> ElidingButton:
        button = ElidingButton("", self)
        button.setObjectName(name)
        button.setProperty("kind", kind)
        button.setAutoDefault(False)
        press_with_enter(button)
        return button

    def _retranslate(self) -> None:
        self._line_label.setText(self.tr("When I say"))
        self._line.setAccessibleName(self.tr("When I say"))
        self._choice_label.setText(self.tr("I mean"))
        self._choice.setAccessibleName(self.tr("I mean"))
        self._save_button.setText(self.tr("Save"))
        self._leave_button.setText(self.tr("Leave as it was"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape; the dialog stays open."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
