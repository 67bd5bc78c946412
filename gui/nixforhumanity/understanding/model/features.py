"""Word and character n-grams of a normalised line, hashed into a fixed number of buckets."""

import math
import zlib
from collections import Counter
from itertools import pairwise

WORD_BUCKETS = 1 << 15
CHARACTER_BUCKETS = 1 << 15
BUCKETS = WORD_BUCKETS + CHARACTER_BUCKETS
_CHARACTER_LENGTHS = (2, 3, 4, 5)
_MAXIMUM_WORDS = 120
"""More words than this say nothing new, and bound the time that one line takes."""
_MAXIMUM_LETTERS = 200


def counted_features(text: str) -> tuple[Counter[int], Counter[int]]:
    """Return how often each bucket occurs: of words and pairs of words, and of pieces of words."""
    words = [word[:_MAXIMUM_LETTERS] for word in text.split()[:_MAXIMUM_WORDS]]
    wholes = Counter(_bucket("w" + word, WORD_BUCKETS) for word in words)
    wholes.update(_bucket(f"w{first} {second}", WORD_BUCKETS) for first, second in pairwise(words))
    pieces: Counter[int] = Counter()
    for word in words:
        padded = f" {word} "
        for length in _CHARACTER_LENGTHS:
            pieces.update(
                WORD_BUCKETS + _bucket("c" + padded[start : start + length], CHARACTER_BUCKETS)
                for start in range(max(1, len(padded) - length + 1))
            )
    return wholes, pieces


def damped(counts: Counter[int]) -> dict[int, float]:
    """Return one plus the logarithm of each count, so that a repeated word does not outweigh the rest."""
    return {bucket: 1 + math.log(count) for bucket, count in counts.items()}


def _bucket(feature: str, buckets: int) -> int:
    return zlib.crc32(feature.encode()) % buckets
