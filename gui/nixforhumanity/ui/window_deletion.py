"""Deleting a conversation: it leaves the list at once, and is gone for good only a little later."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from nixforhumanity.ui.announcing import announce
from nixforhumanity.ui.banner import Banner, BannerButton

SECONDS_TO_UNDO = 20


class ConversationDeletion(QObject):
    """Holds the one conversation that is about to be deleted; a second one makes the first final."""

    changed = Signal()
    decided = Signal(str)
    """Delete this one for good."""

    def __init__(self, banner: Banner, title_of: Callable[[str], str]) -> None:
        super().__init__(banner)
        self._banner = banner
        self._title_of = title_of
        self._pending: str | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SECONDS_TO_UNDO * 1000)
        self._clock.timeout.connect(self.finish)
        banner.dismissed.connect(self.finish)

    @property
    def pending(self) -> frozenset[str]:
        """The conversations that are not to be listed."""
        return frozenset() if self._pending is None else frozenset({self._pending})

    def request(self, session_id: str) -> None:
        """Take it from the list, and offer to bring it back."""
        self.finish()
        title = self._title_of(session_id)
        self._pending = session_id
        text = self.tr("“{title}” is deleted.").replace("{title}", title)
        self._banner.tell(
            text, buttons=[BannerButton("undo-delete", self.tr("Bring it back"), self.take_back)]
        )
        announce(self._banner, text)
        self._clock.start()
        self.changed.emit()

    def take_back(self) -> None:
        """List it again."""
        self._end()
        self.changed.emit()

    def finish(self) -> None:
        """Delete it for good."""
        if (session_id := self._end()) is not None:
            self.decided.emit(session_id)

    def _end(self) -> str | None:
        pending, self._pending = self._pending, None
        self._clock.stop()
        self._banner.hide()
        return pending
