"""A long pasted text, as one piece above the input instead of thousands of lines in it."""

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nixforhumanity.ui.flow_layout import FlowLayout
from nixforhumanity.ui.pressing import press_with_enter

LARGEST_BYTES = 240_000
"""More does not fit into one message to the assistant."""


class LongText(QFrame):
    """Says how long it is; can be shown in the input or removed."""

    insert_requested = Signal(str)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("long-text")
        self._text = ""
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._insert = QPushButton(self)
        self._insert.setObjectName("long-text-insert")
        self._insert.setProperty("kind", "quiet")
        self._insert.clicked.connect(self._move)
        self._remove = QPushButton(self)
        self._remove.setObjectName("long-text-remove")
        self._remove.setProperty("kind", "quiet")
        self._remove.clicked.connect(self.drop)
        for button in (self._insert, self._remove):
            press_with_enter(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 4, 4)
        layout.setSpacing(2)
        layout.addWidget(self._label)
        buttons = FlowLayout()
        buttons.addWidget(self._insert)
        buttons.addWidget(self._remove)
        layout.addLayout(buttons)
        self.hide()

    @property
    def text(self) -> str:
        """The text that is held, or an empty one."""
        return self._text

    @property
    def too_large(self) -> bool:
        """Whether it is too large to be sent."""
        return len(self._text.encode(errors="replace")) > LARGEST_BYTES

    def hold(self, text: str) -> None:
        """Hold a text; a second one is added to the first."""
        self._text = f"{self._text}\n{text}" if self._text else text
        self._retranslate()
        self.show()

    def take(self) -> str:
        """Return the text and hold none."""
        text, self._text = self._text, ""
        self.hide()
        return text

    def drop(self) -> None:
        """Forget the text."""
        self.take()
        self.removed.emit()

    def _move(self) -> None:
        self.insert_requested.emit(self.take())

    def _retranslate(self) -> None:
        if not self._text:
            return
        size = QLocale().formattedDataSize(len(self._text.encode(errors="replace")), 0)
        lines = self._text.count("\n") + 1
        words = self.tr("Pasted text: {size}, lines: {lines}. It is sent with your message.")
        if self.too_large:
            words = self.tr("This text is too long to be sent: {size}. Please send a part of it.")
        self._label.setText(words.replace("{size}", size).replace("{lines}", str(lines)))
        self._insert.setText(self.tr("Show in the input"))
        self._insert.setVisible(not self.too_large)
        self._remove.setText(self.tr("Remove"))
        self._insert.setAccessibleName(self.tr("Show the pasted text in the input"))
        self._remove.setAccessibleName(self.tr("Remove the pasted text"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
