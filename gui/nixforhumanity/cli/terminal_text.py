"""Markdown and other texts as plain text that is safe to print in a terminal."""

import re

_NEVER_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FENCE = re.compile(r"`{3,}")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)(.+?)\2|\*\*")
_INDENT = "    "


def printable(text: str) -> str:
    """Return the text without control characters (line ends and tabs stay) and hidden directions."""
    return _NEVER_PRINTED.sub("", text)


def without_markdown(text: str) -> str:
    """Return Markdown as plain text: no stars, backslashes and backticks, code as indented lines."""
    lines: list[str] = []
    fence = ""
    for line in printable(text).split("\n"):
        found = _FENCE.match(line)
        if fence:
            if line.rstrip() == fence:
                fence = ""
            else:
                lines.append(_INDENT + line)
        elif found:
            fence = found[0]
        else:
            lines.append(_MARKS.sub(lambda mark: mark[1] or mark[3] or "", line))
    return "\n".join(lines)
