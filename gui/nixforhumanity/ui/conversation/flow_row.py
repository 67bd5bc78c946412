"""Buttons in a row that wraps, in reading direction."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QStyle, QWidget

from nixforhumanity.ui.theme.tokens import Space


class FlowRow(QWidget):
    """Suggestions; says which was picked by its index."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        self._count = 0

    def show_labels(self, labels: Sequence[str], descriptions: Sequence[str]) -> None:
        """Show a button for each label; the description is what pressing it says."""
        for index in range(len(self._buttons), len(labels)):
            self._buttons.append(self._made(index))
        self._count = len(labels)
        for index, button in enumerate(self._buttons):
            if index < self._count:
                if button.text() != (label := labels[index].replace("&", "&&")):
                    button.setText(label)
                button.setAccessibleName(labels[index])
                button.setAccessibleDescription(descriptions[index])
                button.setToolTip("" if descriptions[index] == labels[index] else descriptions[index])
            button.setVisible(index < self._count)
        self._arranged(self.width(), move=True)  # other labels in a row of the same size: no resize comes

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """The buttons that are shown, in order."""
        return self._buttons[: self._count]

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._arranged(width, move=False)

    def sizeHint(self) -> QSize:
        """See QWidget."""
        widths = [button.sizeHint().width() + Space.SMALL for button in self.buttons]
        return QSize(sum(widths), self._arranged(max(1, sum(widths)), move=False))

    def resizeEvent(self, event: object) -> None:
        """Arrange the buttons in the new width."""
        self._arranged(self.width(), move=True)

    def changeEvent(self, event: QEvent) -> None:
        """Mirror when the reading direction changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._arranged(self.width(), move=True)

    def _arranged(self, width: int, *, move: bool) -> int:
        left, top, line = 0, 0, 0
        for button in self.buttons:
            size = button.sizeHint()
            size.setWidth(min(size.width(), width))
            if left and left + size.width() > width:
                left, top, line = 0, top + line + Space.SMALL, 0
            if move:
                place = QRect(QPoint(left, top), size)
                button.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            left += size.width() + Space.SMALL
            line = max(line, size.height())
        return top + line

    def _made(self, index: int) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "chip")
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: self.picked.emit(index))
        return button
