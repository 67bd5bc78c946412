"""Learns from the example lines where the values of slots stand: resources/understanding/spans.json."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from example_lines import ExampleLine
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.extraction.candidates import LEARNED
from nixforhumanity.understanding.requests import NameIndex
from nixforhumanity.understanding.slots import CERTAIN
from span_training import SpanExample, learn_spans

_NAMES = frozenset({"package", "dependency"})


def train_slots(lines: Sequence[ExampleLine], index: NameIndex, path: Path) -> None:
    """Learn from lines that ask for one thing; takes some 20 seconds."""
    parts = learn_spans(_examples(lines, index), index)
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _examples(lines: Sequence[ExampleLine], index: NameIndex) -> Iterator[SpanExample]:
    for line in lines:
        [request], [written] = line.requests, line.slots
        for slot in catalogue()[request].slots if request in catalogue() else ():
            value = written.get(slot.name, "")
            if slot.name not in LEARNED or (slot.required and not value):
                continue
            canonical = _canonical(value, index) if slot.name in _NAMES else value
            yield SpanExample(request, slot.name, line.text, canonical)


def _canonical(name: str, index: NameIndex) -> str:
    found = index.resolve(name)
    return found[0].attribute if found and found[0].score >= CERTAIN else name
