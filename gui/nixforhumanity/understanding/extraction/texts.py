"""Free text: the person's own words, less what is only around them."""

import re
from bisect import bisect_left
from functools import lru_cache

from nixforhumanity.understanding.extraction.people import put_together
from nixforhumanity.understanding.extraction.words import Line, quotations

LONGEST = 300
"""Letters that a free text may have."""
LONGEST_ERROR = 20_000
_COMMAND = re.compile(r"[\w.+/@:\[\]-]{1,80}")


def plain_text(line: Line, first: int, last: int) -> str | None:
    """Return the words as they were typed; None when nothing is left of them."""
    text = line.between(first, last)[:LONGEST].strip()
    return text or None


def command_name(line: Line, first: int, last: int) -> str | None:
    """Return the words as the name of a command or file; letters that were spelt are joined."""
    words = line.words[first:last]
    name = words[0].raw if len(words) == 1 else put_together(line, first, last)
    name = name.rpartition("bin/")[2] if "bin/" in name else name
    return name if _COMMAND.fullmatch(name) else None


def error_text(line: Line, first: int, last: int) -> str | None:
    """Return the words of an error as they were typed, with the brackets and marks that belong to them."""
    text = line.between(first, last)
    after = line.words[last - 1].closes
    if after.startswith(")") and text.count("(") > text.count(")"):
        text += ")"
    elif after.startswith("'") and text.count("'") % 2:
        text += "'"
    elif after.startswith("]") and text.count("[") > text.count("]"):
        text += "]"
    elif after.startswith('"') and text.count('"') % 2:
        text += '"'
    elif after.startswith("`") and text.count("`") % 2:
        text += "`"
    before = line.words[first].opens
    if before.endswith("'") and text.count("'") % 2:
        text = "'" + text
    return text or None


def pasted_error(text: str) -> str | None:
    """Return the whole of a text of several lines: what was pasted; None for a sentence."""
    beginning = text[:LONGEST_ERROR].strip()
    return beginning if "\n" in beginning else None


_SPEAKS_OF_FAILURE = re.compile(
    r"error|fail|cannot|can't|could not|denied|not found|no such|missing|unable|refused|fault|invalid|broken"
    r"|undefined|unexpected|mismatch|collision|fatal|exception|timed out",
    re.IGNORECASE,
)


def marks_of_an_error(line: Line, first: int, last: int) -> tuple[str, ...]:
    """Return what is known of words that may be an error, for the weights."""
    text = line.between(first, last)
    start, end = line.words[first].start, line.words[last - 1].end + len(line.words[last - 1].closes)
    quoted = any(
        start <= opens <= start + 1 and closes <= end <= closes + 2 for opens, closes in _quoted(line.text)
    )
    before_colon = first > 0 and line.words[first - 1].closes.endswith(":")
    capital = line.words[first].capital
    failures = _failures(line.text)
    at = bisect_left(failures, (line.words[first].start, 0))
    fails = at < len(failures) and failures[at][1] <= line.words[last - 1].end
    head = line.words[first].closes.startswith(":")
    return (
        f"quoted{quoted}",
        f"colon{':' in text}-before{before_colon}",
        f"fails{fails}",
        f"head{head}-{before_colon}",
        f"capital{capital}-{fails}",
    )


@lru_cache(8)
def _failures(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text speaks of failure, in order."""
    return tuple(match.span() for match in _SPEAKS_OF_FAILURE.finditer(text))


@lru_cache(8)
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(quotations(text))
