"""Splits a line into the likeliest sequence of pieces (SentencePiece's unigram model), for any script."""

import math
from pathlib import Path

_SPACE = "\u2581"
"""What stands for a space in a piece, and before each line."""
START, END, UNKNOWN = 0, 1, 2
"""The first three lines of the vocabulary stand for these; they match no text."""
_LESS_THAN_RAREST = 10.0


class Unigram:
    """A vocabulary of pieces: each line is the natural logarithm of its frequency, a tab, and the piece."""

    def __init__(self, vocabulary: Path) -> None:
        self._pieces: dict[str, tuple[int, float]] = {}
        rarest = 0.0
        for number, line in enumerate(vocabulary.read_text(encoding="utf-8").split("\n")):
            score, _, piece = line.partition("\t")
            if number > UNKNOWN and piece:
                self._pieces[piece] = (number, float(score))
                rarest = min(rarest, float(score))
        self._longest = max(map(len, self._pieces), default=1)
        self._unknown = rarest - _LESS_THAN_RAREST

    def numbers(self, text: str, longest: int) -> list[int]:
        """Return the numbers of the line's pieces, with the marks for start and end, at most `longest`."""
        letters = (_SPACE + text.replace(" ", _SPACE))[: longest * self._longest]
        pieces = self._pieces
        size = len(letters)
        best = [0.0] + [-math.inf] * size
        before: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            so_far = best[start]
            if so_far + self._unknown > best[start + 1]:
                best[start + 1], before[start + 1] = so_far + self._unknown, (start, UNKNOWN)
            for end in range(start + 1, min(size, start + self._longest) + 1):
                found = pieces.get(letters[start:end])
                if found is not None and so_far + found[1] > best[end]:
                    best[end], before[end] = so_far + found[1], (start, found[0])
        backwards: list[int] = []
        place = size
        while place:
            place, number = before[place]
            backwards.append(number)
        return [START, *backwards[::-1][: longest - 2], END]
