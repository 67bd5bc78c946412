"""A terminal as a client of the assistant: prints answers, shows plans, asks for a yes."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from typing import TextIO

from nixforhumanity.cli.terminal_text import printable, without_markdown, wrapped
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
    """Implements Audience. Without a terminal to ask at, every plan is declined.

    With `allow`, what can be undone is allowed without asking; what cannot needs a terminal all the same.
    """

    def __init__(self, source: TextIO, target: TextIO, *, allow: bool = False) -> None:
        self._source = source
        self._target = target
        self._allow = allow
        terminal = target.isatty()
        self._width = shutil.get_terminal_size().columns if terminal else None
        # A line that is written over again and again is for eyes: not for a file, a pipe or a plain terminal.
        self._moving = terminal and os.environ.get("TERM", "") not in ("", "dumb")
        self._words = Wording()
        self._plans: dict[str, cards.PlanCard] = {}
        self._printed: dict[str, str] = {}
        """The card of each plan in the form that was printed last."""
        self._typed = b""
        """What was typed beyond the line that was read."""
        self._ended = False
        """The end of the input was read."""
        self._progress_shown = False
        self._amid_line = False
        """What was written last did not end its line."""
        self.failed = False
        """An error was shown, or a plan did not end well."""
        self.gone = False
        """Nobody reads what is written any more."""

    def updated(self, session_id: str, update: SessionUpdate) -> None:
        """See Audience."""
        match update:
            case AgentMessageChunk(content=TextBlock(text=text), meta=meta):
                kind = (meta or {}).get(cards.MESSAGE_KIND)
                if kind != cards.RESULT:
                    self.failed |= kind == "error"
                    self._write(("\n\n" if self._amid_line else "") + without_markdown(text))
            case PlanUpdate(meta=meta):
                if (card := cards.plan_in(meta)) is not None:
                    self._plan(card)
            case ToolCallUpdate(meta=meta):
                self._progress(meta or {})

    def own_words_changed(self) -> None:
        """See Audience; a terminal shows no list of them."""

    async def caught_up(self) -> None:
        """See Audience: a terminal is written to at once."""

    async def ask_permission(self, request: PermissionRequest) -> Selected | Cancelled:
        """See Audience."""
        card = self._plans.get(str((request.meta or {}).get(cards.PLAN_ID)))
        final = card is None or card.final
        if card is not None:
            self._print_card(card)
        if self.gone:
            return Selected(option_id="reject")
        if self._allow and not final:
            self.say("ask-allowed")
            return Selected(option_id="allow")
        if not self._source.isatty():
            self.say("ask-no-terminal-final" if final else "ask-no-terminal")
            self.failed = True
            return Selected(option_id="reject")
        wanted = self._words.text("ask-final-word" if final else "ask-yes")
        label = request.options[0].name
        self._write("\n" + self._words.text("ask-final" if final else "ask-question", label=label) + " ")
        typed = await self._line()
        allowed = typed.strip().casefold() in ({wanted} if final else {wanted, wanted[:1]})
        return Selected(option_id="allow" if allowed else "reject")

    async def lines(self) -> AsyncIterator[str]:
        """Yield what is typed, line by line, until the terminal's end of input."""
        self.say("ask-begin")
        while not self.gone:
            self._write("> ")
            line = await self._line()
            if self._ended and not line:
                self._write("\n")
                return
            if line.strip():
                yield line.strip()

    def say(self, message_id: str) -> None:
        """Write one of our own sentences on a line of its own."""
        self._write("\n" + self._words.text(message_id) + "\n")

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
        self._ended = False
        while b"\n" not in self._typed and not self._ended:
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
            self._ended = not more
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode(self._source.encoding or "utf-8", errors="replace")

    def _progress(self, meta: dict[str, object]) -> None:
        progress = meta.get(cards.PROGRESS)
        if isinstance(progress, dict) and self._moving:
            text = " ".join(printable(str(progress.get("text", ""))).split())
            self._put(_ERASE_LINE + text[: (self._width or 80) - 1])
            self._progress_shown = True

    def _write(self, text: str) -> None:
        if self._progress_shown:
            self._progress_shown = False
            self._put(_ERASE_LINE)
        self._put(wrapped(printable(text), self._width))
        self._amid_line = bool(text) and not text.endswith("\n")

    def _put(self, text: str) -> None:
        if self.gone:
            return
        try:
            self._target.write(text)
            self._target.flush()
        except BrokenPipeError:
            self.gone = True


def _package_line(change: cards.PackageChange) -> str:
    if change.before is None:
        return f"+ {change.name} {change.after or ''}".rstrip()
    if change.after is None:
        return f"− {change.name} {change.before}".rstrip()
    return f"{change.name} {change.before} → {change.after}"
