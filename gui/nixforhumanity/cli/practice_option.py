"""The option `--practice [DIR]`, and what a command is built on with or without it."""

import argparse
import contextlib
from collections.abc import Iterator

from nixforhumanity.compose.assistant import Surroundings
from nixforhumanity.compose.practice import practice_place
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.store import Settings


def add_practice_option(parser: argparse.ArgumentParser) -> None:
    """Add the option to a command."""
    parser.add_argument(
        "--practice",
        nargs="?",
        const="",
        metavar="DIR",
        help="use a practice system with stand-in programs; without DIR it is thrown away at the end",
    )


@contextlib.contextmanager
def surroundings(practice: str | None) -> Iterator[Surroundings]:
    """Give the folders and settings of this person, or those of a practice system."""
    if practice is None:
        folders = Folders.of_this_user()
        yield Surroundings(folders, Settings.in_folders(folders))
        return
    with practice_place(practice) as place:
        yield Surroundings(place.folders, Settings.in_folders(place.folders), place)
