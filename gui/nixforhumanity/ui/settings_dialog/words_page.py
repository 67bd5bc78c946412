"""The person's own words: what the assistant remembers of how they ask, to see, change and delete."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QScrollArea, QVBoxLayout, QWidget

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.own_words import Meaning, OwnPhraseCard, OwnWordsResponse
from nixforhumanity.settings.declarations import LEARN_WORDS, SERVER_PLACE
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.accessible_roles import use_role
from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.banner import Banner, BannerButton
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.word_row import WordRow
from nixforhumanity.ui.wrapped_label import WrappedLabel

ROWS_AT_A_TIME = 50
REMOTE = "remote"


class _Rows(QWidget):
    """The list."""


class _Content(QWidget):
    """What is scrolled: as high as it is at its width, not as it would be at its narrowest."""

    def minimumSizeHint(self) -> QSize:
        """Return the width that is needed; the height follows from the width."""
        return QSize(super().minimumSizeHint().width(), 0)


class WordsPage(QScrollArea):
    """Asks for the words when it is shown; changes nothing by itself."""

    reload_requested = Signal()
    learning_wanted = Signal(bool)
    edit_requested = Signal(int)
    save_requested = Signal(int, str, str)
    delete_requested = Signal(object)
    """The ids of the phrases."""
    restore_requested = Signal(object)

    def __init__(self, settings: Settings, words: Callable[[Message], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        use_role(_Rows, QAccessible.Role.List)
        self.setObjectName("words-page")
        self._words = words
        self._cards: Sequence[OwnPhraseCard] | None = None
        self._rows: dict[int, WordRow] = {}
        self._shown_rows = ROWS_AT_A_TIME
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = _Content(self)
        content.setObjectName("settings-page")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._learn = QCheckBox(content)
        self._learn.setObjectName("words.learn")
        self._learn.clicked.connect(lambda checked: self.learning_wanted.emit(bool(checked)))
        self._learn_help = WrappedLabel("", content, tone="muted")
        self._banner = Banner("words-banner", content)
        self._state = WrappedLabel("", content, tone="muted")
        self._state.setObjectName("words-state")
        self._list = _Rows(content)
        self._list_layout = QVBoxLayout(self._list)
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._list_layout.setSpacing(8)
        self._more = self._button("more-words", self._show_more)
        self._delete_all = self._button("delete-all-words", self._ask_delete_all)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (self._learn, self._learn_help, self._banner, self._state, self._list):
            layout.addWidget(widget)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._delete_all, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addStretch(1)
        self.setWidget(content)
        self._retranslate()

    def show_settings(self) -> None:
        """Say where the words are kept: with an assistant on another computer, there."""
        self._show_help()
        self._show_state()

    def show_words(self, response: OwnWordsResponse) -> None:
        """Show the phrases; what is being changed stays so, with the keyboard in it."""
        self._cards = response.phrases
        self._learn.setChecked(response.learning)
        self._learn.setEnabled(True)
        self._build()

    def show_connection(self, state: ConnectionState) -> None:
        """Read the words again once there is a connection: it may be another assistant."""
        if state.phase is ConnectionPhase.CONNECTED and self.isVisible():
            self.reload_requested.emit()

    def show_problem(self, problem: Message) -> None:
        """Say what did not work; what is shown stays, and can be read again."""
        text = self._words(problem)
        again = BannerButton("reload-words", self.tr("Try again"), self._reload)
        self._banner.tell(text, tone="error", buttons=[again])
        announce(self, text)

    def begin_editing(self, phrase_id: int, meanings: Sequence[Meaning]) -> None:
        """Let one phrase be changed."""
        row = self._rows.get(phrase_id)
        for other in self._rows.values():
            if other is not row:
                other.end_editing()
        if row is not None:
            row.begin_editing(meanings)
            self._order_keys()
            self.ensureWidgetVisible(row)

    def show_saved(self, card: OwnPhraseCard) -> None:
        """Show a phrase that was changed."""
        if (row := self._rows.get(card.id)) is not None:
            row.end_editing()
            row.show_card(card)
            self._order_keys()
            announce(self, row.accessibleName())

    def show_not_saved(self, phrase_id: int, problem: Message) -> None:
        """Say beside the line why a phrase cannot be like this."""
        row = self._rows.get(phrase_id)
        if row is not None and row.editor is not None:
            row.editor.show_problem(self._words(problem))
        else:
            self.show_problem(problem)

    def show_deleted(self, cards: Sequence[OwnPhraseCard]) -> None:
        """Say what was deleted, and offer to bring it back; the keyboard goes there."""
        if len(cards) == 1:
            text = self.tr("“{words}” is deleted.").replace("{words}", cards[0].words)
        else:
            text = self.tr("{count} phrases are deleted.").replace("{count}", str(len(cards)))
        ids = [one.id for one in cards]
        back = BannerButton("restore-words", self.tr("Bring back"), lambda: self._restore(ids))
        self._banner.tell(text, buttons=[back])
        announce(self, text)
        self._give_keyboard("restore-words")

    def cards_of(self, ids: Sequence[int]) -> list[OwnPhraseCard]:
        """Return what is shown of these phrases."""
        return [one for one in self._cards or () if one.id in ids]

    # --- what is pressed ------------------------------------------------------------------------------

    def _ask_delete_all(self) -> None:
        cards = list(self._cards or ())
        text = self.tr("Delete all {count} phrases? Then I ask again what they mean.")
        ids = [one.id for one in cards]
        buttons = [
            BannerButton("keep-all-words", self.tr("Keep them"), self._keep_all),
            BannerButton("delete-all-really", self.tr("Yes, delete all"), lambda: self._delete(ids)),
        ]
        said = text.replace("{count}", str(len(cards)))
        self._banner.tell(said, tone="warning", buttons=buttons)
        announce(self, said)
        self._give_keyboard("keep-all-words")

    def _keep_all(self) -> None:
        self._banner.hide()
        self._delete_all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self, ids: list[int]) -> None:
        self._banner.hide()
        self.delete_requested.emit(ids)

    def _restore(self, ids: list[int]) -> None:
        self._banner.hide()
        self._learn.setFocus(Qt.FocusReason.OtherFocusReason)
        self.restore_requested.emit(ids)

    def _reload(self) -> None:
        self._banner.hide()
        self.reload_requested.emit()

    def _show_more(self) -> None:
        first = self._shown_rows
        self._shown_rows += ROWS_AT_A_TIME
        self._build()
        rows = list(self._rows.values())
        if first < len(rows):
            rows[first].stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_keyboard(self, name: str) -> None:
        button = self._banner.findChild(QAbstractButton, name)
        if button is not None:
            self.ensureWidgetVisible(self._banner)
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown --------------------------------------------------------------------------------

    def _build(self) -> None:
        cards = list(self._cards or ())[: self._shown_rows]
        old, self._rows = self._rows, {}
        while self._list_layout.takeAt(0) is not None:
            pass
        for card in cards:
            row = old.pop(card.id, None) or self._row(card)
            if row.card != card:
                row.show_card(card)
            self._rows[card.id] = row
            self._list_layout.addWidget(row)
            row.show()
        for gone in old.values():
            gone.hide()
            gone.deleteLater()
        self._more.setVisible(len(self._cards or ()) > self._shown_rows)
        self._delete_all.setVisible(bool(self._cards))
        self._list.setVisible(bool(self._rows))
        self._show_state()
        self._order_keys()

    def _row(self, card: OwnPhraseCard) -> WordRow:
        row = WordRow(card, self._list)
        row.edit_requested.connect(self.edit_requested)
        row.save_requested.connect(self.save_requested)
        row.delete_requested.connect(lambda phrase_id: self._delete([phrase_id]))
        return row

    def _show_state(self) -> None:
        if self._cards is None:
            text = self.tr("Reading your words …")
        elif not self._cards:
            text = self.tr(
                "No words of your own yet. When I do not understand you, say what you meant, for example"
                " “I meant install VLC”, or pick one of my suggestions. I remember your first words then,"
                " and understand them the next time."
            )
            there = self.tr("They are kept on the other computer, where the assistant runs.")
            text = f"{text} {there if self._is_remote() else self.tr('They stay on this computer.')}"
        else:
            text = self.tr(
                "A name in the words can be another one: “pop VLC on here” is also “pop GIMP on here”."
            )
        self._state.set_text(text)

    def _show_help(self) -> None:
        remote = message("setting-words-learn-help-remote")
        text = self._words(remote if self._is_remote() else LEARN_WORDS.help)
        self._learn.setAccessibleDescription(text)
        self._learn_help.set_text(text)

    def _is_remote(self) -> bool:
        return self._settings.get(SERVER_PLACE) == REMOTE

    def _order_keys(self) -> None:
        stops = [stop for row in self._rows.values() for stop in row.stops]
        banner = self._banner.findChildren(QAbstractButton)
        for one, following in pairwise([self._learn, *banner, *stops, self._more, self._delete_all]):
            QWidget.setTabOrder(one, following)

    def _button(self, name: str, press: Callable[[], None]) -> ElidingButton:
        button = ElidingButton("", self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(press)
        press_with_enter(button)
        button.hide()
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what there is now."""
        super().showEvent(event)
        if not event.spontaneous():
            self._learn.setEnabled(self._cards is not None)
            self.reload_requested.emit()

    def _retranslate(self) -> None:
        self._learn.setText(self._words(LEARN_WORDS.label))
        self._learn.setAccessibleName(self._words(LEARN_WORDS.label))
        self._show_help()
        self._list.setAccessibleName(self.tr("My words"))
        self._more.setText(self.tr("Show more"))
        self._delete_all.setText(self.tr("Delete all"))
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
