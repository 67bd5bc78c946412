"""What people say for the purposes in one language besides English, and what some words are near."""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.nix.package_words import allowed_slips, distance
from nixforhumanity.nix.spoken_words import (
    WITHOUT_SPACES,
    are_forms_of_one,
    folded,
    pieces_of,
    share_of_meaning,
)

_NEAR_ENOUGH = 0.5
_INSIDE = 0.6
"""For a text that is a piece of a phrase, where there are no words to weigh."""
_AROUND = 0.9
"""For a text that a phrase is a piece of."""
_VERY_PHRASE = 1.0
_VERY_WORDS = 0.9
"""For a text of the very words of a phrase, with others that mean nothing, or in another order."""
_SHORTEST_TO_REPAIR = 5
_LOST_BY_REPAIR = 0.5
"""A word that is only near may be of another language."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near some words are to a purpose."""

    key: str
    best: float
    """0.5 to 1.0, and up to 1.0 more when they are one of its phrases."""
    mean: float
    """Over all phrases of the purpose, 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    key: str
    whole: str
    words: frozenset[str]


def load_phrases(folder: Path, language: str) -> tuple[Mapping[str, Sequence[str]], frozenset[str]]:
    """Read what is said for every purpose, and the small words. Raises OSError or ValueError."""
    phrases = tomllib.loads((folder / "purposes" / f"{language}.toml").read_text(encoding="utf-8"))
    small = tomllib.loads((folder / "small_words.toml").read_text(encoding="utf-8"))
    return phrases, frozenset(small.get(language, "").split())


class PhraseBook:
    """Finds the purposes that words of one language are about; rare words count more."""

    def __init__(self, language: str, phrases: Mapping[str, Sequence[str]], small: Iterable[str]) -> None:
        self._language = language
        self._small = frozenset(folded(word) for word in small)
        self._sizes = {key: len(said) for key, said in phrases.items()}
        self._phrases = [
            _Phrase(key, folded(phrase), frozenset(self._pieces(phrase)))
            for key, said in phrases.items()
            for phrase in said
        ]
        self._uses = Counter(word for phrase in self._phrases for word in phrase.words)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for word in self._uses:
            self._by_beginning[word[:1]].append(word)

    def near(self, text: str) -> Sequence[Nearness]:
        """Return the purposes that the text may mean, in no order; empty when none is near."""
        forms = {word: self._forms(word) for word in self._pieces(text)}
        weights = {word: self._weight(word, known) for word, known in forms.items()}
        repaired = [word for word, known_as in forms.items() if not _hold_a_form(known_as, word)]
        whole = folded(text)
        known = frozenset().union(*forms.values())
        scores: dict[str, list[float]] = defaultdict(list)
        for phrase in self._phrases:
            if shared := phrase.words & known:
                said = sum(weights[word] for word, known_as in forms.items() if known_as & shared)
                said -= sum(weights[word] * _LOST_BY_REPAIR for word in repaired if forms[word] & shared)
                heard = sum(self._weight(word, {word}) for word in shared)
                every = sum(self._weight(word, {word}) for word in phrase.words) + sum(weights.values())
                score = self._with_pieces(min((said + heard) / every, 1.0), whole, phrase.whole)
                if phrase.words == forms.keys():
                    score += _VERY_PHRASE if phrase.whole == whole else _VERY_WORDS
                scores[phrase.key].append(score)
        return [
            Nearness(key, max(several), sum(min(one, 1.0) for one in several) / self._sizes[key])
            for key, several in scores.items()
            if max(several) >= _NEAR_ENOUGH
        ]

    def _pieces(self, text: str) -> list[str]:
        return pieces_of(text, self._language, self._small)

    def _with_pieces(self, score: float, said: str, phrase: str) -> float:
        """Return the score, or more where there are no spaces and one text stands within the other."""
        if self._language not in WITHOUT_SPACES or min(len(said), len(phrase)) < 2:
            return score
        if phrase in said:
            return max(score, _AROUND)
        return max(score, _INSIDE) if said in phrase else score

    def _forms(self, word: str) -> frozenset[str]:
        """Return the words of the book that are forms of this one, else those that it was mistyped for."""
        alike = self._by_beginning.get(word[:1], [])
        found = frozenset(known for known in alike if are_forms_of_one(word, known))
        if found or len(word) < _SHORTEST_TO_REPAIR:
            return found
        slips = allowed_slips(word)
        near = [
            (distance(word, known, slips), known) for known in alike if abs(len(known) - len(word)) <= slips
        ]
        best = min(near, default=(slips + 1, word))
        return frozenset({best[1]}) if best[0] <= slips else frozenset()

    def _weight(self, word: str, known_as: Iterable[str]) -> float:
        uses = sum(self._uses[known] for known in known_as)
        return share_of_meaning(word) * math.log(1 + len(self._phrases) / max(uses, 1))


def _hold_a_form(known_as: Iterable[str], word: str) -> bool:
    return any(are_forms_of_one(word, known) for known in known_as)
