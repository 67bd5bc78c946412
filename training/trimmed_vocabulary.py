"""Chooses what of a multilingual vocabulary is kept: pieces of our scripts, the frequent ones first."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from e5_weights import E5

_SPACE = "\u2581"
_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzáàâãäåæçéèêëíìîïñóòôõöøúùûüýÿœßı")
_START, _END, _UNKNOWN = 0, 2, 3
"""Where the original vocabulary has its marks."""
_LONGEST = 16


def every_piece(model: E5) -> list[int]:
    """Return the numbers of the marks and of all pieces of our scripts."""
    ours = [number for number, piece in enumerate(model.pieces) if number > _UNKNOWN and _is_ours(piece)]
    return [_START, _END, _UNKNOWN, *ours]


def chosen_pieces(model: E5, used: Iterable[str], count: int) -> list[int]:
    """Return the numbers of the pieces to keep: the marks, all of `used`, then the frequent ones."""
    wanted = set(used)
    mine = every_piece(model)[3:]
    kept = {number for number in mine if model.pieces[number] in wanted or len(model.pieces[number]) == 1}
    for number in mine:
        if len(kept) >= count:
            break
        kept.add(number)
    return [_START, _END, _UNKNOWN, *sorted(kept)]


def write_pieces(model: E5, numbers: list[int], path: Path) -> None:
    """Write the vocabulary: a score, a tab and the piece, one a line."""
    rows = [f"{model.scores[number]:.4f}\t{model.pieces[number]}" for number in numbers]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def trimmed_words(model: E5, numbers: list[int]) -> NDArray:
    """Return the embeddings of the pieces that are kept (pieces, width)."""
    return np.ascontiguousarray(model.arrays["embeddings.word_embeddings.weight"][numbers])


def _is_ours(piece: str) -> bool:
    if not piece or len(piece) > _LONGEST or piece != piece.casefold() or "\n" in piece or "\t" in piece:
        return False
    return all(_is_our_letter(letter) for letter in piece)


def _is_our_letter(letter: str) -> bool:
    if letter == _SPACE or letter.isascii():
        return True
    name = unicodedata.name(letter, "")
    if name.startswith("LATIN"):
        return letter in _LATIN
    if unicodedata.category(letter)[0] in "LM":
        return name.startswith(_SCRIPTS)
    return not unicodedata.category(letter).startswith("C")
