"""Puts a new file in the place of one that a running program may have mapped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path to write to; what was written takes the place of `path` at once.

    Who has the old file mapped goes on reading the old one: writing into it would end that program (SIGBUS).
    """
    beside = path.with_name(path.name + ".new")
    yield beside
    beside.replace(path)
