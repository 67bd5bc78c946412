"""Cuts a Markdown answer into pieces that are shown by a widget each: runs of text, and code blocks.

The cut of a beginning never depends on what follows, so a piece that is complete stays as it is while an
answer is being streamed, and only the last piece is shown anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COMMAND_LANGUAGES = frozenset({"", "sh", "bash", "shell", "console", "zsh"})
"""Of code in an answer; a command is read as a whole, so its long lines are broken, and copied unbroken."""
LONGEST_TEXT = 2000
"""Characters after which a run of text is cut at the next paragraph."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*\Z")
_LIST_ITEM = re.compile(r"\s*([-*+]|\d{1,9}[.)])(\s|\Z)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer."""

    text: str
    code: bool
    language: str = ""
    start: int = 0
    """Where it begins in the answer, in characters."""


def cut_markdown(text: str) -> Sequence[Piece]:
    """Return the pieces of an answer in order; empty runs of text are left out."""
    return [piece for piece in _pieces(text) if piece.code or piece.text.strip()]


def cut_plain(text: str) -> Sequence[Piece]:
    """Return the pieces of plain text: cut at line ends, else anywhere."""
    pieces, start = [], 0
    while start < len(text):
        end = start + LONGEST_TEXT
        if end < len(text):
            newline = text.rfind("\n", start, end)
            end = newline + 1 if newline > start else end
        pieces.append(Piece(text[start:end].rstrip("\n"), code=False, start=start))
        start = end
    return pieces


def _pieces(text: str) -> Iterator[Piece]:
    lines = text.split("\n")
    held: list[str] = []
    length, position, start = 0, 0, 0
    fence, language = "", ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not found[2]:
                yield Piece("\n".join(held), True, language, start)
                fence, held, length, start = "", [], 0, position + len(line) + 1
            else:
                held.append(line)
        elif found:
            yield Piece("\n".join(held), False, "", start)
            fence, language, held, length, start = found[1], found[2], [], 0, position
        else:
            if length > LONGEST_TEXT and _may_cut(held, line, last=number == len(lines) - 1):
                yield Piece("\n".join(held), False, "", start)
                held, length, start = [], 0, position
            held.append(line)
            length += len(line) + 1
        position += len(line) + 1
    yield Piece("\n".join(held), bool(fence), language if fence else "", start)


def _may_cut(held: Sequence[str], line: str, *, last: bool) -> bool:
    """Cut before a paragraph that surely is a new one, never inside a list or a table."""
    if not held or held[-1].strip() or not line or line[0].isspace():
        return False
    # The last line may still grow: "1" can become "1. an item", so a start that may be a list item waits.
    if last and (len(line) < 3 or line.rstrip(".)").isdigit()):
        return False
    return not (_LIST_ITEM.match(line) or line.startswith(("|", ">")))
