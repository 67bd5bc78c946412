"""The text cursor stops blinking after a while, so that an idle window lets the computer sleep."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from nixforhumanity.ui.theme.appearance import appearance_of

BLINKS_FOR_MS = 10_000


class QuietCursor(QObject):
    """Watches one text input: keys and focus let the cursor blink again; less movement: it never does."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self._usual_ms = QApplication.styleHints().cursorFlashTime()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(BLINKS_FOR_MS)
        self._rest.timeout.connect(lambda: QApplication.setCursorFlashTime(0))
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to blink anew; the event goes on as it was."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.FocusIn}:
            application = QApplication.instance()
            still = isinstance(application, QApplication) and appearance_of(application).reduced_motion
            QApplication.setCursorFlashTime(0 if still else self._usual_ms)
            self._rest.start()
        return False
