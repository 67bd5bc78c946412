"""What exactly a plan does: packages, what goes for good, commands, files, and the explanation."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.disclosure_button import DisclosureButton
from nixforhumanity.ui.conversation.items import ENDED_STATES, PlanItem
from nixforhumanity.ui.conversation.plan_facts import spoken_label
from nixforhumanity.ui.conversation.stack import IconLine, Stack, text_label
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.conversation.visible_text import visible_command, visible_text
from nixforhumanity.ui.theme.palettes import colours_of
from nixforhumanity.ui.theme.tokens import Space

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import FileChange, PackageChange, PlanCard

MOST_PACKAGE_LINES = 12
"""More changes than these are shown in a box that scrolls."""


class Tense(Enum):
    """How the changes are spoken of."""

    COMING = "coming"
    DONE = "done"
    MEANT = "meant"


def tense_of(state: str) -> Tense:
    """Return how to speak of the changes of a plan in this state."""
    if state == "done":
        return Tense.DONE
    return Tense.MEANT if state in ENDED_STATES else Tense.COMING


_STEP_MARKS = {
    "pending": ("clock", "muted"),
    "in_progress": ("chevron-right", "accent"),
    "completed": ("check-circle", "success"),
    "failed": ("error", "danger"),
}


@dataclass(frozen=True, slots=True)
class Openness:
    """Which parts of the details are open."""

    changes: bool
    exact: bool
    explanation: bool
    output: bool | None
    """None: the output is shown elsewhere."""

    @property
    def any(self) -> bool:
        """Whether anything is to be seen."""
        return self.changes or self.explanation


def has_details(item: PlanItem, output: str) -> bool:
    """Tell whether there is anything to open; `output` is the level's way of showing it."""
    card = item.card
    written = output != "log" and _shows_output(item)
    return bool(card.packages or card.removals or card.steps or card.files) or written


def _shows_output(item: PlanItem) -> bool:
    return item.card.state in ENDED_STATES and item.output.count > 0


