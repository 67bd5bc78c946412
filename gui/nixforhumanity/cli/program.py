"""Reads the command line and hands over to one file a command."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence

from nixforhumanity import __version__
from nixforhumanity.cli import ask, data, serve, token, window
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import Wording

INTERRUPTED = 130
FAILED = 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="nix-for-humanity",
        description="Say what you want from your Nix system, see the plan, let it happen, take it back."
        " Without a command, the window opens.",
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    window.add_arguments(whole)
    commands = whole.add_subparsers(title="commands", dest="command")
    for command in (ask, serve, token, data):
        command.add_parser(commands)
    return whole


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 bad input, 130 interrupted."""
    chosen = parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    try:
        code: int = chosen.run(chosen)
    except UserError as error:
        print(Wording().text(error.message), file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    return code
