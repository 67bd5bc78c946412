"""Standard input, output and errors as they are: closed, of another encoding, or read by nobody."""

import os
import sys
from io import TextIOWrapper

_DESCRIPTORS = (0, 1, 2)


def prepare_standard_streams() -> None:
    """Open what is closed onto nothing; a character that cannot be read or written is no error."""
    for descriptor in _DESCRIPTORS:
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def let_output_go() -> None:
    """Point standard output at nothing: its reader is gone, and the last flush must not complain."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)


def typed_text(argument: str) -> str:
    """Return a word of the command line as text, whatever bytes it was typed in."""
    return os.fsencode(argument).decode("utf-8", errors="replace")
