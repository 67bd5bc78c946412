"""Repairs slips of the keyboard: an unknown word becomes the nearest word that people use with us."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z][a-z']{2,30}")
_SHORT = 5
"""Up to this length one slip is repaired, in longer words two."""
_SEEN_TWICE = 2
_SHORTEST_EXISTING = 5
"""Shorter pieces of the vocabulary are often no words: "teh" is one of them."""


class Speller:
    """Knows the words of our examples, and leaves every other word that exists alone."""

    def __init__(
        self,
        used: Mapping[str, int],
        existing: frozenset[str],
        is_name: Callable[[str], bool] = lambda word: False,
    ) -> None:
        """`used`: words and how often they occur; `existing`: words that are right though unused."""
        self._used = used
        self._existing = existing
        self._is_name = is_name
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word, count in used.items():
            if count >= _SEEN_TWICE and _WORD.fullmatch(word):
                self._by_length[len(word)].append(word)
        self._nearest = lru_cache(4096)(self._search)

    def repaired(self, text: str) -> str:
        """Return a normalised line with its slips repaired."""
        return " ".join(self._word(word) for word in text.split(" "))

    def _word(self, word: str) -> str:
        bare = word.rstrip(",")
        if not _WORD.fullmatch(bare) or self._used.get(bare, 0) >= _SEEN_TWICE or bare in self._existing:
            return word
        if self._is_name(bare):
            return word
        return self._nearest(bare) + word[len(bare) :]

    def _search(self, word: str) -> str:
        most = 1 if len(word) <= _SHORT else 2
        best: tuple[int, bool, int] | None = None
        found = word
        for length in range(len(word) - most, len(word) + most + 1):
            for candidate in self._by_length.get(length, ()):
                if candidate[0] not in word[:2]:  # the first letter is rarely wrong, but may be the second
                    continue
                distance = OSA.distance(word, candidate, score_cutoff=most)
                if distance > most:
                    continue
                rank = (distance, candidate[0] != word[0], -self._used[candidate])
                if best is None or rank < best:
                    best, found = rank, candidate
        return found


def words_that_exist(word_pieces: Path) -> frozenset[str]:
    """Return the whole words of the encoder's vocabulary: they are English, or names, and no slips."""
    lines = word_pieces.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if len(line) >= _SHORTEST_EXISTING and _WORD.fullmatch(line))
