"""What is said aloud of a plan that runs: its phases and quarters, and now and then that it still goes on."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from nixforhumanity.ui.conversation.items import PlanItem, newest_progress, plan_fraction

STILL_SECONDS = 30
"""So long nothing was said of a plan whose end is not known: say that it still goes on."""
STILL_KNOWN_SECONDS = 120
"""The same, where it was said how far it is."""
PHASE_SECONDS = 5
"""Phases that follow each other faster than this are left out, but for the newest."""


class SpokenProgress(QObject):
    """Follows one plan at a time: the newest one that runs."""

    def __init__(self, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._item: PlanItem | None = None
        self._quarter = 0
        self._phase = ""
        """The phase that was said last."""
        self._began = self._said = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._due)

    def begin(self, item: PlanItem) -> None:
        """This plan runs from now on; that it has begun was just said."""
        self._item, self._quarter, self._phase = item, 0, ""
        self._began = self._said = monotonic()
        self._timer.start(STILL_SECONDS * 1000)

    def end(self) -> None:
        """Nothing more is to be said."""
        self._item = None
        self._timer.stop()

    def follow(self, item: PlanItem) -> None:
        """Say what is new, if it is the plan that is followed."""
        if self._item is None or self._item.key != item.key:
            return
        self._item = item
        fraction = plan_fraction(item)
        quarter = 0 if fraction is None else int(fraction * 4)
        if self._quarter < quarter < 4:
            self._quarter = quarter
            self._phase = self._newest_phase()
            self._tell(self.tr("{percent} percent").format(percent=quarter * 25))
        elif self._newest_phase() != self._phase:
            wait = PHASE_SECONDS - (monotonic() - self._said)
            if wait <= 0 or not self._phase:
                self._tell_phase()
            else:
                self._timer.start(round(wait * 1000))

    def _newest_phase(self) -> str:
        progress = None if self._item is None else newest_progress(self._item)
        return "" if progress is None else progress.phase

    def _words(self) -> str:
        progress = None if self._item is None else newest_progress(self._item)
        if progress is None or self._item is None:
            return ""
        # The numbers behind the words change all the time.
        return progress.text.split(" (")[0] or progress.phase or self._item.card.title

    def _tell_phase(self) -> None:
        self._phase = self._newest_phase()
        if self._phase:
            self._tell(self._words())
        else:
            self._timer.start(STILL_SECONDS * 1000)

    def _due(self) -> None:
        if self._item is None:
            return
        if self._newest_phase() != self._phase:
            self._tell_phase()
        else:
            what = self._words() or self._item.card.title
            self._tell(self.tr("Still going on: {what}, {time}").format(what=what, time=self._time()))

    def _time(self) -> str:
        seconds = round(monotonic() - self._began)
        if seconds < 60:
            return self.tr("{count} seconds").format(count=seconds)
        minutes = seconds // 60
        return self.tr("1 minute") if minutes == 1 else self.tr("{count} minutes").format(count=minutes)

    def _tell(self, words: str) -> None:
        self._said = monotonic()
        self._timer.start((STILL_KNOWN_SECONDS if self._quarter else STILL_SECONDS) * 1000)
        self._say(words)
