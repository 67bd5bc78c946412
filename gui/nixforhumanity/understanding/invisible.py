"""What a text shows: nothing that cannot be seen may change what is understood."""

import re
import unicodedata

_NOTHING_TO_SEE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Marks and letters without a shape; control and format characters are known by their category."""
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They choose how the character before them is drawn."""
_OF_A_TERMINAL = re.compile(r"\x1b\[[0-?]{0,40}[ -/]{0,8}[@-~]")
"""Colours, in what was copied from a terminal with them."""


def visible(text: str) -> str:
    """Return a text without control and invisible characters; blanks and ends of lines stay."""
    if text.isascii() and text.isprintable():
        return text
    bare = _VARIANTS.sub("", _OF_A_TERMINAL.sub("", text))
    return "".join(letter for letter in bare if letter.isspace() or _can_be_seen(letter))


def _can_be_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C" and letter not in _NOTHING_TO_SEE
