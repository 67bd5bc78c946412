"""`token` prints the token of the running server, for other programs of the same person."""

import argparse
import sys

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.protocol.endpoints import endpoints_path, read_endpoints


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "token",
        help="print the token of the running server",
        description="Print the secret with which another program of yours may talk to the running server.\n"
        "Whoever has it can do what you can do there: do not give it away.",
        epilog="example:\n  nix-for-humanity token\n\n"
        "exit codes:\n  0 printed    1 no server of yours is running",
    )
    parser.set_defaults(run=_run)


def _run(_arguments: argparse.Namespace) -> int:
    endpoints = read_endpoints(endpoints_path(Folders.of_this_user().runtime))
    if endpoints is None:
        raise UserError("no-server-runs")
    sys.stdout.write(endpoints.token + "\n")
    return 0
