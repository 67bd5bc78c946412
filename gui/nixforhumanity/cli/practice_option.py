"""The option `--practice [DIR]`, and what a command is built on with or without it."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nixforhumanity.compose.practice import practice_place
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.store import Settings

if TYPE_CHECKING:
    from nixforhumanity.compose.assistant import Surroundings


def add_practice_option(parser: argparse.ArgumentParser, *, of_the_program: bool = False) -> None:
    """Add the option to a command; before the command it counts for the command as well."""
    parser.add_argument(
        "--practice",
        nargs="?",
        const="",
        default=None if of_the_program else argparse.SUPPRESS,
        metavar="DIR",
        help="use a practice system with stand-in programs, kept in DIR (a folder that exists, or a name"
        " with a slash); without DIR it is thrown away at the end",
    )


@contextlib.contextmanager
def surroundings(practice: str | None) -> "Iterator[Surroundings]":
    """Give the folders and settings of this person, or those of a practice system."""
    from nixforhumanity.compose.assistant import Surroundings  # not for the window, which has this option too

    if practice is None:
        folders = Folders.of_this_user()
        yield Surroundings(folders, Settings.in_folders(folders))
        return
    with practice_place(practice) as place:
        yield Surroundings(place.folders, Settings.in_folders(place.folders), place)
