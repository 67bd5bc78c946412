"""Asks what is to become of a change that still runs when the window is closed."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QPushButton

from nixforhumanity.ui.conversation.visible_text import without_marks
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.session_controller import SessionController

STOPPING_SECONDS = 10
"""How long the window stays for what was stopped to be settled."""


class Closing(QObject):
    """Decides whether the window may close, and closes it later when it may not yet."""

    def __init__(self, window: MainWindow, controller: SessionController) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._question: QMessageBox | None = None
        self._finish: QPushButton | None = None
        self._stop: QPushButton | None = None
        self._stopping = QTimer(self)
        self._stopping.setSingleShot(True)
        self._stopping.setInterval(STOPPING_SECONDS * 1000)
        self._stopping.timeout.connect(window.close_at_once)
        controller.changes.changed = self._changes_changed
        window.may_close = self.may_close

    def may_close(self) -> bool:
        """Return whether the window may close at once; asks when a change of its own is under way."""
        if not self._controller.changes.go_on:
            return True
        if self._question is None:
            self._ask()
        return False

    def _ask(self) -> None:
        question = QMessageBox(self._window)
        question.setObjectName("closing")
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("Close the window?"))
        role = QMessageBox.ButtonRole
        self._finish = question.addButton(self.tr("&Let it finish"), role.AcceptRole)
        self._finish.setObjectName("closing-finish")
        self._stop = question.addButton(self.tr("&Stop it"), role.DestructiveRole)
        self._stop.setObjectName("closing-stop")
        keep = question.addButton(self.tr("&Keep the window open"), role.RejectRole)
        keep.setObjectName("closing-keep")
        question.setDefaultButton(self._finish)
        question.setEscapeButton(keep)
        question.setText(self._text())
        question.setInformativeText(
            self.tr("It can go on without the window. What became of it is shown when you come back.")
        )
        question.finished.connect(self._answered)
        self._question = question
        question.open()

    def _text(self) -> str:
        changes = self._controller.changes.all
        if len(changes) != 1:
            return self.tr("{count} changes have not ended yet.").replace("{count}", str(len(changes)))
        words = (
            self.tr("“{title}” still waits for its turn.")
            if changes[0].queued
            else self.tr("“{title}” is still going on.")
        )
        return words.replace("{title}", changes[0].title)

    def _ended_text(self) -> str:
        ended = self._controller.changes.last_ended
        if ended is None:
            return self.tr("It has ended now.")
        words = {
            "done": self.tr("“{title}” has ended: it is done."),
            "failed": self.tr("“{title}” has ended: it did not work."),
            "stopped": self.tr("“{title}” has ended: it was stopped."),
        }.get(ended.state, self.tr("“{title}” has ended."))
        said = words.replace("{title}", without_marks(ended.title))
        return "\n".join(part for part in (said, without_marks(ended.text)) if part)

    def _answered(self) -> None:
        question, self._question = self._question, None
        if question is None:
            return
        pressed = question.clickedButton()
        question.deleteLater()
        if pressed is self._finish:
            self._window.close_at_once()
        elif pressed is self._stop:
            self._controller.changes.stop()
            self._stopping.start()

    def _changes_changed(self) -> None:
        if self._controller.changes.all:
            if self._question is not None:
                self._question.setText(self._text())
        elif self._stopping.isActive():
            self._stopping.stop()
            self._window.close_at_once()
        elif self._question is not None and self._finish is not None and self._stop is not None:
            self._question.setText(self._ended_text())
            self._question.setInformativeText("")
            self._finish.setText(self.tr("&Close the window"))
            self._stop.hide()
