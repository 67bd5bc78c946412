"""What a line looks like to the learned weights: words with their slips repaired, kinds of words, places."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

from nixforhumanity.understanding.extraction.folding import folded
from nixforhumanity.understanding.extraction.segmenting import HAN, HIRAGANA, LATIN, script
from nixforhumanity.understanding.extraction.spelling import allowed_slips, slips
from nixforhumanity.understanding.extraction.tables import (
    ENGLISH,
    english_words,
    everyday_words,
    language_words,
    word_set,
)
from nixforhumanity.understanding.extraction.words import Line, Word

_SHORT = MappingProxyType(
    {
        "pls": "please", "plz": "please", "u": "you", "wanna": "want", "whats": "what's", "vat": "what",
        "wat": "what", "wich": "which", "vich": "which", "viz": "with", "ze": "the", "teh": "the",
        "gimme": "give", "smth": "something", "sth": "something", "cuz": "because", "ur": "your",
    }
)  # fmt: skip
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "this",
        "that",
        "some",
        "any",
        "please",
        "just",
        "also",
        "now",
        "again",
        "me",
    ]
)
_TAKES_BACK = frozenset({"no", "wait", "sorry", "mean", "rather", "correction"})
_ASKS = frozenset(
    """
    please so therefore hence tell show find search look give list explain what which how can could would
    """.split()  # noqa: SIM905
)


class Surroundings:
    """One line, prepared once for all places in it."""

    def __init__(self, line: Line, most: int) -> None:
        self.line = line
        self.words = line.words[:most]
        self.language = line.language
        if line.language == ENGLISH:
            self.lows = [context_word(word.low) for word in self.words]
            self.shapes = [shape(word) for word in self.words]
        else:
            self.lows = [folded(word.low, line.language) for word in self.words]
            self.shapes = [shape_elsewhere(word, line.language) for word in self.words]
        self._articles = _ARTICLES if line.language == ENGLISH else articles(line.language)
        self.commas_after = self._commas_after()
        self.last_ask = max((at for at, low in enumerate(self.lows) if low in _ASKS), default=-1)
        self.named = any(not one.startswith("d") for one in self.shapes)
        self.stranger = any("u" in one or "9" in one or "-" in one for one in self.shapes)

    def low(self, place: int) -> str:
        """Return a word in small letters, its slip repaired; marks for the ends of the line."""
        if place < 0:
            return "^"
        return self.lows[place] if place < len(self.lows) else "$"

    def before_articles(self, first: int) -> str:
        """Return the word before, leaving out articles and the like."""
        place = first - 1
        while place >= 0 and first - place < 4 and self.lows[place] in self._articles:
            place -= 1
        return self.low(place)

    def taken_back(self, first: int) -> bool:
        """Whether the speaker corrects what was said before this word."""
        return first > 2 and bool(_TAKES_BACK & set(self.lows[first - 3 : first]))

    def _commas_after(self) -> list[int]:
        found = [0] * (len(self.words) + 1)
        for place in range(len(self.words) - 1, -1, -1):
            found[place] = min(
                found[place + 1]
                + any(mark in ",.;:?!，。、；：？！،؛؟।" for mark in self.words[place].closes),
                3,
            )
        return found


def shape(word: Word) -> str:
    """Return what a word looks like: used with us (d), English (E), unknown (u), digits, capitals."""
    raw = word.raw
    kind = "d" if word.low in word_set("everyday", "words") else "E" if word.low in english_words() else "u"
    if any(letter.isdigit() for letter in raw):
        kind += "9"
    if any(mark in raw for mark in "-_."):
        kind += "-"
    if raw[1:] != raw[1:].casefold():
        kind += "X"
    return kind + ("C" if raw[:1].isupper() else "")


def shape_elsewhere(word: Word, language: str) -> str:
    """Return what a word of another language looks like: its script, everyday or not, digits, capitals."""
    kind = script(word.raw[0]) or LATIN
    if kind not in (HAN, HIRAGANA):
        low = folded(word.low, language)
        kind += "d" if low in everyday_words(language) else "E" if low in english_words() else "u"
    if any(letter.isdigit() for letter in word.low):
        kind += "9"
    if any(mark in word.raw for mark in "-_."):
        kind += "-"
    if word.raw[1:] != word.raw[1:].casefold():
        kind += "X"
    return kind + ("C" if word.capital else "")


@cache
def articles(language: str) -> frozenset[str]:
    """Return the small words that may stand before a value without saying anything."""
    return frozenset(folded(word, language) for word in language_words(language, "articles"))


def repaired(line: Line) -> Line:
    """Return the line with slips of everyday words repaired."""
    if line.language != ENGLISH:
        return line
    return Line(line.text, tuple(replace(word, low=context_word(word.low)) for word in line.words))


def context_word(low: str) -> str:
    """Return an everyday word as it is spelt right; other words as they are."""
    if low in _SHORT:
        return _SHORT[low]
    if not low.isalpha() or not 3 <= len(low) <= 14 or low in word_set("everyday", "words"):
        return low
    return low if low in english_words() else _repaired(low)


@lru_cache(4096)
def _repaired(low: str) -> str:
    most = max(allowed_slips(low), 1) if len(low) == 3 else allowed_slips(low)
    best, found = most + 1, low
    for length in range(len(low) - most, len(low) + most + 1):
        for word in _by_length().get(length, ()):
            if word[0] in low[:2] and (count := slips(low, word, best - 1)) < best:
                best, found = count, word
                if best == 1:
                    return found
    return found


@cache
def _by_length() -> Mapping[int, list[str]]:
    words: dict[int, list[str]] = defaultdict(list)
    for word in sorted(word_set("everyday", "words")):
        words[len(word)].append(word)
    return words
