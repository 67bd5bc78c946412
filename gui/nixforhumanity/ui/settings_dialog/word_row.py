"""One phrase of the person: what they say, what it means, and the way to change or delete it."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from nixforhumanity.protocol.own_words import Meaning, OwnPhraseCard
from nixforhumanity.ui.accessible_roles import use_role
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.flow_layout import FlowLayout
from nixforhumanity.ui.friendly_dates import friendly_moment
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.word_editor import WordEditor
from nixforhumanity.ui.theme.icons import icon
from nixforhumanity.ui.wrapped_label import WrappedLabel

LETTERS_BESIDE_BUTTONS = 62
"""With less room than for so many letters the buttons stand below the text."""


class WordRow(QFrame):
    """Each button names the words that it is about."""

    edit_requested = Signal(int)
    save_requested = Signal(int, str, str)
    """Id, words, and the request that is meant."""
    delete_requested = Signal(int)

    def __init__(self, card: OwnPhraseCard, parent: QWidget) -> None:
        super().__init__(parent)
        use_role(WordRow, QAccessible.Role.ListItem)
        self.setObjectName("word-row")
        self.card = card
        self.editor: WordEditor | None = None
        self._words = WrappedLabel("", self)
        self._words.setProperty("weight", "strong")
        self._meaning = WrappedLabel("", self)
        self._about = WrappedLabel("", self, tone="muted")
        self._about.setProperty("type", "caption")
        self._texts = QVBoxLayout()
        self._texts.setSpacing(4)
        for label in (self._words, self._meaning, self._about):
            self._texts.addWidget(label)
        self._edit = self._button(f"edit-words-{card.id}", "edit")
        self._edit.clicked.connect(lambda: self.edit_requested.emit(self.card.id))
        self._delete = self._button(f"delete-words-{card.id}", "delete")
        self._delete.clicked.connect(lambda: self.delete_requested.emit(self.card.id))
        self._buttons = FlowLayout(gap=8)
        self._buttons.addWidget(self._edit)
        self._buttons.addWidget(self._delete)
        self._beside: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 14, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(self._texts, 0, 0)
        self._place_buttons()
        self.show_card(card)

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard can go to, in order."""
        return [self._edit, self._delete] if self.editor is None else list(self.editor.stops)

    def show_card(self, card: OwnPhraseCard) -> None:
        """Show what the phrase is now; what is being written stays."""
        self.card = card
        said = self.tr("“{words}”").replace("{words}", card.words)
        means = self.tr("means: {meaning}").replace("{meaning}", card.meaning)
        self._words.set_text(said)
        self._meaning.set_text(means)
        self._about.set_text(self._history())
        self.setAccessibleName(f"{said} {means}")
        self.setAccessibleDescription(self._history())
        self._edit.setText(f" {self.tr('Change')}")
        self._edit.setAccessibleName(self.tr("Change: {words}").replace("{words}", card.words))
        self._delete.setText(f" {self.tr('Delete')}")
        self._delete.setAccessibleName(self.tr("Delete: {words}").replace("{words}", card.words))

    def begin_editing(self, meanings: Sequence[Meaning]) -> None:
        """Put lines to write and choose in place of the texts."""
        if self.editor is not None:
            return
        self.editor = WordEditor(self.card.words, meanings, self)
        self.editor.saved.connect(
            lambda words, request: self.save_requested.emit(self.card.id, words, request)
        )
        self.editor.left.connect(self.end_editing)
        self._show_texts(False)
        self._grid.addWidget(self.editor, 0, 0, 1, 2)
        self.editor.show()
        self.editor.begin()

    def end_editing(self) -> None:
        """Show the texts again; the keyboard goes back to where the writing began."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_focus = any(stop.hasFocus() for stop in editor.stops)
        self._grid.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self._show_texts(True)
        if had_focus:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_texts(self, shown: bool) -> None:
        for one in (self._words, self._meaning, self._about, self._edit, self._delete):
            one.setVisible(shown)

    def _history(self) -> str:
        today = datetime.now().astimezone().date()
        learned = self.tr("Learned {time}").replace("{time}", _moment(self.card.learned_at, today))
        if self.card.used == 0:
            return f"{learned} · {self.tr('not used yet')}"
        last = _moment(self.card.used_at, today)
        used = (
            self.tr("used once, {time}")
            if self.card.used == 1
            else self.tr("used {count} times, last {time}")
        )
        return f"{learned} · {used.replace('{count}', str(self.card.used)).replace('{time}', last)}"

    def _button(self, name: str, picture: str) -> ElidingButton:
        button = ElidingButton("", self, icon(picture))
        button.setObjectName(name)
        button.setAutoDefault(False)
        press_with_enter(button)
        return button

    def _place_buttons(self) -> None:
        beside = self.width() >= self.fontMetrics().averageCharWidth() * LETTERS_BESIDE_BUTTONS
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.removeItem(self._buttons)
        self._grid.addLayout(self._buttons, *((0, 1) if beside else (1, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow text size and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place_buttons()
        elif event.type() == QEvent.Type.LanguageChange:
            self.show_card(self.card)


def _moment(at: str, today: date) -> str:
    return friendly_moment(datetime.fromisoformat(at).astimezone(), today)