class PlanDetails(Stack):
    """Built when it is opened for the first time; the exact part can be closed on its own."""

    exact_toggled = Signal()
    output_toggled = Signal()
    menu_wanted = Signal(QObject, QPoint)
    link_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: PlanCard | None = None
        self._shape: tuple[object, ...] = ()
        self.exact_button: DisclosureButton | None = None
        self.output_button: DisclosureButton | None = None
        self._tense = Tense.COMING
        self._steps: list[tuple[str, IconLine]] = []
        self._blocks: list[CodeBlock] = []
        self._files: list[CodeBlock] = []

    def show_plan(self, item: PlanItem, openness: Openness) -> None:
        """Show the wanted parts of this plan."""
        card = item.card
        output = item.output.count if openness.output is not None and _shows_output(item) else 0
        shape = (
            card.plan_id, card.packages, card.removals, card.steps, card.files, card.explanation,
            card.state in ENDED_STATES, card.state == "done", output, openness,
        )  # fmt: skip
        if shape != self._shape:
            self._shape = shape
            self._card = card
            self._build(item, openness)
        for tool_call_id, line in self._steps:
            line.mark.show_icon(*_STEP_MARKS[item.status.get(tool_call_id, "pending")])
        self.arrange()

    @property
    def explanation_part(self) -> QWidget:
        """The explanation, while it is open."""
        return self.parts[1] if len(self.parts) > 1 else self

    def focusables(self) -> list[QWidget]:
        """Return the controls in reading order."""
        buttons = [one for one in (self.exact_button, self.output_button) if one is not None]
        controls = [control for block in self._blocks for control in block.focusables()]
        return sorted([*buttons, *controls], key=lambda one: one.mapTo(self, one.rect().topLeft()).y())

    def _build(self, item: PlanItem, openness: Openness) -> None:
        card = item.card
        self.drop_all()
        self.exact_button = self.output_button = None
        self._steps, self._blocks, self._files = [], [], []
        self._tense = tense_of(card.state)
        if openness.explanation and card.explanation:
            self._heading(self.tr("What this means"))
            text = TextPiece(self)
            text.anchorClicked.connect(lambda url: self.link_opened.emit(url.toString()))
            text.menu_wanted.connect(lambda at: self.menu_wanted.emit(text, at))
            text.show_text(visible_text(card.explanation), markdown=True)
            self.add(text)
        if openness.changes:
            self._add_packages(card)
            self._add_removals(card)
            self._add_exact(card, exact=openness.exact)
            if openness.output is not None and _shows_output(item):
                self._add_output(item, opened=openness.output)
        for part in self.parts:
            part.show()

    def _heading(self, words: str) -> None:
        self.add(text_label(words, size="caption", tone="muted"), Space.LARGE)

    def _add_packages(self, card: PlanCard) -> None:
        if not card.packages:
            return
        self._heading(
            {
                Tense.COMING: self.tr("What changes"),
                Tense.DONE: self.tr("What changed"),
                Tense.MEANT: self.tr("What was planned"),
            }[self._tense]
        )
        if len(card.packages) > MOST_PACKAGE_LINES:
            box = CodeBlock(self)
            lines = "\n".join(f"{self._sign(one)} {self._package(one)}" for one in card.packages)
            box.show_code(lines, self.tr("%n packages", "", len(card.packages)))
            self._blocks.append(box)
            self.add(box)
            return
        for change in card.packages:
            name, colour = {"+": ("new", "success"), "−": ("delete", "danger"), "↻": ("undo", "accent")}[
                self._sign(change)
            ]
            self.add(IconLine(name, colour, self._package(change)), Space.TINY)

    def _sign(self, change: PackageChange) -> str:
        return "+" if change.before is None else "−" if change.after is None else "↻"

    def _package(self, change: PackageChange) -> str:
        name = visible_text(change.name)
        version = change.after or change.before or ""
        if change.before is None:
            words = {
                Tense.COMING: self.tr("{name} {version} is added"),
                Tense.DONE: self.tr("{name} {version} was added"),
                Tense.MEANT: self.tr("add {name} {version}"),
            }
        elif change.after is None:
            words = {
                Tense.COMING: self.tr("{name} {version} is removed"),
                Tense.DONE: self.tr("{name} {version} was removed"),
                Tense.MEANT: self.tr("remove {name} {version}"),
            }
        else:
            words = {
                Tense.COMING: self.tr("{name}: {before} becomes {after}"),
                Tense.DONE: self.tr("{name}: {before} became {after}"),
                Tense.MEANT: self.tr("{name}: from {before} to {after}"),
            }
        sentence = words[self._tense].format(
            name=name, version=version, before=change.before, after=change.after
        )
        return " ".join(sentence.split())

    def _add_removals(self, card: PlanCard) -> None:
        if not card.removals:
            return
        meant = self._tense is Tense.MEANT
        self._heading(self.tr("What was to be deleted") if meant else self.tr("Gone for good"))
        if len(card.removals) > MOST_PACKAGE_LINES:
            box = CodeBlock(self)
            box.show_code(
                "\n".join(map(visible_text, card.removals)), self.tr("%n things", "", len(card.removals))
            )
            self._blocks.append(box)
            self.add(box)
            return
        for removal in card.removals:
            self.add(IconLine("delete", "danger", visible_text(removal)), Space.TINY)

    def _add_exact(self, card: PlanCard, *, exact: bool) -> None:
        if not card.steps and not card.files:
            return
        self.exact_button = self._disclosure(self.tr("Commands and files"), card, opened=exact)
        self.exact_button.clicked.connect(self.exact_toggled)
        if not exact:
            return
        for step in card.steps:
            line = IconLine("clock", "muted", visible_text(step.title))
            self._steps.append((step.tool_call_id, line))
            self.add(line)
            command = CodeBlock(self, wrap=True, header=False)
            command.show_code(visible_command(step.command))
            command.copy_button.setAccessibleName(
                self.tr("Copy the command of: {step}").format(step=step.title)
            )
            self._blocks.append(command)
            self.add(command, Space.TINY)
        for change in card.files:
            block = CodeBlock(self)
            block.show_code(diff_text(change), visible_text(change.path))
            self._colour_diff(block)
            self._files.append(block)
            self._blocks.append(block)
            self.add(block)

    def _add_output(self, item: PlanItem, *, opened: bool) -> None:
        self.output_button = self._disclosure(self.tr("Output of the command"), item.card, opened=opened)
        self.output_button.clicked.connect(self.output_toggled)
        if opened:
            block = CodeBlock(self)
            block.show_code(item.output.text())
            block.show_end()
            block.text.setAccessibleName(self.tr("Output of the command"))
            self._blocks.append(block)
            self.add(block)

    def _disclosure(self, words: str, card: PlanCard, *, opened: bool) -> DisclosureButton:
        button = DisclosureButton()
        button.setText(words)
        button.setAccessibleName(spoken_label(words, card.title))
        button.setProperty("kind", "small")
        button.show_opened(opened)
        self.add(_Leading(button), Space.LARGE)
        return button

    def _colour_diff(self, block: CodeBlock) -> None:
        colours = colours_of(self.palette())
        marks = []
        line = block.text.document().begin()
        while line.isValid():
            first = line.text()[:1]
            if first in ("+", "-"):
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(line)
                mark.format.setBackground(
                    QColor(colours.success_soft if first == "+" else colours.danger_soft)
                )
                mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                marks.append(mark)
            line = line.next()
        block.text.setExtraSelections(marks)

    def recolour(self) -> None:
        """Take the colours of another look."""
        for block in self._files:
            self._colour_diff(block)


class _Leading(QWidget):
    """Keeps a button at its own width at the leading edge."""

    def __init__(self, button: DisclosureButton) -> None:
        super().__init__()
        self._button = button
        button.setParent(self)

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._button.sizeHint().height()

    def resizeEvent(self, event: object) -> None:
        """Place the button."""
        size = self._button.sizeHint()
        x = 0 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self.width() - size.width()
        self._button.setGeometry(x, 0, min(size.width(), self.width()), size.height())


def diff_text(change: FileChange) -> str:
    """Return what changes in a file, as a unified diff without its head."""
    old = [visible_command(line) for line in (change.old_text or "").splitlines()]
    new = [visible_command(line) for line in change.new_text.splitlines()]
    lines = list(unified_diff(old, new, lineterm="", n=3))[2:]
    return "\n".join(lines)
