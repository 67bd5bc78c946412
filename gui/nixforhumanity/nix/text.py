"""Cleaning what programs print, so that it can be shown and compared."""

import re

_CONTROL_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\)"  # titles, links: they end with a bell or a string terminator
    r"|\x1b[ -/]*[0-~]?"  # short sequences, and an escape character that is left over
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INVISIBLE_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def clean(text: str) -> str:
    """Return the text without control sequences and characters; line breaks and tabs stay."""
    text = _CONTROL_SEQUENCES.sub("", text.replace("\r\n", "\n"))
    # A lone carriage return overwrites the line so far: what is left is what a terminal would show.
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    text = _CONTROL_CHARACTERS.sub("", "\n".join(lines))
    return _INVISIBLE_DIRECTIONS.sub("", text)


def clean_line(text: str) -> str:
    """Return one cleaned line without trailing space; further lines are joined with spaces."""
    return " ".join(part.rstrip() for part in clean(text).split("\n")).rstrip()
