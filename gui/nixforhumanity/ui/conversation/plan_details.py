"""What exactly a plan does: packages, what goes for good, commands, files, and the explanation."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPushButton, QTextEdit, QWidget

from nixforhumanity.ui.conversation.code_block import CodeBlock
from nixforhumanity.ui.conversation.items import PlanItem
from nixforhumanity.ui.conversation.stack import IconLine, Stack, text_label
from nixforhumanity.ui.conversation.text_piece import TextPiece
from nixforhumanity.ui.conversation.visible_text import visible_command, visible_text
from nixforhumanity.ui.theme.icons import Ink, icon
from nixforhumanity.ui.theme.palettes import colours_of
from nixforhumanity.ui.theme.tokens import Space

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import FileChange, PackageChange, PlanCard

MOST_PACKAGE_LINES = 12
"""More changes than these are shown in a box that scrolls."""
_STEP_MARKS = {
    "pending": ("clock", "muted"),
    "in_progress": ("chevron-right", "accent"),
    "completed": ("check-circle", "success"),
    "failed": ("error", "danger"),
}


class PlanDetails(Stack):
    """Built when it is opened for the first time; the exact part can be closed on its own."""

    exact_toggled = Signal()
    menu_wanted = Signal(QObject, QPoint)
    link_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: PlanCard | None = None
        self._shape: tuple[object, ...] = ()
        self.exact_button: QPushButton | None = None
        self._steps: list[tuple[str, IconLine]] = []
        self._blocks: list[CodeBlock] = []
        self._files: list[CodeBlock] = []

    def show_plan(self, item: PlanItem, *, changes: bool, exact: bool, explanation: bool) -> None:
        """Show the wanted parts of this plan."""
        card = item.card
        shape = (
            card.plan_id, card.packages, card.removals, card.steps, card.files, card.explanation,
            changes, exact, explanation,
        )  # fmt: skip
        if shape != self._shape:
            self._shape = shape
            self._card = card
            self._build(card, changes=changes, exact=exact, explanation=explanation)
        for tool_call_id, line in self._steps:
            line.mark.show_icon(*_STEP_MARKS[item.status.get(tool_call_id, "pending")])
        self.arrange()

    def focusables(self) -> list[QWidget]:
        """Return the controls in reading order."""
        first: list[QWidget] = [] if self.exact_button is None else [self.exact_button]
        return first + [control for block in self._blocks for control in block.focusables()]

    def _build(self, card: PlanCard, *, changes: bool, exact: bool, explanation: bool) -> None:
        self.drop_all()
        self.exact_button = None
        self._steps, self._blocks, self._files = [], [], []
        if explanation and card.explanation:
            self._heading(self.tr("What this means"))
            text = TextPiece(self)
            text.anchorClicked.connect(lambda url: self.link_opened.emit(url.toString()))
            text.menu_wanted.connect(lambda at: self.menu_wanted.emit(text, at))
            text.show_text(visible_text(card.explanation), markdown=True)
            self.add(text)
        if changes:
            self._add_packages(card)
            self._add_removals(card)
            self._add_exact(card, exact=exact)
        for part in self.parts:
            part.show()

    def _heading(self, words: str) -> None:
        self.add(text_label(words, size="caption", tone="muted"), Space.LARGE)

    def _add_packages(self, card: PlanCard) -> None:
        if not card.packages:
            return
        self._heading(self.tr("What changes"))
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
        if change.before is None:
            return self.tr("{name} {version} is added").format(name=name, version=change.after or "").strip()
        if change.after is None:
            return self.tr("{name} {version} is removed").format(name=name, version=change.before)
        return self.tr("{name}: {before} becomes {after}").format(
            name=name, before=change.before, after=change.after
        )

    def _add_removals(self, card: PlanCard) -> None:
        if not card.removals:
            return
        self._heading(self.tr("Gone for good"))
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
        button = QPushButton(self.tr("Commands and files"))
        button.setProperty("kind", "small")
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setIcon(icon("chevron-down" if exact else "chevron-right", Ink.MUTED))
        button.setAccessibleDescription(self.tr("open") if exact else self.tr("closed"))
        button.clicked.connect(self.exact_toggled)
        self.exact_button = button
        self.add(_Leading(button), Space.LARGE)
        if not exact:
            return
        for step in card.steps:
            line = IconLine("clock", "muted", visible_text(step.title))
            self._steps.append((step.tool_call_id, line))
            self.add(line)
            command = CodeBlock(self, header=False)
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

    def __init__(self, button: QPushButton) -> None:
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
