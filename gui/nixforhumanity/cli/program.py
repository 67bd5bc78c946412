"""Reads the command line and hands over to one file a command."""

import argparse
import logging
import sys
from collections.abc import Sequence

from nixforhumanity import __version__
from nixforhumanity.cli import window
from nixforhumanity.cli.arguments import arranged
from nixforhumanity.cli.command_parser import CommandParser
from nixforhumanity.cli.streams import let_output_go, prepare_standard_streams
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import Wording

INTERRUPTED = 130
FAILED = 1

_DESCRIPTION = """\
Say what you want from your Nix system, see the plan, let it happen, take it back.
Without a command, the window opens."""
_EPILOG = """\
examples:
  nix-for-humanity                              open the window
  nix-for-humanity --practice                   open it on a practice system that is thrown away
  nix-for-humanity ask install hello            say one thing in the terminal
  nix-for-humanity ask                          talk in the terminal, line by line
  nix-for-humanity data list                    show every file that is kept

exit codes:
  0 done    1 failed or not done    2 the command line was not understood
  130 stopped with Ctrl+C    143 stopped by another program

“nix-for-humanity COMMAND --help” says more about a command."""


def parser(arguments: Sequence[str] = ("--help",)) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, or of as much of it as these arguments need."""
    whole: argparse.ArgumentParser = CommandParser(
        prog="nix-for-humanity", description=_DESCRIPTION, epilog=_EPILOG
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    window.add_arguments(whole)
    if window.is_all_that_is_wanted(arguments):
        return whole  # the commands bring the whole assistant along: 0.2 s and 18 MB more
    from nixforhumanity.cli import ask, data, serve, token, understand

    commands = whole.add_subparsers(title="commands", dest="command")
    for command in (ask, understand, serve, token, data):
        command.add_parser(commands)
    return whole


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 bad input, 130 interrupted."""
    prepare_standard_streams()
    try:
        words = arranged(arguments)
        chosen = parser(words).parse_args(words)
        logging.basicConfig(
            level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except UserError as error:
        print(Wording().text(error.message), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        let_output_go()
        return FAILED
    except _cancelled():
        return INTERRUPTED
    return code


def _cancelled() -> type[BaseException]:
    """Return what a cancelled command raises; asyncio is slow to load, so only once something was raised."""
    import asyncio

    return asyncio.CancelledError
