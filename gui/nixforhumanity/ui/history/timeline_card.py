"""One row of the history: what happened, what differs, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, QTime, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nixforhumanity.protocol.cards import GenerationCard, JournalEntry, PackageChange
from nixforhumanity.ui.history.timeline import TimelineRow
from nixforhumanity.ui.theme.icons import Ink, icon

MOST_PACKAGES = 6
_STATE_ICONS = {
    "running": ("clock", Ink.ACCENT),
    "done": ("check-circle", Ink.SUCCESS),
    "failed": ("error", Ink.DANGER),
    "stopped": ("stop", Ink.WARNING),
    "interrupted": ("warning", Ink.WARNING),
    "undone": ("undo", Ink.MUTED),
}


class TimelineCard(QFrame):
    """Texts can be selected and copied; the button names what it goes back from or to."""

    undo_requested = Signal(int)
    go_back_requested = Signal(int)

    def __init__(self, row: TimelineRow, *, with_commands: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline-card")
        self._row = row
        self._with_commands = with_commands
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(12)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(3)
        if isinstance(row.happened, JournalEntry):
            name, ink = _STATE_ICONS[row.happened.state]
            self._add_icon(layout, name, ink)
            layout.addLayout(self._texts, 1)
            self._show_entry(row.happened, layout)
        else:
            self._add_icon(layout, "package", Ink.MUTED)
            layout.addLayout(self._texts, 1)
            self._show_generation(row.happened, layout)

    def _show_entry(self, entry: JournalEntry, layout: QHBoxLayout) -> None:
        self.setAccessibleName(entry.title)
        self._add_title(entry.title, self._entry_state(entry))
        if entry.state_text:
            self._add_text(entry.state_text)
        self._add_packages(entry.packages)
        if self._with_commands and entry.commands:
            self._add_text("\n".join(entry.commands), tone="muted")
        if entry.can_undo:
            button = self._add_button(layout, self.tr("Undo"), f"undo-{entry.entry_id}", "undo")
            button.setAccessibleName(self.tr("Undo: {title}").replace("{title}", entry.title))
            button.clicked.connect(lambda: self.undo_requested.emit(entry.entry_id))
        elif entry.undo_reason and entry.state != "undone":
            self._add_text(entry.undo_reason, tone="muted")

    def _show_generation(self, generation: GenerationCard, layout: QHBoxLayout) -> None:
        title = self.tr("Generation {number}").replace("{number}", str(generation.number))
        self.setAccessibleName(title)
        self._add_title(title, self.tr("in use now") if generation.current else "")
        if generation.packages:
            self._add_packages(generation.packages)
        else:
            self._add_text(self.tr("No program is different from the generation before."), tone="muted")
        if not generation.current:
            button = self._add_button(
                layout, self.tr("Go back here"), f"go-back-{generation.number}", "history"
            )
            words = self.tr("Go back to generation {number}").replace("{number}", str(generation.number))
            button.setAccessibleName(words)
            button.setToolTip(self.tr("Shows what would change. Nothing happens before you agree."))
            button.clicked.connect(lambda: self.go_back_requested.emit(generation.number))

    def _entry_state(self, entry: JournalEntry) -> str:
        return {
            "running": self.tr("running"),
            "done": "",
            "failed": self.tr("failed"),
            "stopped": self.tr("stopped"),
            "interrupted": self.tr("interrupted"),
            "undone": self.tr("undone"),
        }[entry.state]

    def _add_icon(self, layout: QHBoxLayout, name: str, ink: Ink) -> None:
        picture = QLabel(self)
        side = self.fontMetrics().height() + 4
        picture.setPixmap(icon(name, ink).pixmap(QSize(side, side), self.devicePixelRatioF()))
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)

    def _add_title(self, title: str, state: str) -> None:
        time = QLocale().toString(
            QTime(self._row.at.hour, self._row.at.minute), QLocale.FormatType.ShortFormat
        )
        label = self._add_text(title)
        label.setProperty("weight", "strong")
        self._add_text(" · ".join(part for part in (time, state) if part), tone="muted").setProperty(
            "type", "caption"
        )

    def _add_text(self, text: str, tone: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if tone:
            label.setProperty("tone", tone)
        self._texts.addWidget(label)
        return label

    def _add_packages(self, packages: Sequence[PackageChange]) -> None:
        lines = [self._package_line(one) for one in packages[:MOST_PACKAGES]]
        if len(packages) > MOST_PACKAGES:
            lines.append(self.tr("and {count} more").replace("{count}", str(len(packages) - MOST_PACKAGES)))
        if lines:
            label = self._add_text("\n".join(lines))
            label.setToolTip("\n".join(self._package_line(one) for one in packages[:60]))

    def _package_line(self, package: PackageChange) -> str:
        if package.before is None:
            words = self.tr("Added: {name} {after}")
        elif package.after is None:
            words = self.tr("Removed: {name} {before}")
        else:
            words = self.tr("Changed: {name} {before} → {after}")
        return (
            words.replace("{name}", package.name)
            .replace("{before}", package.before or "")
            .replace("{after}", package.after or "")
            .rstrip()
        )

    def _add_button(self, layout: QHBoxLayout, text: str, name: str, icon_name: str) -> QPushButton:
        button = QPushButton(icon(icon_name), text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        if self.window().width() < self.fontMetrics().averageCharWidth() * 75:
            self._texts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button
