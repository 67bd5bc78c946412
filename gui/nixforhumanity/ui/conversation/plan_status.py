"""Where a plan stands: an icon, one sentence and, while it runs, a bar and its output."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from nixforhumanity.ui.conversation.busy_mark import BusyMark
from nixforhumanity.ui.conversation.items import PlanItem, newest_progress, plan_fraction
from nixforhumanity.ui.conversation.output_log import MOST_LINES, OutputLog
from nixforhumanity.ui.conversation.progress_line import ProgressLine
from nixforhumanity.ui.conversation.stack import IconLine, Stack
from nixforhumanity.ui.theme.palettes import body_points
from nixforhumanity.ui.theme.tokens import Space, TypeSize

_LOG_LINES = 9
_MARKS = {
    "waiting": ("question", "accent"),
    "queued": ("clock", "muted"),
    "running": ("", "accent"),
    "done": ("check-circle", "success"),
    "failed": ("error", "danger"),
    "stopped": ("stop", "warning"),
    "declined": ("close", "muted"),
    "expired": ("clock", "muted"),
    "interrupted": ("warning", "warning"),
}


class OutputView(QPlainTextEdit):
    """The end of the output, following it unless the person scrolled up."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setUndoRedoEnabled(False)
        self.setMaximumBlockCount(MOST_LINES)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setAccessibleName(self.tr("Output of the command"))
        self._log: OutputLog | None = None
        self._seen = 0

    def follow(self, log: OutputLog) -> None:
        """Show what is new in this log."""
        if log is not self._log:
            self._log, self._seen = log, 0
            self.clear()
        lines = log.since(self._seen)
        self._seen = log.count
        if lines:
            self.appendPlainText("\n".join(lines))

    def heightForWidth(self, width: int) -> int:
        """Always the same height, so that nothing moves when output comes."""
        return _LOG_LINES * self.fontMetrics().lineSpacing() + Space.LARGE

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def use_font(self, points: float) -> None:
        """Take the fixed font, for body text of so many points."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(points * TypeSize.CAPTION.value)
        if font != self.font():
            self.setFont(font)


class PlanStatus(Stack):
    """Keeps its height from the question to the result wherever the sentence allows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = IconLine("question", "accent")
        self.busy = BusyMark(parent=self.line)
        self.busy.hide()
        self.bar = ProgressLine()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.output = OutputView()
        self.output.hide()
        self.add(self.bar)
        self.add(self.line, Space.MEDIUM)
        self.add(self.output, Space.MEDIUM)
        self.output.use_font(body_points(self))

    def show_plan(self, item: PlanItem, output: str) -> None:
        """Show where this plan stands; `output` is the level's way of showing it: bar, phases or log."""
        state = item.card.state
        self.line.label.setText(self._sentence(item, output))
        self.line.mark.show_icon(*_MARKS[state])
        running = state == "running"
        self.busy.setVisible(running)
        fraction = plan_fraction(item) if running else None
        self.bar.show_fraction(fraction)
        wants_log = output == "log" and (running or item.output.count > 0)
        self.output.setVisible(wants_log)
        if wants_log:
            self.output.follow(item.output)
        self.arrange()

    def follow_output(self, item: PlanItem) -> None:
        """Show new output only."""
        if not self.output.isHidden():
            self.output.follow(item.output)

    def _sentence(self, item: PlanItem, output: str) -> str:
        state = item.card.state
        if state == "running" and (progress := newest_progress(item)) is not None:
            words = progress.text or item.card.state_text or self.tr("This is being done.")
            if output != "bar" and progress.phase and progress.phase not in words:
                return self.tr("{phase}: {sentence}").format(phase=progress.phase, sentence=words)
            return words
        if item.card.state_text:
            return item.card.state_text
        return {
            "waiting": self.tr("Nothing has been changed yet."),
            "queued": self.tr("This begins when the change before it has ended."),
            "running": self.tr("This is being done."),
            "done": self.tr("Done."),
            "failed": self.tr("This did not work."),
            "stopped": self.tr("Stopped."),
            "declined": self.tr("Not done. Nothing was changed."),
            "expired": self.tr(
                "This question is too old. Nothing was changed. Ask again if you still want it."
            ),
            "interrupted": self.tr("This was interrupted before it ended."),
        }[state]

    def arrange(self) -> None:
        """See Stack; the busy mark stands where the icon would."""
        super().arrange()
        self.busy.setGeometry(QRect(self.line.mark.geometry()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.output.use_font(body_points(self))
