"""`ask` says something to the assistant in a terminal; plans are shown and asked about there."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence

from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.cli.practice_option import add_practice_option, surroundings
from nixforhumanity.cli.streams import let_output_go, typed_text
from nixforhumanity.cli.terminal_audience import TerminalAudience
from nixforhumanity.compose.assistant import Surroundings, build_assistant
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol.messages import NewSessionRequest, PromptRequest, TextBlock

_GRACE_SECONDS = 5.0
_FAILED = 1
_BAD_INPUT = 2
_KILLED = 128
_DESCRIPTION = """\
Say something to the assistant. It answers here. Before anything is changed it shows the
plan and asks; “yes” does it, and what cannot be undone needs “delete”.
Without words, what is typed or piped in is said line by line; Ctrl+D ends it.
Ctrl+C stops what is running, and says what became of it."""
_EPILOG = """\
examples:
  nix-for-humanity ask what is installed
  nix-for-humanity ask "what changed since yesterday?"
  nix-for-humanity ask --practice install hello     on a practice system
  nix-for-humanity ask --yes install hello          in a script: do not ask
  nix-for-humanity ask /help
  printf 'what is a flake?\\n' | nix-for-humanity ask

Without a terminal nothing waits for an answer: a plan is shown and not carried out,
unless --yes was given. What cannot be undone is only ever done at a terminal.

exit codes:
  0 answered or done    1 failed, declined, or nobody could be asked
  2 nothing was said    130 stopped with Ctrl+C    143 stopped by another program"""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "ask",
        help="say something to the assistant in the terminal",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add_practice_option(parser)
    parser.add_argument(
        "--yes", action="store_true", help="carry out what can be undone without asking; never what cannot"
    )
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what to say")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    said: list[str] | None = [typed_text(" ".join(arguments.words))] if arguments.words else None
    if said is None and not sys.stdin.isatty():
        said = [line for line in (one.strip() for one in sys.stdin) if line]
        if not said:
            print(Wording().text("ask-nothing-said"), file=sys.stderr)
            return _BAD_INPUT
    with surroundings(arguments.practice) as around:
        return asyncio.run(_ask(around, said, allow=arguments.yes))


async def _ask(around: Surroundings, said: Sequence[str] | None, *, allow: bool) -> int:
    assistant = await build_assistant(around)
    audience = TerminalAudience(sys.stdin, sys.stdout, allow=allow)
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    try:
        session = await assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
        talk = _Talk(assistant, audience, session.session_id)
        for number in numbers:
            loop.add_signal_handler(number, talk.interrupted, number)
        return await talk.carry_on(_given(said) if said is not None else audience.lines())
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
        await assistant.stop(_GRACE_SECONDS)
        if audience.gone:
            let_output_go()


async def _given(lines: Sequence[str]) -> AsyncIterator[str]:
    for line in lines:
        yield line


class _Talk:
    """Says one line after another, until there are no more or it is interrupted."""

    def __init__(self, assistant: Assistant, audience: TerminalAudience, session_id: str) -> None:
        self._assistant = assistant
        self._audience = audience
        self._session_id = session_id
        self._signal = 0
        self._answering = False
        self._whole = asyncio.current_task()

    async def carry_on(self, lines: AsyncIterator[str]) -> int:
        """Say the lines and return the exit code."""
        try:
            async for line in lines:
                request = PromptRequest(session_id=self._session_id, prompt=[TextBlock(text=line)])
                self._answering = True
                await self._assistant.prompt(self._audience, request)
                self._answering = False
                self._audience.end_answer()
                if self._signal or self._audience.gone:
                    break
        except asyncio.CancelledError:
            if not self._signal:
                raise
        if self._signal:
            return _KILLED + self._signal
        return _FAILED if self._audience.failed else 0

    def interrupted(self, number: int) -> None:
        """Stop what is going on, so that it says what became of it; the second time, do not wait for that."""
        again, self._signal = bool(self._signal), number
        if self._answering and not again:
            self._audience.say("ask-stopping")
            self._assistant.cancel(self._session_id)
        elif self._whole is not None:
            self._whole.cancel()
