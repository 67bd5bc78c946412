"""Where the value of a slot came from: the words of the line, and how they became the canonical value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.extraction.spelling import allowed_slips, key_of, slips
from nixforhumanity.understanding.extraction.words import Line, line_of
from nixforhumanity.understanding.requests import Context, NameIndex, Request, SlotValue
from nixforhumanity.understanding.slots import fill_slots
from nixforhumanity.understanding.templates import TemplateMatch

_MOST_WORDS = 40
"""Words of a line that are looked through; each piece of them is tried."""
_LONGEST_PIECE = 6
_BY_NAME = MappingProxyType(
    {"dependency": "package", "tools": "package", **{name: name for name in ("package", "concept", "level")}}
)
"""Slots whose words are resolved by name, and as what."""
_MISSPELT = frozenset({"package", "packages", "service"})
"""Types whose slips are repaired."""
_TIMES = frozenset({"duration", "date", "generation"})


class Way(Enum):
    """How words became a value."""

    SAME = "same"
    """The value is what was said."""
    SPELLING = "spelling"
    """Blanks, capitals or signs differ."""
    SLIP = "slip"
    OTHER_NAME = "other_name"
    NUMBER = "number"
    TIME = "time"
    WHOLE = "whole"
    """No piece of the line alone gives it: the line as a whole does."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A slot, its canonical value, and the words that it came from."""

    slot: str
    value: SlotValue
    said: str
    way: Way


def origins(request: Request, text: str, index: NameIndex, language: str) -> tuple[Origin, ...]:
    """Return where each slot of an understood request came from."""
    kind = catalogue().get(request.name)
    types = {slot.name: slot.type for slot in kind.slots} if kind is not None else {}
    line = line_of(text, language)
    found = []
    for slot, value in request.slots.items():
        items: Sequence[SlotValue] = value if isinstance(value, list) else [value]
        pieces = [_piece(request.name, slot, item, line, index) for item in items]
        ways = [_way(said, item, types.get(slot, "")) for said, item in zip(pieces, items, strict=True)]
        way = next((one for one in ways if one is not Way.SAME), Way.SAME)
        found.append(Origin(slot, value, ", ".join(piece for piece in pieces if piece), way))
    return tuple(found)


def _piece(request: str, slot: str, value: SlotValue, line: Line, index: NameIndex) -> str:
    """Return the shortest piece of the line that alone gives the value; empty when none does."""
    for piece in _pieces(line):
        if piece.casefold() == str(value).casefold():
            return piece
    whole_words = rf"(?<![a-z0-9]){re.escape(str(value))}(?![a-z0-9])"
    if str(value) and (found := re.search(whole_words, line.text, re.IGNORECASE)) is not None:
        return found[0]
    name = _BY_NAME.get(slot, "")
    for piece in _pieces(line) if name else ():
        match = TemplateMatch(request, {name: piece.casefold()}, 0)
        if fill_slots(match, index, Context(), line.language).values.get(name) == value:
            return piece
    for piece in _pieces(line):
        if extract(request, piece, index, line.language).values.get(slot) == value:
            return piece
    return ""


def _pieces(line: Line) -> Iterator[str]:
    count = min(len(line.words), _MOST_WORDS)
    for length in range(1, min(count, _LONGEST_PIECE) + 1):
        for first in range(count - length + 1):
            yield line.between(first, first + length)


def _way(said: str, value: SlotValue, of_type: str) -> Way:
    canonical = str(value)
    if not said:
        return Way.WHOLE
    if said.casefold() == canonical.casefold():
        return Way.SAME
    if of_type in _TIMES and not isinstance(value, int):
        return Way.TIME
    if isinstance(value, int):
        return Way.NUMBER
    last = key_of(canonical.rpartition(".")[2])
    if key_of(said) in (key_of(canonical), last):
        return Way.SPELLING
    if of_type not in _MISSPELT:
        return Way.OTHER_NAME
    most = allowed_slips(key_of(said))
    return Way.SLIP if 0 < slips(key_of(said), last, most) <= most else Way.OTHER_NAME
