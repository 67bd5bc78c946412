"""What a conversation consists of: messages and plans. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from nixforhumanity.ui.conversation.output_log import OutputLog

if TYPE_CHECKING:
    from nixforhumanity.protocol.cards import PlanCard, Progress, Suggestion
    from nixforhumanity.protocol.messages import ToolStatus


class Role(Enum):
    """Who says something."""

    PERSON = "person"
    ASSISTANT = "assistant"


class MessageKind(Enum):
    """What an answer is; the values are those of the wire."""

    ANSWER = "answer"
    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class MessageItem:
    """Something that was said."""

    key: int
    """Its own for the life of the model."""
    role: Role
    text: str
    """Markdown of the assistant; of the person, what was typed."""
    kind: MessageKind = MessageKind.ANSWER
    at: datetime | None = None
    """Aware; None when not known."""
    suggestions: Sequence[Suggestion] = ()
    streaming: bool = False
    """More of it is to come."""
    waiting: bool = False
    """The person's words are not sent yet."""
    message_id: str = ""
    prompt_id: str = ""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A plan and what became of it."""

    key: int
    card: PlanCard
    asking: bool = False
    """An answer is waited for now."""
    progress: Mapping[str, Progress] = field(default_factory=lambda: MappingProxyType({}))
    """By tool call id of the step."""
    status: Mapping[str, ToolStatus] = field(default_factory=lambda: MappingProxyType({}))
    """By tool call id of the step."""
    current_step: str = ""
    """Tool call id of the step that was heard of last."""
    output: OutputLog = field(default_factory=OutputLog)
    started_at: datetime | None = None
    words: str = ""
    """What the person said that led to it; empty when that is not known."""
    options: Sequence[PlanOption] = ()
    """Answers besides the card's own two, of an agent that asks without a plan."""


@dataclass(frozen=True, slots=True)
class PlanOption:
    """An answer to a question."""

    option_id: str
    label: str


Item = MessageItem | PlanItem

ENDED_STATES = frozenset({"done", "failed", "stopped", "declined", "expired", "interrupted"})


NOT_DONE_STATES = frozenset({"failed", "interrupted"})
"""It was meant to be done and was not: it can be tried again."""


def plan_fraction(item: PlanItem) -> float | None:
    """Return how far the whole plan is, 0 to 1; None when that cannot be told."""
    steps = item.card.steps
    if not steps:
        return None
    if all(step.tool_call_id not in item.progress for step in steps) and not item.status:
        return None
    done = 0.0
    for step in steps:
        if item.status.get(step.tool_call_id) == "completed":
            done += 1
        elif (progress := item.progress.get(step.tool_call_id)) is not None and progress.expected > 0:
            done += min(1.0, progress.done / progress.expected)
        elif len(steps) == 1:
            return None
    return done / len(steps)


def newest_progress(item: PlanItem) -> Progress | None:
    """Return the progress of the step that runs."""
    return item.progress.get(item.current_step)
