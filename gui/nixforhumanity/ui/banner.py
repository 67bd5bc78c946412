"""Inline messages above a place: one sentence, what can be done, and details on request. Takes no focus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.flow_layout import FlowLayout
from nixforhumanity.ui.icon_label import IconLabel
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.start_label import StartLabel
from nixforhumanity.ui.theme.icons import Ink, icon

Tone = Literal["information", "warning", "error"]
_INKS: dict[Tone, Ink] = {"information": Ink.ACCENT, "warning": Ink.WARNING, "error": Ink.DANGER}
DETAIL_LINES = 7


@dataclass(frozen=True, slots=True)
class BannerButton:
    """A button of a banner."""

    name: str
    """Its object name."""
    text: str
    press: Callable[[], None]


class Banner(QFrame):
    """Hidden until it has something to say."""

    dismissed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = IconLabel(self)
        self._label = StartLabel("", self)
        self._label.setObjectName(f"{name}-text")
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._close = QToolButton(self)
        self._close.setObjectName(f"{name}-close")
        self._close.setIcon(icon("close"))
        self._close.clicked.connect(self.dismiss)
        press_with_enter(self._close)
        self._details = QPlainTextEdit(self)
        self._details.setObjectName(f"{name}-details")
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.hide()
        self._toggle = QPushButton(self)
        self._toggle.setObjectName(f"{name}-toggle")
        self._toggle.setProperty("kind", "quiet")
        self._toggle.setCheckable(True)
        press_with_enter(self._toggle)
        self._toggle.toggled.connect(self._show_details)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._row: list[QPushButton] = []
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._icon)
        top.addWidget(self._label, 1)
        top.addLayout(self._buttons)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._top = top
        self._below = FlowLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(self._below)
        layout.addWidget(self._details)
        self._retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._label.text()

    def tell(
        self,
        text: str,
        *,
        tone: Tone = "information",
        buttons: Sequence[BannerButton] = (),
        detail: str = "",
        dismissable: bool = True,
    ) -> None:
        """Show a sentence in place of the one before."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(tone, _INKS[tone])
        self._label.setText(text)
        self._close.setVisible(dismissable)
        self._set_buttons(buttons, with_details=bool(detail))
        self._details.setPlainText(detail)
        if not detail:
            self._toggle.setChecked(False)
        self._place_buttons()
        self.show()

    def change_text(self, text: str) -> None:
        """Change only the sentence: the buttons keep the keyboard."""
        self._label.setText(text)

    def focus_first(self) -> None:
        """Give the keyboard to the first thing that can be pressed."""
        shown = [one for one in (self._toggle, *self._row, self._close) if not one.isHidden()]
        if shown:
            shown[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Hide, and tell whoever put it up."""
        self.hide()
        self.dismissed.emit()

    def _set_buttons(self, buttons: Sequence[BannerButton], *, with_details: bool) -> None:
        focused = next((button.objectName() for button in self._row if button.hasFocus()), "")
        for button in self._row:
            button.setParent(None)
            button.deleteLater()
        self._row = []
        for wanted in buttons:
            button = ElidingButton(wanted.text, self)
            button.setObjectName(wanted.name)
            button.setAutoDefault(False)
            press_with_enter(button)
            button.clicked.connect(lambda _checked=False, press=wanted.press: press())
            self._row.append(button)
            if wanted.name == focused:
                button.setFocus()
        self._toggle.setVisible(with_details)

    def _place_buttons(self) -> None:
        """Put the buttons beside a short text, or below it where there is little room."""
        shown: list[QPushButton] = [*([] if self._toggle.isHidden() else [self._toggle]), *self._row]
        needed = sum(button.sizeHint().width() + 6 for button in shown)
        beside = needed < self.width() * 0.45
        for line in (self._buttons, self._below):
            while line.count():
                line.takeAt(0)
        line = self._buttons if beside else self._below
        for button in shown:
            line.addWidget(button)
        stops: list[QWidget] = [self._label, *shown, self._close]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _show_details(self, shown: bool) -> None:
        self._details.setFixedHeight(self._details.fontMetrics().lineSpacing() * DETAIL_LINES + 16)
        self._details.setVisible(shown)
        if shown:
            bar = self._details.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _retranslate(self) -> None:
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._toggle.setText(self.tr("Details"))
        self._details.setAccessibleName(self.tr("Details"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: object) -> None:
        """Move the buttons where there is room for them."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_buttons()
