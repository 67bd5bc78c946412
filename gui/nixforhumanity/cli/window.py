"""Without a command: the window."""

import argparse
import contextlib
from collections.abc import Sequence

from nixforhumanity.cli.practice_option import add_practice_option
from nixforhumanity.compose.practice import PracticePlace, practice_place
from nixforhumanity.compose.window import WindowOptions, open_window
from nixforhumanity.system.keyring_secret_store import KeyringSecretStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the window's options to the program itself."""
    add_practice_option(parser, of_the_program=True)
    parser.add_argument("--new-window", action="store_true", help="open one more window")
    parser.set_defaults(run=_run)


def is_all_that_is_wanted(arguments: Sequence[str]) -> bool:
    """Return whether a command line that was put in order has nothing but options of the window."""
    return all(word == "--new-window" or word.startswith("--practice=") for word in arguments)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.practice is None:
        options = WindowOptions(new_window=arguments.new_window, secrets=KeyringSecretStore())
        return open_window(options)
    place: contextlib.AbstractContextManager[PracticePlace] = practice_place(arguments.practice)
    with place as practice:
        options = WindowOptions(
            folders=practice.folders,
            server_arguments=("--practice", str(practice.root), "--port", "0"),
            new_window=arguments.new_window,
            practice=True,
            throwaway=not arguments.practice,
            secrets=KeyringSecretStore(),
        )
        return open_window(options)
