"""The key of the language model: it goes to the keyring, is never shown again, and can be deleted."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.wrapped_label import WrappedLabel


class KeyField(QWidget):
    """A password line, a button that keeps what was typed, and one that deletes what is kept."""

    keep_requested = Signal(str)
    """The key; an empty text deletes the one that is kept."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = StartLabel("", self)
        self._label.setProperty("weight", "strong")
        self._label.setWordWrap(True)
        self._line = QLineEdit(self)
        self._line.setObjectName("model-key")
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._label.setBuddy(self._line)
        self._keep = self._button("keep-model-key")
        self._keep.setEnabled(False)
        self._keep.clicked.connect(lambda: self.keep_requested.emit(self._line.text().strip()))
        self._forget = self._button("forget-model-key")
        self._forget.setProperty("kind", "quiet")
        self._forget.clicked.connect(lambda: self.keep_requested.emit(""))
        self._line.textChanged.connect(lambda text: self._keep.setEnabled(bool(text.strip())))
        self._state = WrappedLabel("", self, tone="muted")
        self._state.setObjectName("model-key-state")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 14)
        layout.setSpacing(5)
        layout.addWidget(self._label)
        layout.addWidget(self._line)
        layout.addWidget(self._state)
        layout.addWidget(self._keep, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._forget, 0, Qt.AlignmentFlag.AlignLeading)
        self._retranslate()

    def show_kept(self, kept: bool, text: str) -> None:
        """Tell whether a key is kept."""
        self._state.set_text(text)
        if not kept and self._forget.hasFocus():
            self._line.setFocus()
        self._forget.setVisible(kept)

    def show_taken(self) -> None:
        """Empty the line: what stood in it is in the keyring now."""
        if self._keep.hasFocus():
            self._line.setFocus()
        self._line.clear()
        announce(self._line, self._state.text())

    def show_problem(self, text: str) -> None:
        """Tell why the key could not be kept or deleted; what was typed stays."""
        self._state.set_text(text)
        announce(self._line, text, urgent=True)

    def _button(self, name: str) -> ElidingButton:
        button = ElidingButton("", self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        press_with_enter(button)
        return button

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Key, if the server wants one"))
        self._line.setAccessibleName(self.tr("Key of the language model"))
        self._line.setPlaceholderText(self.tr("Enter a new key"))
        self._keep.setText(self.tr("Keep key"))
        self._forget.setText(self.tr("Delete key"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
