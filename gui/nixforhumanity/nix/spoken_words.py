"""Words as languages other than English write and bend them, so that one said differently is still found."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from nixforhumanity.nix.package_words import MOST_WORDS, cleaned

_OF_SCRIPT = (
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[\u3400-\u9fff]"), ("zh_CN", "ja")),
    (re.compile("[\u0400-\u04ff]"), ("ru",)),
    (re.compile("[\u0600-\u06ff]"), ("ar",)),
    (re.compile("[\u0900-\u097f]"), ("hi",)),
)
_LATIN = ("de", "es", "fr", "pt_BR", "hi")
"""Hindi is written in Latin letters too."""
LANGUAGES = ("ar", "de", "es", "fr", "hi", "ja", "pt_BR", "ru", "zh_CN")
"""The languages besides English that purposes are known in."""
WITHOUT_SPACES = frozenset({"ja", "zh_CN"})

_HAN = "\u3400-\u9fff"
_RUN = re.compile(rf"[{_HAN}\u3040-\u30ff]+|[^\W_{_HAN}\u3040-\u30ff]+[+#]*")
_IS_HAN = re.compile(f"[{_HAN}]")
_IS_CJK = re.compile(rf"[{_HAN}\u3040-\u30ff]")
_HIRAGANA = re.compile("[\u3040-\u309f]")
_MARKS_LEFT_OUT = re.compile("[\u0300-\u036f\u064b-\u0652\u0640]")
_ARABIC_BEGINNING = re.compile("^(?:[\u0648\u0641]?(?:\u0627\u0644|\u0628\u0627\u0644|\u0644\u0644)|\u0644)")
"""And, the, with the, for the, for: written as one with the word."""
_ARABIC_LETTERS = str.maketrans("\u0623\u0625\u0622\u0629\u0649", "\u0627\u0627\u0627\u0647\u064a")
_ARABIC_WORD = 3
_SAME_BEGINNING = 4
_SAME_SHARE = 0.6


def languages_of(text: str) -> Sequence[str]:
    """Return the languages whose script the text is in, in the order that they are likely."""
    return next((languages for script, languages in _OF_SCRIPT if script.search(text)), _LATIN)


def folded(text: str) -> str:
    """Return the text in small letters, without accents: many people leave them out."""
    bare = _MARKS_LEFT_OUT.sub("", unicodedata.normalize("NFKD", cleaned(text).casefold()))
    return unicodedata.normalize("NFC", bare)


def pieces_of(text: str, language: str, small: Collection[str]) -> list[str]:
    """Return what carries meaning: words, or pieces of two letters where there are no spaces.

    `small`: folded words, or pieces of a text, that mean nothing here; all are taken when only they are said.
    """
    said = folded(text)
    if language in WITHOUT_SPACES:
        kept = said
        for piece in sorted(small, key=len, reverse=True):
            kept = kept.replace(piece, " ")
        return _short_pieces(kept) or _short_pieces(said)
    every = _words(said)
    words = [word for word in every if word not in small] or every
    if language == "ar":
        words = [_arabic(word) for word in words]
    return words[:MOST_WORDS]


def are_forms_of_one(first: str, second: str) -> bool:
    """Tell whether two words may be forms of one: they begin alike, with most of their letters."""
    if first == second:
        return True
    if _IS_CJK.match(first):
        return False
    same = next((at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(first), len(second)) if same is None else same
    longest = max(len(first), len(second))
    enough = _SAME_BEGINNING - 1 if longest <= _SAME_BEGINNING else _SAME_BEGINNING
    return same >= enough and same >= _SAME_SHARE * longest


def share_of_meaning(piece: str) -> float:
    """Return how much a piece says, from 0 to 1: a single Chinese character says less than two together."""
    if _HIRAGANA.search(piece):
        return 0.25  # the endings of Japanese words
    return 0.4 if len(piece) == 1 and _IS_HAN.match(piece) else 1.0


def _words(said: str) -> list[str]:
    """Split at everything that is no letter, mark or digit; Hindi writes vowels as marks."""
    kept = (letter if unicodedata.category(letter)[0] in "LMN" or letter in "+#" else " " for letter in said)
    return "".join(kept).split()


def _short_pieces(said: str) -> list[str]:
    pieces: list[str] = []
    for run in _RUN.findall(said):
        if not _IS_CJK.match(run):
            pieces.append(run)
            continue
        pieces += [run[at : at + 2] for at in range(len(run) - 1)]
        pieces += [letter for letter in run if _IS_HAN.match(letter)] if len(run) > 1 else [run]
    return pieces


def _arabic(word: str) -> str:
    plain = word.translate(_ARABIC_LETTERS)
    bare = _ARABIC_BEGINNING.sub("", plain)
    return bare if len(bare) >= _ARABIC_WORD else plain
