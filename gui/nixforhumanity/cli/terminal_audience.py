"""A terminal as a client of the assistant: prints answers, shows plans, asks for a yes."""

import asyncio
import os
from typing import TextIO

from nixforhumanity.cli.terminal_text import printable, without_markdown
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
        self._printed: dict[str, str] = {}
        """The card of each plan in the form that was printed last."""
        self._typed = b""
        """What was typed beyond the line that was read."""
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
                    self._write(without_markdown(text))
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
        if card is not None:
            self._print_card(card)
        wanted = self._words.text("ask-final-word" if final else "ask-yes")
        label = request.options[0].name
        self._write("\n" + self._words.text("ask-final" if final else "ask-question", label=label) + " ")
        typed = await self._line()
        allowed = typed.strip().casefold() in ({wanted} if final else {wanted, wanted[:1]})
        return Selected(option_id="allow" if allowed else "reject")

    def end_answer(self) -> None:
        """End the answer's last line."""
        self._write("\n")

    def _plan(self, card: cards.PlanCard) -> None:
        before = self._plans.get(card.plan_id)
        self._plans[card.plan_id] = card
        if card.state == "waiting" or (card.state == "queued" and card.plan_id in self._printed):
            self._print_card(card)
        if card.state in ("waiting", "running") or (before is not None and before.state == card.state):
            return
        self.failed |= card.state not in ("done", "queued")
        self._write(card.state_text + "\n")

    def _print_card(self, card: cards.PlanCard) -> None:
        """Print the whole card, unless it stands there in this form: a person says yes to what they read."""
        lines = [card.title, card.sentence, *card.costs, *card.warnings, card.undo]
        lines += [f"$ {line}" for step in card.steps for line in step.command.split("\n")]
        lines += [_package_line(change) for change in card.packages] + [f"− {line}" for line in card.removals]
        text = "\n" + "\n   ".join(line.replace("\n", "\n   ") for line in lines) + "\n"
        if self._printed.get(card.plan_id) != text:
            self._printed[card.plan_id] = text
            self._write(text)

    async def _line(self) -> str:
        """Read a line from the terminal; a thread could not be ended, and Ctrl+C would wait for it."""
        loop = asyncio.get_running_loop()
        descriptor = self._source.fileno()
        ended = False
        while b"\n" not in self._typed and not ended:
            readable = asyncio.Event()
            loop.add_reader(descriptor, readable.set)
            try:
                await readable.wait()
            finally:
                loop.remove_reader(descriptor)
            try:
                more = os.read(descriptor, 4096)
            except OSError:  # the terminal is gone
                more = b""
            self._typed += more
            ended = not more
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode(self._source.encoding or "utf-8", errors="replace")

    def _progress(self, meta: dict[str, object]) -> None:
        progress = meta.get(cards.PROGRESS)
        if isinstance(progress, dict) and self._target.isatty():
            self._target.write(_ERASE_LINE + " ".join(printable(str(progress.get("text", ""))).split()))
            self._target.flush()
            self._progress_shown = True

    def _write(self, text: str) -> None:
        if self._progress_shown:
            self._target.write(_ERASE_LINE)
            self._progress_shown = False
        self._target.write(printable(text))
        self._target.flush()


def _package_line(change: cards.PackageChange) -> str:
    if change.before is None:
        return f"+ {change.name} {change.after or ''}".rstrip()
    if change.after is None:
        return f"− {change.name} {change.before}".rstrip()
    return f"{change.name} {change.before} → {change.after}"
