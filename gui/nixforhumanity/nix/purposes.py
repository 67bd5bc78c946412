"""Purposes: what people want to do, in everyday words, and the programs that suit it."""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.nix.package_words import allowed_slips, content_words, distance, stem, words_of
from nixforhumanity.nix.purpose_phrases import Nearness, PhraseBook, load_phrases
from nixforhumanity.nix.spoken_words import languages_of

_NEAR_ENOUGH = 0.5
_WEIGHT_OF_ALL_PHRASINGS = 0.2
_SHORTEST_TO_REPAIR = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A program that suits a purpose."""

    attribute: str
    why: str
    """A few words, e.g. `like Photoshop`."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One table of purposes.toml."""

    key: str
    say: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    """Best first."""


@dataclass(frozen=True, slots=True)
class PurposeMatch:
    """A purpose that some words may mean."""

    purpose: Purpose
    score: float
    """1.0 when the words are one of its phrasings; at least 0.5."""


def load_purposes(path: Path) -> list[Purpose]:
    """Read purposes.toml in the order of the file. Raises KeyError or ValueError when it has a mistake."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Purpose(
            key=key,
            say=tuple(table["say"]),
            suggestions=tuple(Suggestion(attribute, why) for attribute, why in table["try"].items()),
        )
        for key, table in tables.items()
    ]


class PurposeBook:
    """Finds the purposes that somebody's words are about, by the words they share; rare words count more."""

    def __init__(self, purposes: Iterable[Purpose], folder: Path | None = None) -> None:
        """`folder`: where the phrases of other languages are, read when one is spoken; None: nowhere."""
        self._purposes = {purpose.key: purpose for purpose in purposes}
        self._folder = folder
        self._others: dict[str, PhraseBook] = {}
        self._phrases = [
            (purpose, frozenset(_stems(phrase)))
            for purpose in self._purposes.values()
            for phrase in purpose.say
        ]
        self._exact = {
            purpose.key: {tuple(words_of(phrase)) for phrase in purpose.say}
            for purpose in self._purposes.values()
        }
        counts = Counter(word for _, words in self._phrases for word in words)
        self._weights = {word: math.log(1 + len(self._phrases) / count) for word, count in counts.items()}
        self._weight_of_unknown = math.log(1 + len(self._phrases))

    def matches(self, text: str) -> Sequence[PurposeMatch]:
        """Return the purposes the text may mean in any language, best first; empty when none is near."""
        near = {entry.key: entry for entry in self._near(text)}
        if self._folder is not None and not self._is_english(text, near.values()):
            for language in languages_of(text):
                for entry in self._other(language, self._folder).near(text):
                    if entry.key in self._purposes and _rank(entry) > _rank(near.get(entry.key)):
                        near[entry.key] = entry
        return [
            PurposeMatch(self._purposes[entry.key], min(entry.best, 1.0))
            for entry in sorted(near.values(), key=_rank, reverse=True)
        ]

    def _near(self, text: str) -> list[Nearness]:
        """Return the purposes that English words may mean."""
        said = frozenset(self._known(word) for word in _stems(text))
        weight_said = self._weight(said)
        scores: dict[str, list[float]] = {}
        for purpose, phrase in self._phrases:
            if shared := said & phrase:
                score = 2 * self._weight(shared) / (weight_said + self._weight(phrase))
                scores.setdefault(purpose.key, []).append(min(score, 1.0))
        spoken = tuple(words_of(text))
        return [
            Nearness(
                key, max(several) + (spoken in self._exact[key]), sum(several) / len(self._purposes[key].say)
            )
            for key, several in scores.items()
            if max(several) >= _NEAR_ENOUGH
        ]

    def _is_english(self, text: str, near: Iterable[Nearness]) -> bool:
        """Tell whether English says it all: the very phrase, or no word that English phrases do not hold."""
        if any(entry.best > 1.0 for entry in near):
            return True
        words = _stems(text)
        return not words or all(word in self._weights for word in words)

    def _other(self, language: str, folder: Path) -> PhraseBook:
        if language not in self._others:
            self._others[language] = PhraseBook(language, *load_phrases(folder, language))
        return self._others[language]

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._weight_of_unknown) for word in words)

    def _known(self, word: str) -> str:
        """Return the nearest word of the book for a mistyped one, else the word itself."""
        slips = allowed_slips(word)
        if word in self._weights or len(word) < _SHORTEST_TO_REPAIR:
            return word
        near = [
            (distance(word, known, slips), known)
            for known in self._weights
            if known[0] == word[0] and abs(len(known) - len(word)) <= slips
        ]
        best = min(near, default=(slips + 1, word))
        return best[1] if best[0] <= slips else word


def _stems(text: str) -> list[str]:
    return [stem(word) for word in content_words(text)]


def _rank(entry: Nearness | None) -> float:
    """The very phrase wins; of two nearly as good, the one with more phrasings about these words is meant."""
    return 0.0 if entry is None else entry.best + _WEIGHT_OF_ALL_PHRASINGS * entry.mean
