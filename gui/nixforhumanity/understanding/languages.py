"""Which language a line is in: by its script, and by its common words where several languages share one."""

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from nixforhumanity.core.resources import resource

LANGUAGES = ("en", "ar", "de", "es", "fr", "hi", "ja", "pt_BR", "ru", "zh_CN")
"""The languages that lines are understood in; the first is the one that needs no sign of it."""
_OF_SCRIPT = {
    "CYRILLIC": "ru", "ARABIC": "ar", "DEVANAGARI": "hi", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh_CN",
}  # fmt: skip
_WITHOUT_CASE = frozenset({"ja", "zh_CN"})
_SHARE = 0.08
"""So large a share of letters of another script makes a line one of its language: names stay Latin."""
_RARE = -9.0
"""Natural logarithm of the frequency of a word that a language does not use."""
_SURE = 4.0
"""The expected language must be worse by so much before another one is taken."""
_LETTERS = 400
_WORDS = 60


def spoken_language(normalised: str, expected: str, before: str = "") -> str:
    """Return the language of a normalised line; `expected` unless the line says otherwise.

    `before`: the language of the line before; it goes on where the words speak no more for the expected one.
    """
    scripts = Counter(_script(letter) for letter in normalised[:_LETTERS] if letter.isalpha())
    total = sum(scripts.values())
    foreign = Counter({name: count for name, count in scripts.items() if name in _OF_SCRIPT})
    if foreign and sum(foreign.values()) >= _SHARE * total:
        if foreign["HIRAGANA"] or foreign["KATAKANA"]:
            return "ja"
        found = _OF_SCRIPT[foreign.most_common(1)[0][0]]
        return expected if found in _WITHOUT_CASE and expected in _WITHOUT_CASE else found
    return _by_words(normalised.split()[:_WORDS], expected, before or expected)


def nearest_language(locale: str) -> str | None:
    """Return the language of a locale such as `de_AT` or `pt`; None when there is none of its family."""
    short = locale.partition("_")[0]
    nearby = (name for name in LANGUAGES if name.partition("_")[0] == short)
    return locale if locale in LANGUAGES else next(nearby, None)


def with_umlauts(normalised: str) -> str:
    """Return a German line with "rueckgaengig" written as it is meant, where that makes a common word."""
    known = common_words()["de"]
    words = [(word, _umlauts(word)) for word in normalised.split(" ")]
    return " ".join(changed if changed in known and word not in known else word for word, changed in words)


def _umlauts(word: str) -> str:
    return word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")


def _by_words(words: list[str], expected: str, before: str) -> str:
    tables = common_words()
    scores = {
        language: sum(table.get(word.strip(",.?!"), _RARE) for word in words)
        for language, table in tables.items()
    }
    best = max(scores, key=lambda language: scores[language])
    # A language of another script is expected, but nobody has to switch the keyboard for "install firefox".
    floor = _RARE * len(words)
    if scores[best] > scores.get(expected, floor) + _SURE:
        return best
    return before if scores.get(before, floor) >= scores.get(expected, floor) else expected


def _script(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "").partition(" ")[0]


@cache
def common_words() -> Mapping[str, Mapping[str, float]]:
    """Return how frequent the commonest words of each Latin-written language are (natural logarithms)."""
    path = resource("understanding", "languages.json")
    rows: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return rows
