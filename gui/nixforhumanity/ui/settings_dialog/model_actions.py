"""The two things that can be asked of a language model in the settings: its models, and an example."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.choice_box import ChoiceBox
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.wrapped_label import WrappedLabel


class ModelActions(QWidget):
    """Each button is a "Stop" while the server is waited for; below it stands how it ended."""

    models_wanted = Signal()
    model_picked = Signal(str)
    trial_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._running: ElidingButton | None = None
        self._list = self._button("ask-for-models", self.models_wanted)
        self._models = ChoiceBox(self)
        self._models.setObjectName("models-of-the-server")
        self._models.activated.connect(lambda index: self._picked(index))
        self._models.hide()
        self._found = self._result("models-found")
        self._try = self._button("try-model", self.trial_wanted)
        self._tried = self._result("model-tried")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 14)
        layout.setSpacing(6)
        for widget in (self._list, self._models, self._found, self._try, self._tried):
            is_button = isinstance(widget, ElidingButton)
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading if is_button else Qt.AlignmentFlag(0))
        self._retranslate()

    def show_possible(self, *, models: bool, trial: bool) -> None:
        """Offer what can be done with the settings of now."""
        self._list.setEnabled(models)
        self._try.setEnabled(trial)
        if not models:
            self._models.hide()
            self._found.hide()
        if not trial:
            self._tried.hide()

    def show_running(self, *, trial: bool) -> None:
        """Show that the server is waited for; the button stops that."""
        self._running = self._try if trial else self._list
        self._say(self._tried if trial else self._found, self.tr("Waiting for the language model …"), "muted")
        self._retranslate()

    def show_ended(self) -> None:
        """Show that nothing is waited for any more."""
        self._running = None
        self._retranslate()

    def show_models(self, names: Sequence[str], chosen: str, text: str) -> None:
        """Offer the models of the server."""
        self._models.clear()
        self._models.addItem(self.tr("Choose a model"), "")
        for name in names:
            self._models.addItem(name, name)
        self._models.setCurrentIndex(max(0, self._models.findData(chosen)))
        self._models.setVisible(bool(names))
        self._say(self._found, text, "muted" if names else "danger")

    def show_models_problem(self, text: str) -> None:
        """Tell why there is no list."""
        self._models.hide()
        self._say(self._found, text, "danger")

    def show_trial(self, text: str, *, good: bool) -> None:
        """Tell how the example went."""
        self._say(self._tried, text, "success" if good else "danger")

    def _picked(self, index: int) -> None:
        if name := str(self._models.itemData(index)):
            self.model_picked.emit(name)

    def _say(self, label: WrappedLabel, text: str, tone: str) -> None:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)
        label.set_text(text)
        label.setVisible(bool(text))
        announce(self, text)

    def _button(self, name: str, wanted: object) -> ElidingButton:
        button = ElidingButton("", self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        press_with_enter(button)
        button.clicked.connect(lambda: self._pressed(button, wanted))
        return button

    def _pressed(self, button: ElidingButton, wanted: object) -> None:
        if self._running is not None:
            self.stop_wanted.emit()
        if self._running is not button:
            wanted.emit()  # type: ignore[attr-defined]

    def _result(self, name: str) -> WrappedLabel:
        label = WrappedLabel("", self)
        label.setObjectName(name)
        label.hide()
        return label

    def _retranslate(self) -> None:
        stop = self.tr("Stop")
        self._list.setText(stop if self._running is self._list else self.tr("Ask the server for its models"))
        self._try.setText(stop if self._running is self._try else self.tr("Try it"))
        self._models.setAccessibleName(self.tr("Models of the server"))

    def changeEvent(self, event: QEvent) -> None:
        """Change the language while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
