"""The optional language model: off at first; who gets what is sent, and exactly what that is."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.declarations import (
    LANGUAGE_MODEL_ADDRESS,
    LANGUAGE_MODEL_IN_THE_OPEN,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_ON,
    LANGUAGE_MODEL_SECONDS,
    SERVER_PLACE,
    AnySetting,
)
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.icon_label import IconLabel
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.settings_dialog.key_field import KeyField
from nixforhumanity.ui.settings_dialog.model_actions import ModelActions
from nixforhumanity.ui.settings_dialog.model_checks import (
    model_address_hint,
    model_name_hint,
    needs_permission,
    wrong_model_address,
)
from nixforhumanity.ui.settings_dialog.settings_page import READ_BY_KEYBOARD, SettingsPage
from nixforhumanity.ui.theme.icons import Ink
from nixforhumanity.ui.wrapped_label import WrappedLabel

SHOWN = (LANGUAGE_MODEL_ON, LANGUAGE_MODEL_ADDRESS, LANGUAGE_MODEL_NAME, LANGUAGE_MODEL_SECONDS)
REMOTE = "remote"
_SHOWN_LINES = 14


class LanguageModelPage(SettingsPage):
    """The state first; while it is off there is only the switch, and what would be sent."""

    def __init__(self, settings: Settings, words: Callable[[Message], str], parent: QWidget) -> None:
        super().__init__(
            SHOWN,
            settings,
            words,
            parent,
            checks={LANGUAGE_MODEL_ADDRESS.key: wrong_model_address},
            hints={
                LANGUAGE_MODEL_ADDRESS.key: model_address_hint,
                LANGUAGE_MODEL_NAME.key: model_name_hint,
            },
        )
        self.setObjectName("language-model-page")
        self._state_of: Callable[[], tuple[Message, bool]] | None = None
        self._example_of: Callable[[], str] | None = None
        self._state = QFrame(self.content)
        self._icon = IconLabel(self._state)
        self._sentence = WrappedLabel("", self._state)
        self._sentence.setObjectName("language-model-state")
        grid = QGridLayout(self._state)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(12)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._sentence, 0, 1)
        grid.setColumnStretch(1, 1)
        self._open = QCheckBox(self.content)
        self._open.setObjectName("language-model-in-the-open")
        self._open.clicked.connect(self._allow_in_the_open)
        self._open_help = WrappedLabel("", self.content, tone="warning")
        self._note = WrappedLabel("", self.content, tone="danger")
        self.asking = ModelActions(self.content)
        self.key = KeyField(self.content)
        self._what = WrappedLabel("", self.content, tone="muted")
        self._what.setObjectName("what-is-sent")
        self._show = ElidingButton("", self.content)
        self._show.setObjectName("show-what-is-sent")
        self._show.setCheckable(True)
        self._show.setAutoDefault(False)
        press_with_enter(self._show)
        self._show.toggled.connect(lambda _shown: self._show_example())
        self._example = QPlainTextEdit(self.content)
        self._example.setObjectName("exactly-what-is-sent")
        self._example.setReadOnly(True)
        self._example.setTabChangesFocus(True)
        self._example.setTextInteractionFlags(READ_BY_KEYBOARD)
        self._place_all()
        self._tab_as_seen()
        self._label_all()
        self.show_settings()

    def _place_all(self) -> None:
        rows, layout = self.rows, self.layout_
        layout.insertWidget(0, self._state)
        layout.insertSpacing(1, 8)
        first = layout.indexOf(rows[LANGUAGE_MODEL_ON.key]) + 1
        leading = Qt.AlignmentFlag.AlignLeading
        layout.insertWidget(first, self._what)
        layout.insertSpacing(first + 1, 6)
        layout.insertWidget(first + 2, self._show, 0, leading)
        layout.insertWidget(first + 3, self._example)
        layout.insertSpacing(first + 4, 8)
        after_address = layout.indexOf(rows[LANGUAGE_MODEL_ADDRESS.key]) + 1
        layout.insertWidget(after_address, self._open, 0, leading)
        layout.insertWidget(after_address + 1, self._open_help)
        layout.insertWidget(after_address + 2, self._note)
        layout.insertWidget(after_address + 3, self.key)
        layout.insertWidget(layout.indexOf(rows[LANGUAGE_MODEL_NAME.key]) + 1, self.asking)

    def _tab_as_seen(self) -> None:
        """Let Tab go from top to bottom, and not in the order in which things were made."""
        items = (self.layout_.itemAt(place) for place in range(self.layout_.count()))
        placed = [one.widget() for one in items if one is not None]
        kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
        stops = [
            one
            for widget in placed
            if widget is not None
            for one in (widget, *widget.findChildren(QWidget))
            if isinstance(one, kinds)
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def attach(self, state_of: Callable[[], tuple[Message, bool]], example_of: Callable[[], str]) -> None:
        """Take whom to ask for the state (and whether the model is ready), and for what is sent."""
        self._state_of, self._example_of = state_of, example_of
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is in force now."""
        super().show_settings()
        is_on = self.settings.get(LANGUAGE_MODEL_ON)
        typed = self.settings.get(LANGUAGE_MODEL_ADDRESS)
        in_the_open = needs_permission(typed) if is_on else None
        for widget in (self._open, self._open_help):
            widget.setVisible(in_the_open is not None)
        if in_the_open is not None:
            allowed = self.settings.get(LANGUAGE_MODEL_IN_THE_OPEN)
            self._open.setChecked(allowed == in_the_open.origin)
            self._open_help.set_text(self.words(message("model-page-open-help", host=in_the_open.place)))
        self.key.setVisible(is_on)
        self.asking.setVisible(is_on)
        self._note.hide()
        self._show_state(is_on=is_on)
        self._show_example()

    def applies(self, setting: AnySetting) -> bool:
        """While it is off nothing but the switch means anything."""
        return setting is LANGUAGE_MODEL_ON or self.settings.get(LANGUAGE_MODEL_ON)

    def _show_state(self, *, is_on: bool) -> None:
        state, ready = self._state_of() if self._state_of is not None else (message("model-page-off"), False)
        text = self.words(state if ready or not is_on else message("model-page-incomplete"))
        text = text if ready or not is_on else f"{text} {self.words(state)}"
        if self.settings.get(SERVER_PLACE) == REMOTE:
            text = f"{self.words(message('model-page-remote-assistant'))} {text}"
        if not is_on:
            self._icon.show_icon("information", Ink.MUTED)
        else:
            self._icon.show_icon(
                "check-circle" if ready else "warning", Ink.SUCCESS if ready else Ink.WARNING
            )
        self._sentence.set_text(text)

    def _show_example(self) -> None:
        shown = self._show.isChecked() and self._example_of is not None
        self._example.setVisible(shown)
        if shown and self._example_of is not None:
            self._example.setPlainText(self._example_of())
            self._example.setFixedHeight(self._example.fontMetrics().lineSpacing() * _SHOWN_LINES)

    def _allow_in_the_open(self, allowed: bool) -> None:
        address = needs_permission(self.settings.get(LANGUAGE_MODEL_ADDRESS))
        try:
            if allowed and address is not None:
                self.settings.set(LANGUAGE_MODEL_IN_THE_OPEN, address.origin)
            else:
                self.settings.reset(LANGUAGE_MODEL_IN_THE_OPEN)
        except UserError as error:
            self.show_settings()
            self._note.set_text(self.words(error.message))
            self._note.show()

    def _label_all(self) -> None:
        self._open.setText(self.words(message("model-page-open")))
        self._what.set_text(self.words(message("model-page-what")))
        self._show.setText(self.tr("Show exactly what is sent"))
        self._example.setAccessibleName(self.tr("Exactly what is sent"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._label_all()
            self.show_settings()
