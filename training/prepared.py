"""What the models see of a line: exactly what they will see at run time."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from example_lines import ExampleLine
from nixforhumanity.understanding.model.spelling import Speller, words_that_exist
from nixforhumanity.understanding.normalise import normalise


def used_words(lines: Iterable[ExampleLine]) -> Counter[str]:
    """Count the words of the lines, less those that were written with slips on purpose."""
    return Counter(
        word.rstrip(",") for line in lines if line.kind != "typo" for word in normalise(line.text).split()
    )


def speller(used: Counter[str], word_pieces: Path) -> Speller:
    """Return the speller over the words of the training lines."""
    return Speller(used, words_that_exist(word_pieces))


def prepared(lines: Iterable[ExampleLine], speller: Speller) -> list[str]:
    """Return the lines normalised and with their slips repaired."""
    return [speller.repaired(normalise(line.text)) for line in lines]
