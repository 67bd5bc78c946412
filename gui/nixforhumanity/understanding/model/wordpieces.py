"""Splits a line into the pieces of words that the encoder knows (WordPiece, as BERT's models use it)."""

import unicodedata
from pathlib import Path

_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_INSIDE = "##"
_LONGEST_WORD = 100
_CHINESE = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))


class WordPieces:
    """The encoder's vocabulary: one piece a line, its number is the line's."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(lines)}

    def numbers(self, text: str, longest: int) -> list[int]:
        """Return the numbers of the line's pieces, with the marks for start and end, at most `longest`."""
        found = [self._numbers[_START]]
        for word in _words(text):
            found += self._pieces(word)
            if len(found) >= longest:
                break
        return [*found[: longest - 1], self._numbers[_END]]

    def _pieces(self, word: str) -> list[int]:
        """Cut a word into the longest pieces that are known, from its start."""
        if len(word) > _LONGEST_WORD:
            return [self._numbers[_UNKNOWN]]
        found: list[int] = []
        start = 0
        while start < len(word):
            mark = _INSIDE if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._numbers[_UNKNOWN]]
        return found


def _words(text: str) -> list[str]:
    """Split at spaces, and around each sign and each Chinese character; small letters, no accents."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or (category in ("Cc", "Cf") and not character.isspace()):
            continue
        if character.isspace():
            kept.append(" ")
        elif _stands_alone(character, category):
            kept.append(f" {character} ")
        else:
            kept.append(character)
    return "".join(kept).split()


def _stands_alone(character: str, category: str) -> bool:
    if category.startswith("P") or (character.isascii() and not character.isalnum()):
        return True
    return any(first <= character <= last for first, last in _CHINESE)
