"""Learns from the example lines where the values of slots stand: resources/understanding/spans.json.

Other languages than English have a folder of their own there, with the words that are used often in it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from example_lines import ExampleLine
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.extraction.candidates import learned_slots
from nixforhumanity.understanding.extraction.folding import folded
from nixforhumanity.understanding.extraction.services import service_names
from nixforhumanity.understanding.extraction.spelling import key_of
from nixforhumanity.understanding.extraction.tables import ENGLISH, everyday_words
from nixforhumanity.understanding.extraction.words import line_of
from nixforhumanity.understanding.requests import NameIndex
from nixforhumanity.understanding.slots import CERTAIN
from span_training import SpanExample, learn_spans

_NAMES = frozenset({"package", "dependency"})
_OFTEN = 3
"""In so many lines is an everyday word used."""


def train_slots(lines: Sequence[ExampleLine], index: NameIndex, path: Path, language: str = ENGLISH) -> None:
    """Learn from lines that ask for one thing and write `path`; takes half a minute or less.

    For other languages than English, `everyday.txt` beside it is written first: learning reads it.
    """
    if language != ENGLISH:
        path.parent.mkdir(parents=True, exist_ok=True)
        often = "\n".join(sorted(_often_used(lines, index, language)))
        (path.parent / "everyday.txt").write_text(often + "\n", encoding="utf-8")
        everyday_words.cache_clear()
    parts = learn_spans(_examples(lines, index, language), index, language)
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _examples(lines: Sequence[ExampleLine], index: NameIndex, language: str) -> Iterator[SpanExample]:
    for line in lines:
        [request], [written] = line.requests, line.slots
        for slot in catalogue()[request].slots if request in catalogue() else ():
            value = written.get(slot.name, "")
            if slot.name not in learned_slots(language) or (slot.required and not value):
                continue
            canonical = _canonical(value, index) if slot.name in _NAMES else value
            yield SpanExample(request, slot.name, line.text, canonical)


@cache
def _canonical(name: str, index: NameIndex) -> str:
    found = index.resolve(name)
    return found[0].attribute if found and found[0].score >= CERTAIN else name


def _often_used(lines: Sequence[ExampleLine], index: NameIndex, language: str) -> set[str]:
    """Return the words of lines that are outside of names, and seldom one themselves."""
    outside: Counter[str] = Counter()
    named: Counter[str] = Counter()
    meant: dict[str, str] = {}
    for line in lines:
        values = [value for slots in line.slots for value in slots.values()]
        said = {part for value in values for part in _words(value, language)}
        names = {_canonical(name, index) for value in values for name in value.split(",")}
        for word in set(_words(line.text, language)):
            if word.isascii() and word not in meant:
                meant[word] = _canonical(word, index)
            service = service_names().get(key_of(word))
            begun = word.isascii() and len(word) > 3 and any(name.startswith(word) for name in names)
            is_name = word in said or begun or meant.get(word) in names or service in names
            (named if is_name else outside)[word] += 1
    return {
        word
        for word, count in outside.items()
        if count >= _OFTEN and count > 2 * named[word] and not any(letter.isdigit() for letter in word)
    }


def _words(text: str, language: str) -> list[str]:
    return [folded(word.low, language) for word in line_of(text, language).words]
