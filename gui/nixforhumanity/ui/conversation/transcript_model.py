"""The conversation as a list of items, with a signal for everything that happens to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nixforhumanity.ui.conversation.items import (
    ENDED_STATES,
    Item,
    MessageItem,
    MessageKind,
    PlanItem,
    PlanOption,
    Role,
)

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import PlanCard, Progress, Suggestion
    from nixforhumanity.protocol.messages import ToolStatus


class TranscriptModel(QObject):
    """Items in the order in which they came; a `TranscriptSink`. Calls with unknown ids are ignored."""

    cleared = Signal()
    item_added = Signal(int)
    """Its index."""
    item_changed = Signal(int)
    """Its index; anything but text added at the end."""
    text_appended = Signal(int)
    """Index of the answer that grew."""
    output_appended = Signal(int)
    """Index of the plan that printed something."""
    answer_started = Signal(int)
    answer_finished = Signal(int)
    plan_state_changed = Signal(int)
    permission_asked = Signal(int)
    permission_withdrawn = Signal(int)
    progress_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._next_key = 0
        self._forget()

    def _forget(self) -> None:
        self._answers: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._prompts: dict[str, int] = {}
        self._plans: dict[str, int] = {}
        self._steps: dict[str, int] = {}
        self._asked: set[str] = set()
        self._options: dict[str, Sequence[PlanOption]] = {}

    def __len__(self) -> int:
        return len(self._items)

    def item(self, index: int) -> Item:
        """Return one item."""
        return self._items[index]

    @property
    def items(self) -> Sequence[Item]:
        """All items, oldest first; not to be changed."""
        return self._items

    def index_of_plan(self, plan_id: str) -> int | None:
        """Return where a plan is."""
        return self._plans.get(plan_id)

    def latest_plan(self, *, waiting: bool) -> int | None:
        """Return the newest plan, or the newest one that waits for an answer."""
        for index in reversed(self._plans.values()):
            item = self._items[index]
            if not waiting or (isinstance(item, PlanItem) and item.asking and item.card.state == "waiting"):
                return index
        return None

    def clear(self) -> None:
        """Forget everything."""
        self._items.clear()
        self._forget()
        self.cleared.emit()

    # --- messages ------------------------------------------------------------------------------------

    def append_person(
        self,
        text: str,
        *,
        prompt_id: str = "",
        message_id: str = "",
        at: datetime | None = None,
        waiting: bool = False,
    ) -> None:
        """Show the person's words; a known prompt id is not shown twice, a known message id is continued."""
        if prompt_id and (index := self._prompts.get(prompt_id)) is not None:
            self._change(index, waiting=waiting)
            return
        if message_id and (index := self._words.get(message_id)) is not None:
            known = self._items[index]
            assert isinstance(known, MessageItem)
            self._change(index, text=known.text + text)
            return
        item = MessageItem(
            self._new_key(),
            Role.PERSON,
            text,
            at=at or datetime.now(UTC),
            waiting=waiting,
            message_id=message_id,
            prompt_id=prompt_id,
        )
        index = self._add(item)
        if prompt_id:
            self._prompts[prompt_id] = index
        if message_id:
            self._words[message_id] = index

    def mark_waiting(self, prompt_ids: Collection[str]) -> None:
        """Mark these prompts as not yet sent, and all others as sent."""
        for prompt_id, index in self._prompts.items():
            self._change(index, waiting=prompt_id in prompt_ids)

    def begin_answer(
        self, message_id: str, *, kind: MessageKind = MessageKind.ANSWER, at: datetime | None = None
    ) -> None:
        """Begin an answer, or open it again."""
        if (index := self._answers.get(message_id)) is not None:
            self._change(index, streaming=True)
            return
        item = MessageItem(
            self._new_key(),
            Role.ASSISTANT,
            "",
            kind=kind,
            at=at or datetime.now(UTC),
            streaming=True,
            message_id=message_id,
        )
        self._answers[message_id] = len(self._items)
        self.answer_started.emit(self._add(item))

    def append_text(self, message_id: str, text: str) -> None:
        """Add to an answer."""
        if (index := self._answers.get(message_id)) is not None:
            item = self._items[index]
            assert isinstance(item, MessageItem)
            self._items[index] = replace(item, text=item.text + text)
            self.text_appended.emit(index)

    def finish_answer(
        self, message_id: str, suggestions: Sequence[Suggestion] = (), kind: MessageKind | None = None
    ) -> None:
        """Nothing more of this answer comes."""
        if (index := self._answers.get(message_id)) is None:
            return
        item = self._items[index]
        assert isinstance(item, MessageItem)
        self._change(
            index,
            streaming=False,
            suggestions=tuple(suggestions) or item.suggestions,
            kind=kind or item.kind,
        )
        if item.streaming:
            self.answer_finished.emit(index)

    def append_answer(
        self, text: str, *, kind: MessageKind = MessageKind.ANSWER, suggestions: Sequence[Suggestion] = ()
    ) -> None:
        """Show a whole answer that does not come over the wire, such as an error of the connection."""
        message_id = f"local-{self._next_key}"
        self.begin_answer(message_id, kind=kind)
        self.append_text(message_id, text)
        self.finish_answer(message_id, suggestions, kind)

    # --- plans ---------------------------------------------------------------------------------------

    def set_plan(self, card: PlanCard) -> None:
        """Show a plan, or its new state."""
        index = self._plans.get(card.plan_id)
        for step in card.steps:
            self._steps[step.tool_call_id] = len(self._items) if index is None else index
        if index is None:
            started = datetime.now(UTC) if card.state == "running" else None
            item = PlanItem(
                self._new_key(),
                card,
                asking=card.plan_id in self._asked,
                started_at=started,
                words=self._words_before(),
                options=self._options.pop(card.plan_id, ()),
            )
            self._plans[card.plan_id] = len(self._items)
            index = self._add(item)
            self.plan_state_changed.emit(index)
            if item.asking:
                self.permission_asked.emit(index)
            return
        known = self._plan(index)
        started = known.started_at
        if started is None and card.state == "running":
            started = datetime.now(UTC)
        self._change(index, card=card, started_at=started)
        if known.card.state != card.state:
            self.plan_state_changed.emit(index)

    def set_step_status(self, tool_call_id: str, status: ToolStatus) -> None:
        """Show where a step is."""
        if (index := self._steps.get(tool_call_id)) is not None:
            known = self._plan(index)
            status_by_step = MappingProxyType({**known.status, tool_call_id: status})
            current = tool_call_id if status == "in_progress" else known.current_step
            self._change(index, status=status_by_step, current_step=current)

    def set_progress(self, tool_call_id: str, progress: Progress) -> None:
        """Show how far a step is."""
        if (index := self._steps.get(tool_call_id)) is not None:
            known = self._plan(index)
            by_step = MappingProxyType({**known.progress, tool_call_id: progress})
            if self._change(index, progress=by_step, current_step=tool_call_id):
                self.progress_changed.emit(index)

    def append_output(self, tool_call_id: str, lines: Sequence[str]) -> None:
        """Add output lines of a step."""
        if (index := self._steps.get(tool_call_id)) is not None:
            self._plan(index).output.append(lines)
            self.output_appended.emit(index)

    def offer_options(self, plan_id: str, options: Sequence[PlanOption]) -> None:
        """The plan that comes next under this id has these answers besides its own two."""
        self._options[plan_id] = options

    def ask_permission(self, plan_id: str) -> None:
        """An answer to this plan is waited for; it may be asked before the card has come."""
        self._asked.add(plan_id)
        if (index := self._plans.get(plan_id)) is not None and self._change(index, asking=True):
            self.permission_asked.emit(index)

    def withdraw_permission(self, plan_id: str) -> None:
        """The question is no longer asked."""
        self._asked.discard(plan_id)
        if (index := self._plans.get(plan_id)) is not None and self._change(index, asking=False):
            self.permission_withdrawn.emit(index)

    def running_plan(self) -> int | None:
        """Return the newest plan that has begun and not ended."""
        for index in reversed(self._plans.values()):
            if self._plan(index).card.state not in ENDED_STATES | {"waiting"}:
                return index
        return None

    # --- inside --------------------------------------------------------------------------------------

    def _words_before(self) -> str:
        """Return what the person said that led to what comes now; empty where another plan came between.

        Said in one go with other words, the first of them are meant: plans come in that order.
        """
        words = ""
        for item in reversed(self._items):
            if isinstance(item, PlanItem) or (words and item.role is not Role.PERSON):
                break
            if item.role is Role.PERSON:
                words = item.text
        return words

    def _plan(self, index: int) -> PlanItem:
        item = self._items[index]
        assert isinstance(item, PlanItem)
        return item

    def _new_key(self) -> int:
        self._next_key += 1
        return self._next_key

    def _add(self, item: Item) -> int:
        self._items.append(item)
        index = len(self._items) - 1
        self.item_added.emit(index)
        return index

    def _change(self, index: int, **fields: object) -> bool:
        before = self._items[index]
        after = replace(before, **fields)  # type: ignore[arg-type]
        if after == before:
            return False
        self._items[index] = after
        self.item_changed.emit(index)
        return True
