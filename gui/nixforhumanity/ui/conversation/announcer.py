"""Decides what of a conversation is worth saying aloud: begins, ends, questions, results; not each word."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.conversation.accessibility import announce
from nixforhumanity.ui.conversation.items import (
    ENDED_STATES,
    MessageItem,
    MessageKind,
    PlanItem,
    plan_fraction,
)
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_text

LONGEST_SPOKEN = 600
"""Characters of an answer that are said when it is finished; the rest is in the list."""


class Announcer(QObject):
    """Listens to the model."""

    announced = Signal(str)

    def __init__(self, model: TranscriptModel, widget: QWidget) -> None:
        super().__init__(widget)
        self._model = model
        self._widget = widget
        self._quarters: dict[int, int] = {}
        self.quiet = False
        """While a past conversation is replayed."""
        model.answer_started.connect(self._started)
        model.answer_finished.connect(self._finished)
        model.permission_asked.connect(self._asked)
        model.plan_state_changed.connect(self._changed)
        model.progress_changed.connect(self._progressed)
        model.cleared.connect(self._quarters.clear)

    def _say(self, text: str, *, urgent: bool = False) -> None:
        if not self.quiet and text:
            self.announced.emit(text)
            announce(self._widget, text, urgent=urgent)

    def _started(self, index: int) -> None:
        item = self._model.item(index)
        if isinstance(item, MessageItem) and item.kind is not MessageKind.ERROR:
            self._say(self.tr("The answer begins."))

    def _finished(self, index: int) -> None:
        item = self._model.item(index)
        assert isinstance(item, MessageItem)
        text = plain_text(visible_text(item.text))[:LONGEST_SPOKEN]
        if not text:
            return  # only buttons: the card has said how it ended
        if item.kind is MessageKind.ERROR:
            self._say(self.tr("Error: {text}").format(text=text), urgent=True)
        else:
            self._say(self.tr("Answer: {text}").format(text=text))

    def _asked(self, index: int) -> None:
        card = self._plan(index).card
        warnings = " ".join(card.warnings)
        words = self.tr("Your decision is needed. {title}. {sentence} {costs} {undo} {warnings}")
        costs = " ".join(card.costs)
        said = words.format(
            title=card.title, sentence=card.sentence, costs=costs, undo=card.undo, warnings=warnings
        )
        self._say(" ".join(said.split()))

    def _changed(self, index: int) -> None:
        card = self._plan(index).card
        if card.state == "running":
            self._quarters[index] = 0
            self._say(self.tr("Begun: {title}").format(title=card.title))
        elif card.state in ENDED_STATES:
            failed = card.state in ("failed", "interrupted")
            self._say(card.state_text or self._ended(card.state), urgent=failed)

    def _ended(self, state: str) -> str:
        return {
            "done": self.tr("Done."),
            "failed": self.tr("This did not work."),
            "stopped": self.tr("Stopped."),
            "declined": self.tr("Not done. Nothing was changed."),
            "expired": self.tr("The question is too old."),
            "interrupted": self.tr("This was interrupted."),
        }[state]

    def _progressed(self, index: int) -> None:
        fraction = plan_fraction(self._plan(index))
        if fraction is None:
            return
        quarter = int(fraction * 4)
        if quarter > self._quarters.get(index, 0) and quarter < 4:
            self._quarters[index] = quarter
            self._say(self.tr("{percent} percent").format(percent=quarter * 25))

    def _plan(self, index: int) -> PlanItem:
        item = self._model.item(index)
        assert isinstance(item, PlanItem)
        return item
