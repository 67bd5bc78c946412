"""Makes resources/understanding/languages.json: the commonest words of each language in Latin letters."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from example_lines import ExampleLine
from nixforhumanity.understanding.normalise import normalise

LATIN = ("en", "de", "es", "fr", "hi", "pt_BR")
"""Hindi too: many write it in Latin letters."""
_KEPT = 1200
_AT_LEAST = 3


def common_words(lines: Iterable[ExampleLine], names: set[str]) -> dict[str, float]:
    """Return the natural logarithm of the frequency of the commonest words that are no `names`."""
    counted = Counter(
        word.strip(",.?!")
        for line in lines
        if line.kind not in ("typo", "expert")
        for word in normalise(line.text).split()
    )
    latin = {
        w: n for w, n in counted.items() if w.isalpha() and w.isascii() | (not _foreign(w)) and w not in names
    }
    total = sum(latin.values())
    kept = [(word, count) for word, count in Counter(latin).most_common(_KEPT) if count >= _AT_LEAST]
    return {word: round(math.log(count / total), 2) for word, count in kept}


def write_language_words(lines: Mapping[str, list[ExampleLine]], names: set[str], path: Path) -> None:
    """Write the file, from the lines of each language."""
    rows = {language: common_words(lines[language], names) for language in LATIN}
    path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _foreign(word: str) -> bool:
    return any(letter > "\u024f" for letter in word)
