"""Decides what of a conversation is worth saying aloud: begins, ends, questions, results; not each word."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.conversation.items import (
    ENDED_STATES,
    Item,
    MessageItem,
    MessageKind,
    PlanItem,
    Role,
)
from nixforhumanity.ui.conversation.spoken_progress import SpokenProgress
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_text

LONGEST_SPOKEN = 600
"""Characters of an answer that are said when it is finished; the rest is in the list."""
BEGINS_AFTER_MS = 400
"""An answer that is whole sooner than this is said at once: that it begins is no news."""
MOST_NEWS = 3
"""More than so many news after a break in the connection are only counted."""


class Announcer(QObject):
    """Listens to the model."""

    announced = Signal(str)

    def __init__(self, model: TranscriptModel, widget: QWidget) -> None:
        super().__init__(widget)
        self._model = model
        self._widget = widget
        self._progress = SpokenProgress(self._say, self)
        self._quiet = False
        self._known: dict[str, str] = {}
        """What was said already of this conversation: of each answer and plan, its state."""
        self._begins = QTimer(self)
        self._begins.setSingleShot(True)
        self._begins.setInterval(BEGINS_AFTER_MS)
        self._begins.timeout.connect(lambda: self._say(self.tr("The answer begins.")))
        model.answer_started.connect(self._started)
        model.answer_finished.connect(self._finished)
        model.permission_asked.connect(self._asked)
        model.plan_state_changed.connect(self._changed)
        model.progress_changed.connect(lambda index: self._progress.follow(self._plan(index)))
        model.cleared.connect(self._forget)

    # --- a conversation that comes again ----------------------------------------------------------------

    def begin_replay(self, *, known: bool) -> None:
        """What comes until `end_replay` is old; `known`: it is the conversation that was heard before."""
        self._quiet = True
        if not known:
            self._known.clear()

    def end_replay(self, title: str | None) -> None:
        """Say which conversation this is; None: it is known, say only what is new in it, if anything is."""
        self._quiet = False
        if title is not None:
            self._note_all()
            count = sum(isinstance(one, MessageItem) and bool(one.text) for one in self._model.items)
            self._say(self._summary(title, count))
        else:
            news = [words for item in self._model.items if (words := self._news(item))]
            self._note_all()
            if len(news) > MOST_NEWS:
                self._say(self.tr("{count} new messages").format(count=len(news)))
            for words in news[-1:] if len(news) > MOST_NEWS else news:
                self._say(words)
        if (index := self._model.running_plan()) is not None:
            self._progress.begin(self._plan(index))
        if (index := self._model.latest_plan(waiting=True)) is not None:
            self._ask_aloud(index)

    def _summary(self, title: str, count: int) -> str:
        if not count:
            return title
        messages = self.tr("1 message") if count == 1 else self.tr("{count} messages").format(count=count)
        return self.tr("Conversation {title}, {messages}").format(title=title, messages=messages)

    def _news(self, item: Item) -> str:
        key, state = _mark(item)
        if not state or self._known.get(key) == state:
            return ""
        if isinstance(item, PlanItem):
            if state == "running":
                return self.tr("Begun: {title}").format(title=item.card.title)
            return self._ended_words(item) if state in ENDED_STATES else ""
        return self._answer_words(item)

    def _note_all(self) -> None:
        for item in self._model.items:
            self._note(item)

    def _note(self, item: Item) -> None:
        key, state = _mark(item)
        if state:
            self._known[key] = state

    def _forget(self) -> None:
        self._begins.stop()
        self._progress.end()

    # --- news -------------------------------------------------------------------------------------------

    def _say(self, text: str, *, urgent: bool = False) -> None:
        if not self._quiet and text:
            self.announced.emit(text)
            announce(self._widget, text, urgent=urgent)

    def _started(self, index: int) -> None:
        item = self._model.item(index)
        if not self._quiet and isinstance(item, MessageItem) and item.kind is not MessageKind.ERROR:
            self._begins.start()

    def _finished(self, index: int) -> None:
        self._begins.stop()
        item = self._model.item(index)
        assert isinstance(item, MessageItem)
        if not self._quiet:
            self._note(item)
        # Only buttons, no words: the card has said how it ended.
        self._say(self._answer_words(item), urgent=item.kind is MessageKind.ERROR)

    def _answer_words(self, item: MessageItem) -> str:
        text = plain_text(visible_text(item.text))[:LONGEST_SPOKEN]
        if not text:
            return ""
        words = self.tr("Error: {text}") if item.kind is MessageKind.ERROR else self.tr("Answer: {text}")
        return words.format(text=text)

    def _asked(self, index: int) -> None:
        if not self._quiet:
            self._ask_aloud(index)

    def _ask_aloud(self, index: int) -> None:
        item = self._plan(index)
        card, key = item.card, f"asked {item.card.plan_id}"
        content = "\n".join([card.hash, *card.costs, *card.warnings])
        if self._known.get(key) == content:
            return  # asked again after a break in the connection
        self._known[key] = content
        warnings = " ".join(card.warnings)
        words = self.tr("Your decision is needed. {title}. {sentence} {costs} {undo} {warnings}")
        costs = " ".join(card.costs)
        said = words.format(
            title=card.title, sentence=card.sentence, costs=costs, undo=card.undo, warnings=warnings
        )
        self._say(" ".join(said.split()))

    def _changed(self, index: int) -> None:
        item = self._plan(index)
        if self._quiet:
            return
        self._note(item)
        state = item.card.state
        if state != "waiting":
            self._known.pop(f"asked {item.card.plan_id}", None)
        if state == "running":
            self._say(self.tr("Begun: {title}").format(title=item.card.title))
            self._progress.begin(item)
        elif state in ENDED_STATES:
            self._progress.end()
            self._say(self._ended_words(item), urgent=state in ("failed", "interrupted"))

    def _ended_words(self, item: PlanItem) -> str:
        return (
            item.card.state_text
            or {
                "done": self.tr("Done."),
                "failed": self.tr("This did not work."),
                "stopped": self.tr("Stopped."),
                "declined": self.tr("Not done. Nothing was changed."),
                "expired": self.tr("The question is too old."),
                "interrupted": self.tr("This was interrupted."),
            }[item.card.state]
        )

    def _plan(self, index: int) -> PlanItem:
        item = self._model.item(index)
        assert isinstance(item, PlanItem)
        return item


def _mark(item: Item) -> tuple[str, str]:
    """Return what an item is known by, and its state; no state: nothing of it is to be said."""
    if isinstance(item, PlanItem):
        return f"plan {item.card.plan_id}", item.card.state
    whole = item.role is Role.ASSISTANT and not item.streaming and item.text
    return f"answer {item.message_id}", item.text[:LONGEST_SPOKEN] if whole else ""
