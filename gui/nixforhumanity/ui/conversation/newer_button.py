"""The button that leads to messages that came while the person was reading further up."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from nixforhumanity.ui.theme.icons import Ink, icon
from nixforhumanity.ui.theme.tokens import Space


class NewerButton(QPushButton):
    """Floats above the bottom edge of its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setIcon(icon("arrow-down", Ink.ACCENT))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()
        self._label()

    def appear(self) -> None:
        """Show it."""
        if self.isHidden():
            self.show()
            self.place()

    def place(self) -> None:
        """Follow the size of the parent."""
        size, room = self.sizeHint(), self.parentWidget()
        assert room is not None
        left, top = (room.width() - size.width()) // 2, room.height() - size.height() - Space.MEDIUM
        self.setGeometry(left, top, size.width(), size.height())
        self.raise_()

    def _label(self) -> None:
        self.setText(self.tr("New messages"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._label()
