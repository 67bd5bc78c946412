"""A terminal as a client of the assistant: prints answers, shows plans, asks for a yes."""

import asyncio
from typing import TextIO

from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    Cancelled,
    PermissionRequest,
    PlanUpdate,
    Selected,
    SessionUpdate,
    TextBlock,
    ToolCallUpdate,
)

_ERASE_LINE = "\r\x1b[K"


class TerminalAudience:
    """Implements Audience. Without a terminal to ask at, every plan is declined."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target
        self._words = Wording()
        self._plans: dict[str, cards.PlanCard] = {}
        self._progress_shown = False
        self.failed = False
        """An error was shown, or a plan did not end well."""

    def updated(self, session_id: str, update: SessionUpdate) -> None:
        """See Audience."""
        match update:
            case AgentMessageChunk(content=TextBlock(text=text), meta=meta):
                kind = (meta or {}).get(cards.MESSAGE_KIND)
                if kind != cards.RESULT:
                    self.failed |= kind == "error"
                    self._write(text)
            case PlanUpdate(meta=meta):
                if (card := cards.plan_in(meta)) is not None:
                    self._plan(card)
            case ToolCallUpdate(meta=meta):
                self._progress(meta or {})

    async def caught_up(self) -> None:
        """See Audience: a terminal is written to at once."""

    async def ask_permission(self, request: PermissionRequest) -> Selected | Cancelled:
        """See Audience."""
        if not self._source.isatty():
            self._write("\n" + self._words.text("ask-no-terminal") + "\n")
            self.failed = True
            return Selected(option_id="reject")
        card = self._plans.get(str((request.meta or {}).get(cards.PLAN_ID)))
        final = card is not None and card.final
        wanted = self._words.text("ask-final-word" if final else "ask-yes")
        label = request.options[0].name
        self._write("\n" + self._words.text("ask-final" if final else "ask-question", label=label) + " ")
        typed = await asyncio.to_thread(self._source.readline)
        allowed = typed.strip().casefold() in ({wanted} if final else {wanted, wanted[:1]})
        return Selected(option_id="allow" if allowed else "reject")

    def end_answer(self) -> None:
        """End the answer's last line."""
        self._write("\n")

    def _plan(self, card: cards.PlanCard) -> None:
        before = self._plans.get(card.plan_id)
        self._plans[card.plan_id] = card
        if card.state in ("waiting", "queued") and before is not None and before.state == card.state:
            self._write("".join(f"\n   {cost}" for cost in card.costs if cost not in before.costs))
            return
        if card.state == "waiting":
            lines = [card.title, card.sentence, *card.costs, *card.warnings, card.undo]
            lines += [f"$ {step.command}" for step in card.steps] + [f"− {line}" for line in card.removals]
            self._write("\n" + "\n   ".join(lines) + "\n")
        elif card.state != "running":
            self.failed |= card.state not in ("done", "queued")
            self._write(card.state_text + "\n")

    def _progress(self, meta: dict[str, object]) -> None:
        progress = meta.get(cards.PROGRESS)
        if isinstance(progress, dict) and self._target.isatty():
            self._target.write(_ERASE_LINE + str(progress.get("text", "")))
            self._target.flush()
            self._progress_shown = True

    def _write(self, text: str) -> None:
        if self._progress_shown:
            self._target.write(_ERASE_LINE)
            self._progress_shown = False
        self._target.write(text)
        self._target.flush()
