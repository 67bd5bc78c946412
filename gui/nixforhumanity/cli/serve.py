"""`serve` runs the assistant server alone, `acp` speaks its protocol on standard input and output."""

import argparse
import asyncio
import contextlib
import logging

from nixforhumanity.cli.practice_option import add_practice_option, surroundings
from nixforhumanity.compose.server import (
    ServeOptions,
    failure_line,
    run_server,
    run_standard_streams,
    tell_parent,
)
from nixforhumanity.core.errors import UserError

_HIGHEST_PORT = 65535


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    serve = commands.add_parser(
        "serve",
        help="run the assistant server without a window",
        description="Run the assistant without a window, on 127.0.0.1 alone.\n"
        "A window that is opened later uses it.\n"
        "Ctrl+C ends it; a change that is running is let end first.",
        epilog="examples:\n"
        "  nix-for-humanity serve                    on the port of the settings, 3457 at first\n"
        "  nix-for-humanity serve --port 4000\n"
        "  nix-for-humanity serve --practice\n\n"
        "exit codes:\n  0 ended    1 could not start, for example because the port is taken",
    )
    add_practice_option(serve)
    serve.add_argument("--port", type=_port, help="port on 127.0.0.1 (0: any free one)")
    serve.add_argument("--embedded", action="store_true", help=argparse.SUPPRESS)
    serve.set_defaults(run=_serve)
    acp = commands.add_parser(
        "acp",
        help="speak the Agent Client Protocol on standard input and output",
        description="Speak the Agent Client Protocol on standard input and output, one JSON message a line.\n"
        "For editors that start an assistant themselves. Notes and errors go to standard error.",
        epilog="examples:\n"
        "  nix-for-humanity acp\n"
        "  nix-for-humanity acp --practice\n"
        "  nix-for-humanity acp < messages.jsonl > answers.jsonl\n\n"
        "exit codes:\n  0 the input ended    1 could not start",
    )
    add_practice_option(acp)
    acp.set_defaults(run=_acp)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is not a port; it must be a number from 0 to 65535")
    return int(text)


def _serve(arguments: argparse.Namespace) -> int:
    logging.getLogger("nixforhumanity").setLevel(logging.INFO)
    with surroundings(arguments.practice) as around:
        try:
            options = ServeOptions(port=arguments.port, embedded=arguments.embedded)
            return asyncio.run(run_server(around, options))
        except UserError as error:
            if not arguments.embedded:
                raise
            with contextlib.suppress(BrokenPipeError):
                tell_parent(failure_line(error, around))
            return 1


def _acp(arguments: argparse.Namespace) -> int:
    with surroundings(arguments.practice) as around:
        return asyncio.run(run_standard_streams(around))
