"""One row of the history: what happened, what differs, and the ways back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from nixforhumanity.protocol.cards import GenerationCard, JournalEntry, PackageChange
from nixforhumanity.ui.accessible_roles import use_role
from nixforhumanity.ui.conversation.visible_text import without_marks
from nixforhumanity.ui.eliding_button import ElidingButton
from nixforhumanity.ui.flow_layout import FlowLayout
from nixforhumanity.ui.friendly_dates import friendly_moment, friendly_time
from nixforhumanity.ui.history.timeline import TimelineRow
from nixforhumanity.ui.icon_label import IconLabel
from nixforhumanity.ui.pressing import press_with_enter
from nixforhumanity.ui.theme.icons import Ink, icon
from nixforhumanity.ui.wrapped_label import WrappedLabel

MOST_PACKAGES = 6
LETTERS_BESIDE_BUTTONS = 68
"""With less room than for so many letters the buttons stand below the text."""
_STATE_ICONS = {
    "running": ("clock", Ink.ACCENT),
    "done": ("check-circle", Ink.SUCCESS),
    "failed": ("error", Ink.DANGER),
    "stopped": ("stop", Ink.WARNING),
    "interrupted": ("warning", Ink.WARNING),
    "undone": ("undo", Ink.MUTED),
}


@dataclass(frozen=True, slots=True)
class CardLook:
    """How rows are shown: what the level opens, and which day it is."""

    today: date
    with_commands: bool = False
    everyday_words: bool = True
    """Say whose generation it is, and from when."""


class TimelineCard(QFrame):
    """Texts can be selected and copied; each button names what it takes back or goes back to."""

    undo_requested = Signal(int)
    go_back_requested = Signal(int)

    def __init__(self, row: TimelineRow, look: CardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        use_role(TimelineCard, QAccessible.Role.ListItem)
        self.setObjectName("timeline-card")
        self.row = row
        self._look = look
        self._icon = IconLabel(self)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(4)
        self._buttons = FlowLayout(gap=8)
        self._beside: bool | None = None
        self.buttons: list[ElidingButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 14, 14, 14)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._texts, 0, 1)
        if row.entry is not None:
            self._show_entry(row.entry)
        elif row.generation is not None:
            self._show_generation(row.generation)
        self._place_buttons()

    def shows(self, row: TimelineRow, look: CardLook) -> bool:
        """Tell whether this card looks already as a card of that row would."""
        return self.row == row and self._look == look

    def _show_entry(self, entry: JournalEntry) -> None:
        self._icon.show_icon(*_STATE_ICONS[entry.state])
        made = self.row.generation
        self._add_title(without_marks(entry.title), self._entry_state(entry), self._in_use(made))
        if self._tells_more(entry):
            self._add_text(without_marks(entry.state_text))
        self._add_packages(self.row.packages)
        if self._look.with_commands and entry.commands:
            self._add_text("\n".join(entry.commands), tone="muted")
        if made is not None:
            self._add_caption(self._made_words(made))
        if made is not None and not made.current:
            self._add_go_back(made)
        if entry.can_undo:
            button = self._add_button(self.tr("Undo"), f"undo-{entry.entry_id}", "undo")
            button.setAccessibleName(self.tr("Undo: {title}").replace("{title}", without_marks(entry.title)))
            button.set_help(self.tr("Shows what would change. Nothing happens before you agree."))
            button.clicked.connect(lambda: self.undo_requested.emit(entry.entry_id))
        elif entry.undo_reason and entry.state != "undone":
            self._add_caption(without_marks(entry.undo_reason))

    def _show_generation(self, generation: GenerationCard) -> None:
        self._icon.show_icon("package", Ink.MUTED)
        self._add_title(self._generation_title(generation), self._in_use(generation))
        if self.row.packages:
            self._add_packages(self.row.packages)
        else:
            self._add_text(self._nothing_differs(), tone="muted")
        if not generation.current:
            self._add_go_back(generation)

    # --- words ---------------------------------------------------------------------------------------

    def _entry_state(self, entry: JournalEntry) -> str:
        return {
            "running": self.tr("running"),
            "done": "",
            "failed": self.tr("failed"),
            "stopped": self.tr("stopped"),
            "interrupted": self.tr("interrupted"),
            "undone": self.tr("undone"),
        }[entry.state]

    def _tells_more(self, entry: JournalEntry) -> bool:
        """Tell whether the words about how it ended are of use: what was undone holds no more."""
        if entry.state == "undone" or not entry.state_text:
            return False
        return entry.state != "done" or not self.row.packages

    def _in_use(self, generation: GenerationCard | None) -> str:
        return self.tr("in use now") if generation is not None and generation.current else ""

    def _generation_title(self, generation: GenerationCard) -> str:
        if self._look.everyday_words:
            words = self.tr("Generation {number} of your programs, from {time}")
        else:
            words = self.tr("Generation {number}")
        return self._filled(words, generation)

    def _made_words(self, generation: GenerationCard) -> str:
        if self._look.everyday_words:
            words = self.tr("Since then: generation {number} of your programs")
        else:
            words = self.tr("Made generation {number}")
        return self._filled(words, generation)

    def _nothing_differs(self) -> str:
        if self._look.everyday_words:
            return self.tr("The programs are the same as in the generation before.")
        return self.tr("No program is different from the generation before.")

    def _filled(self, words: str, generation: GenerationCard) -> str:
        moment = friendly_moment(self.row.at, self._look.today)
        return words.replace("{number}", str(generation.number)).replace("{time}", moment)

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

    # --- parts ---------------------------------------------------------------------------------------

    def _add_title(self, title: str, *states: str) -> None:
        said = self.row.entry is None and self._look.everyday_words
        time = "" if said else friendly_time(self.row.at)  # the title of a state tells its time
        about = " · ".join(part for part in (time, *states) if part)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self._add_text(title).setProperty("weight", "strong")
        if about:
            self._add_caption(about)

    def _add_text(self, text: str, tone: str = "") -> WrappedLabel:
        label = WrappedLabel(text, self, tone=tone)
        self._texts.addWidget(label)
        return label

    def _add_caption(self, text: str) -> None:
        self._add_text(text, tone="muted").setProperty("type", "caption")

    def _add_packages(self, packages: Sequence[PackageChange]) -> None:
        lines = [self._package_line(one) for one in packages[:MOST_PACKAGES]]
        if len(packages) > MOST_PACKAGES:
            lines.append(self.tr("and {count} more").replace("{count}", str(len(packages) - MOST_PACKAGES)))
        if lines:
            label = self._add_text("\n".join(lines))
            if len(packages) > MOST_PACKAGES:
                label.setToolTip("\n".join(self._package_line(one) for one in packages[:60]))

    def _add_go_back(self, generation: GenerationCard) -> None:
        button = self._add_button(self.tr("Go back here"), f"go-back-{generation.number}", "history")
        if self._look.everyday_words:
            words = self.tr("Go back to generation {number} of your programs, from {time}")
        else:
            words = self.tr("Go back to generation {number}")
        button.setAccessibleName(self._filled(words, generation))
        button.set_help(self.tr("Shows what would change. Nothing happens before you agree."))
        button.clicked.connect(lambda: self.go_back_requested.emit(generation.number))

    def _add_button(self, text: str, name: str, icon_name: str) -> ElidingButton:
        button = ElidingButton(f" {text}", self, icon(icon_name))
        button.setObjectName(name)
        button.setAutoDefault(False)
        press_with_enter(button)
        self._buttons.addWidget(button)
        self.buttons.append(button)
        return button

    def _place_buttons(self) -> None:
        beside = self.width() >= self.fontMetrics().averageCharWidth() * LETTERS_BESIDE_BUTTONS
        if beside == self._beside or not self.buttons:
            return
        self._beside = beside
        self._grid.removeItem(self._buttons)
        self._grid.addLayout(self._buttons, *((0, 2) if beside else (1, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place_buttons()
