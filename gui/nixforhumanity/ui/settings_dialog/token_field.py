"""The secret token of a server on another computer: goes to the keyring, is never shown again."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.start_label import StartLabel


class TokenField(QWidget):
    """A password line and a button that keeps what was typed."""

    keep_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = StartLabel("", self)
        self._label.setProperty("weight", "strong")
        self._line = QLineEdit(self)
        self._line.setObjectName("token")
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._label.setBuddy(self._line)
        self._keep = ElidingButton("", self)
        self._keep.setObjectName("keep-token")
        self._keep.setAutoDefault(False)
        self._keep.setEnabled(False)
        press_with_enter(self._keep)
        self._keep.clicked.connect(lambda: self.keep_requested.emit(self._line.text().strip()))
        self._line.textChanged.connect(lambda text: self._keep.setEnabled(bool(text.strip())))
        self._state = StartLabel("", self)
        self._state.setObjectName("token-state")
        self._state.setWordWrap(True)
        self._state.setProperty("tone", "muted")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 8, 0, 14)
        layout.setVerticalSpacing(5)
        layout.addWidget(self._label, 0, 0, 1, 2)
        layout.addWidget(self._line, 1, 0)
        layout.addWidget(self._keep, 1, 1)
        layout.addWidget(self._state, 2, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self._retranslate()

    def show_kept(self, kept: bool) -> None:
        """Tell whether a token is kept; the line is emptied when one was."""
        if kept:
            self._line.clear()
        self._state.setText(
            self.tr("A token is kept in your keyring.")
            if kept
            else self.tr("No token is kept for this address.")
        )

    def show_problem(self, text: str) -> None:
        """Tell why the token could not be kept; what was typed stays."""
        self._state.setText(text)

    def show_address_wanted(self) -> None:
        """Tell that a token belongs to an address, which comes first."""
        self._state.setText(self.tr("Enter the address first: each address has its own token."))

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Token"))
        self._line.setAccessibleName(self.tr("Token"))
        self._line.setPlaceholderText(self.tr("Enter a new token"))
        self._keep.setText(self.tr("Keep token"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
