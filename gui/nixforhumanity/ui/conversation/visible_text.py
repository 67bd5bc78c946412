"""Makes text from outside safe to look at: nothing in it may be invisible or change what stands around it."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufff9-\ufffc]")
_HARMLESS_ISOLATES = re.compile(r"[\u2066-\u2069\u200b\u200e\u200f\u061c\ufeff]")
_BOLD_OR_CODE = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|`([^`\n]+)`")
_MARKS = re.compile(r"^\s{0,3}(#{1,6}\s+|>\s?|```.*$|~~~.*$)|[*_`~]|\]\([^)]*\)|!?\[", re.MULTILINE)


def visible_text(text: str) -> str:
    """Return text in which control characters are seen and direction overrides are gone."""
    return _CONTROL.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def visible_command(command: str) -> str:
    """Return a command in which every character that could hide something is written as an escape."""
    escaped = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", command)
    return _HARMLESS_ISOLATES.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def plain_text(markdown: str) -> str:
    """Return about the words that a person sees of Markdown: for search and for screen readers."""
    return _MARKS.sub("", markdown)


def without_marks(text: str) -> str:
    """Return a sentence of the assistant for a place that shows no Markdown: no marks of bold or of code."""
    return _BOLD_OR_CODE.sub(lambda found: found[1] or found[2], text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\n" if code in (0x2028, 0x2029) else "\ufffd" if code < 0xA0 else ""
