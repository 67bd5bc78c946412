"""Turns the updates of a session into changes of the transcript, live or replayed. Knows no Qt."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec

from nixforhumanity.protocol.cards import (
    MESSAGE_KIND,
    NOT_RUN,
    OUTPUT,
    PLAN,
    PROGRESS,
    PROMPT_ID,
    RESULT,
    SENT_AT,
    SUGGESTIONS,
    PlanCard,
    Progress,
    Suggestion,
)
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    ContentBlock,
    Meta,
    PlanUpdate,
    SessionUpdate,
    TextBlock,
    ToolCall,
    ToolCallUpdate,
    ToolStatus,
    UserMessageChunk,
)
from nixforhumanity.ui.conversation.items import MessageKind

log = logging.getLogger(__name__)

Value = TypeVar("Value")


class TranscriptSink(Protocol):
    """What the reducer changes."""

    def append_person(
        self, text: str, *, prompt_id: str = "", message_id: str = "", at: datetime | None = None
    ) -> None:
        """Show the person's words; a known prompt id is not shown twice, a known message id is continued."""
        ...

    def begin_answer(self, message_id: str, *, kind: MessageKind, at: datetime | None) -> None:
        """Begin an answer, or open it again."""
        ...

    def append_text(self, message_id: str, text: str) -> None:
        """Add to an answer."""
        ...

    def finish_answer(
        self, message_id: str, suggestions: Sequence[Suggestion] = (), kind: MessageKind | None = None
    ) -> None:
        """Nothing more of this answer comes."""
        ...

    def set_plan(self, card: PlanCard) -> None:
        """Show a plan, or its new state."""
        ...

    def set_step_status(self, tool_call_id: str, status: ToolStatus) -> None:
        """Show where a step is."""
        ...

    def set_progress(self, tool_call_id: str, progress: Progress) -> None:
        """Show how far a step is."""
        ...

    def append_output(self, tool_call_id: str, lines: Sequence[str]) -> None:
        """Add output lines of a step."""
        ...


class SessionReducer:
    """Applies updates in the order in which they come."""

    def __init__(self, sink: TranscriptSink) -> None:
        self._sink = sink
        self.reset()

    def reset(self) -> None:
        """Forget everything: another session, or the same one from its start."""
        self._open_answer = ""
        self._nameless = 0
        self._nameless_words = 0
        self._in_words = False

    def end_turn(self) -> None:
        """The turn has ended: no more of the open answer comes."""
        self._close_answer()

    def apply(self, update: SessionUpdate) -> None:
        """Apply one update; what the conversation does not show is left alone."""
        in_words, self._in_words = self._in_words, False
        match update:
            case UserMessageChunk():
                self._close_answer()
                self._hear_person(update, continued=in_words)
            case AgentMessageChunk():
                self._hear_assistant(update)
            case PlanUpdate():
                if (card := _decoded(update.meta, PLAN, PlanCard)) is not None:
                    self._sink.set_plan(card)
            case ToolCall() | ToolCallUpdate():
                self._hear_step(update)
            case _:
                self._in_words = in_words

    def _hear_person(self, update: UserMessageChunk, *, continued: bool) -> None:
        message_id = update.message_id or ""
        if not message_id:
            self._nameless_words += not continued
            message_id = f"nameless-words-{self._nameless_words}"
        self._in_words = True
        self._sink.append_person(
            _text(update.content),
            prompt_id=_decoded(update.meta, PROMPT_ID, str) or "",
            message_id=message_id,
            at=_time(update.meta),
        )

    def _hear_assistant(self, update: AgentMessageChunk) -> None:
        message_id = update.message_id or (
            self._open_answer if self._open_answer.startswith("nameless-") else self._new_name()
        )
        if _decoded(update.meta, MESSAGE_KIND, str) == RESULT:
            self._close_answer()
            self._offer_after_plan(message_id, update)
            return
        kind = _kind(update.meta)
        if message_id != self._open_answer:
            self._close_answer()
            self._open_answer = message_id
            self._sink.begin_answer(message_id, kind=kind or MessageKind.ANSWER, at=_time(update.meta))
        if text := _text(update.content):
            self._sink.append_text(message_id, text)
        suggestions = _decoded(update.meta, SUGGESTIONS, list[Suggestion])
        if suggestions is not None:
            self._open_answer = ""
            self._sink.finish_answer(message_id, suggestions, kind)

    def _offer_after_plan(self, message_id: str, update: AgentMessageChunk) -> None:
        """Show what to do next; the words themselves stand on the card already."""
        if suggestions := _decoded(update.meta, SUGGESTIONS, list[Suggestion]):
            self._sink.begin_answer(message_id, kind=MessageKind.ANSWER, at=_time(update.meta))
            self._sink.finish_answer(message_id, suggestions)

    def _hear_step(self, update: ToolCall | ToolCallUpdate) -> None:
        # The card says already that nothing was done; a mark for what failed would say something else.
        if update.status is not None and not _decoded(update.meta, NOT_RUN, bool):
            self._sink.set_step_status(update.tool_call_id, update.status)
        if (progress := _decoded(update.meta, PROGRESS, Progress)) is not None:
            self._sink.set_progress(update.tool_call_id, progress)
        if lines := _decoded(update.meta, OUTPUT, list[str]):
            self._sink.append_output(update.tool_call_id, lines)

    def _close_answer(self) -> None:
        if self._open_answer:
            self._sink.finish_answer(self._open_answer)
            self._open_answer = ""

    def _new_name(self) -> str:
        self._nameless += 1
        return f"nameless-{self._nameless}"


def _decoded(meta: Meta | None, key: str, wanted: type[Value]) -> Value | None:
    """Read one of our fields; a malformed one counts as absent: a peer may be newer than this program."""
    raw: Any = (meta or {}).get(key)
    if raw is None:
        return None
    try:
        return msgspec.convert(raw, wanted)
    except msgspec.ValidationError as error:
        log.warning("a %s that cannot be read: %s", key, error)
        return None


def _text(content: ContentBlock) -> str:
    return content.text if isinstance(content, TextBlock) else content.name


def _kind(meta: Meta | None) -> MessageKind | None:
    raw = _decoded(meta, MESSAGE_KIND, str)
    return next((kind for kind in MessageKind if kind.value == raw), None)


def _time(meta: Meta | None) -> datetime | None:
    return _decoded(meta, SENT_AT, datetime)
