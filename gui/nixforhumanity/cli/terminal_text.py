"""Markdown and other texts as plain text that is safe to print in a terminal."""

import re
import textwrap

_NEVER_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FENCE = re.compile(r"`{3,}")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)(.+?)\2|\*\*")
_INDENT = "    "
_AS_IT_IS = re.compile(r" {4}|\s*\$ ")
"""Code and commands: a line break of ours would change what they mean."""
_HANGING = re.compile(r"\s*(?:[-*•+−]|\d+\.)?\s*")
_NARROWEST = 20


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


def wrapped(text: str, width: int | None) -> str:
    """Return the text with lines of at most that many characters, code lines as they are; None: as it is."""
    if width is None or width < _NARROWEST:
        return text
    return "\n".join(_wrapped_line(line, width) for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> str:
    if len(line) <= width or _AS_IT_IS.match(line):
        return line
    hanging = _HANGING.match(line)
    indent = " " * (hanging.end() if hanging else 0)
    trailing = line[len(line.rstrip(" ")) :]
    return (
        textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        + trailing
    )
