"""Keys for letters that a display's keyboard does not have."""

import ctypes
from dataclasses import dataclass, field

# Keys that no test presses otherwise: the ones for web, mail and music at the upper end of the keyboard map.
SPARE_KEYCODES = range(255, 150, -1)
LAST_PLAIN_LETTER = 126


def keysym(letter: str) -> int:
    """Return X's number for a letter, the one that programs look for."""
    library = ctypes.CDLL("libxkbcommon.so.0")
    return int(library.xkb_utf32_to_keysym(ctypes.c_uint32(ord(letter))))


@dataclass
class LetterKeys:
    """Gives each letter beyond ASCII a key of its own that it keeps.

    xdotool alone changes one key back and forth, and a program that looks a moment later misses the letter.
    """

    known: dict[str, int] = field(default_factory=dict)

    def expressions_for(self, text: str) -> list[str]:
        """Return what xmodmap has to be told before this text can be typed."""
        expressions = []
        for letter in dict.fromkeys(text):
            small, large = letter.lower(), letter.upper()
            if ord(letter) <= LAST_PLAIN_LETTER or letter in self.known:
                continue
            if len(small) != 1 or len(large) != 1:
                small = large = letter
            if len(set(self.known.values())) == len(SPARE_KEYCODES):
                raise ValueError("no key is left for another letter")
            keycode = SPARE_KEYCODES[len(set(self.known.values()))]
            self.known.update(dict.fromkeys((small, large), keycode))
            expressions.append(f"keycode {keycode} = {keysym(small):#x} {keysym(large):#x}")
        return expressions
