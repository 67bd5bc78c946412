"""`ask` says one thing to the assistant in a terminal; plans are shown and asked about there."""

import argparse
import asyncio
import sys
from pathlib import Path

from nixforhumanity.cli.practice_option import add_practice_option, surroundings
from nixforhumanity.cli.terminal_audience import TerminalAudience
from nixforhumanity.compose.assistant import Surroundings, build_assistant
from nixforhumanity.protocol.messages import NewSessionRequest, PromptRequest, TextBlock

_GRACE_SECONDS = 5.0


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("ask", help="say something to the assistant in the terminal")
    add_practice_option(parser)
    parser.add_argument("words", nargs="*", help="what to say; without words, lines of standard input")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    practice, words = arguments.practice, arguments.words
    if practice and not words and not _names_a_folder(practice):
        practice, words = "", [practice]
    lines = [" ".join(words)] if words else [line.strip() for line in sys.stdin]
    with surroundings(practice) as around:
        return asyncio.run(_ask(around, [line for line in lines if line]))


def _names_a_folder(text: str) -> bool:
    """Tell a folder after `--practice` from the words that were meant to be asked."""
    return "/" in text or text.startswith((".", "~")) or Path(text).is_dir()


async def _ask(around: Surroundings, lines: list[str]) -> int:
    assistant = await build_assistant(around)
    audience = TerminalAudience(sys.stdin, sys.stdout)
    try:
        session = await assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
        for line in lines:
            request = PromptRequest(session_id=session.session_id, prompt=[TextBlock(text=line)])
            await assistant.prompt(audience, request)
            audience.end_answer()
    finally:
        await assistant.stop(_GRACE_SECONDS)
    return 1 if audience.failed else 0
