"""Numbers in the words of other languages: compounds, joined "and", Chinese numerals, any digits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nixforhumanity.understanding.extraction import numbers
from nixforhumanity.understanding.extraction.folding import folded
from nixforhumanity.understanding.extraction.numbers import Number
from nixforhumanity.understanding.extraction.segmenting import UNSPACED
from nixforhumanity.understanding.extraction.tables import ENGLISH, language_words, table
from nixforhumanity.understanding.extraction.words import Line, Word

_CHINESE = "zh_CN"
_LONGEST_RUN = 12
_HAN_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1,
}  # fmt: skip
_HAN_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_ORDINAL = re.compile(r"([0-9]{1,6})[-.]?(\w{1,4})")
_HUNDRED, _THOUSAND = 100, 1_000


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a language says numbers."""

    atoms: Mapping[str, int]
    joins: frozenset[str]
    """Words for "and"."""
    twenties: bool
    """Whether sixty and eighty go on to nineteen, as in French."""
    compounds: bool
    """Whether a whole number is written as one word, as in German."""
    prefix: str
    """What joins "and" to the next word, as in Arabic."""
    first_unit: bool
    """Whether the unit goes before the tens, as in Arabic and German."""


@cache
def _grammar(language: str) -> _Grammar:
    listed: dict[str, str] = table("numbers", language).get("atoms", {})
    atoms = {folded(word, language): int(value) for value, words in listed.items() for word in words.split()}
    return _Grammar(
        atoms,
        frozenset(folded(word, language) for word in language_words(language, "number_joins")),
        twenties=language == "fr",
        compounds=language == "de",
        prefix="و" if language == "ar" else "",
        first_unit=language in ("ar", "de"),
    )


def numbers_of(line: Line) -> list[Number]:
    """Return every whole number of a line of any language, in order."""
    if line.language == ENGLISH:
        return numbers.numbers_in(line)
    found: list[Number] = []
    place = 0
    while place < len(line.words):
        number = _digits(line, place) or (
            _han(line, place) if line.language in UNSPACED else _said(line, place)
        )
        if number is not None:
            found.append(number)
        place = number.last if number else place + 1
    return found


def _digits(line: Line, place: int) -> Number | None:
    low = line.words[place].low
    if not any(letter.isdigit() for letter in low):
        return None
    value = numbers.digits_of(low)
    if value is None:
        ordinal = _ORDINAL.fullmatch(low)
        value = (
            int(ordinal[1]) if ordinal and ordinal[2] in language_words(line.language, "ordinals") else None
        )
    if value is None:
        return None
    following = line.words[place + 1] if place + 1 < len(line.words) else None
    scale = {"千": 1_000, "万": 10_000, "百": 100}.get(following.low, 1) if following else 1
    return Number(value * scale, place, place + 1 + (scale > 1), digits=True)


def _han(line: Line, first: int) -> Number | None:
    last = first
    while last < min(first + _LONGEST_RUN, len(line.words)):
        low = line.words[last].low
        if low not in _HAN_DIGITS and low not in _HAN_SCALES:
            break
        if last > first and line.words[last - 1].end != line.words[last].start:
            break
        last += 1
    letters = [word.low for word in line.words[first:last]]
    value = han_number(letters, shortened=line.language == _CHINESE)
    return None if value is None else Number(value, first, last, digits=False)


def han_number(letters: Sequence[str], *, shortened: bool) -> int | None:
    """Return the number that Chinese numerals say, one by one or with their scales.

    `shortened`: a last digit counts tenths of the scale before it, as in Chinese: `两千二` is 2200.
    """
    if not letters:
        return None
    if not any(letter in _HAN_SCALES for letter in letters):
        return int("".join(str(_HAN_DIGITS[letter]) for letter in letters)[:8])
    total = part = digit = 0
    scale = 1
    for letter in letters:
        if letter in _HAN_DIGITS:
            if letter in "零〇":
                scale = 10
            digit = _HAN_DIGITS[letter]
            continue
        scale = _HAN_SCALES[letter]
        if scale == 10_000:
            total = (total + part + digit) * scale
            part = 0
        else:
            part += (digit or 1) * scale
        digit = 0
    return total + part + digit * (scale // 10 if shortened and scale > 10 and digit else 1)


def _said(line: Line, first: int) -> Number | None:
    grammar = _grammar(line.language)
    atoms: list[int] = []
    last = first
    while last < min(first + _LONGEST_RUN, len(line.words)):
        joined = False
        at = last
        word = _plain(line.words[at], line.language)
        if atoms and word in grammar.joins and at + 1 < len(line.words):
            joined = True
            at += 1
            word = _plain(line.words[at], line.language)
        more = _atoms_of(word, grammar)
        if more is None and atoms and grammar.prefix and word.startswith(grammar.prefix):
            more = _atoms_of(word.removeprefix(grammar.prefix), grammar)
            joined = more is not None
        if more is None or (atoms and line.words[last - 1].closes):
            break
        if joined and not _continues([*atoms], more[0], grammar):
            break
        atoms += more
        last = at + 1
    if not atoms or (value := _value(atoms, grammar)) is None:
        return None
    return Number(value, first, last, digits=False)


def _plain(word: Word, language: str) -> str:
    return folded(word.low, language)


def _atoms_of(word: str, grammar: _Grammar) -> list[int] | None:
    """Return the parts of a number that one word says; None when it says none."""
    if word in grammar.atoms:
        return [grammar.atoms[word]]
    if "-" in word:
        parts = [part for part in word.split("-") if part and part not in grammar.joins]
        found = [grammar.atoms[part] for part in parts if part in grammar.atoms]
        return found if found and len(found) == len(parts) else None
    return _compound(word, grammar) if grammar.compounds and len(word) <= 60 else None


def _compound(word: str, grammar: _Grammar) -> list[int] | None:
    """Return the parts of a number that is written as one word."""
    found: list[int] = []
    rest = word
    while rest:
        for length in range(min(len(rest), 12), 1, -1):
            if rest[:length] in grammar.atoms:
                found.append(grammar.atoms[rest[:length]])
                rest = rest[length:]
                break
        else:
            if not found or not rest.startswith("und"):
                return None
            rest = rest.removeprefix("und")
    return found


def _continues(atoms: list[int], following: int, grammar: _Grammar) -> bool:
    """Whether "and" between two parts makes one number of them: `cuarenta y dos`, but not `2 y 3`."""
    before = atoms[-1]
    if before >= _HUNDRED:
        return following < before
    if grammar.first_unit and before < 10:
        return 20 <= following < _HUNDRED
    return before >= 20 and following < (20 if grammar.twenties else 10)


def _value(atoms: Sequence[int], grammar: _Grammar) -> int | None:
    groups: list[int] = []
    last = 0
    for before, atom in pairwise((-1, *atoms)):
        if grammar.twenties and before == 4 and atom == 20:
            groups[-1] += 76
            last = 80
        elif atom == _HUNDRED and groups and 1 <= last < 20:
            groups[-1] += last * (_HUNDRED - 1)
            last *= _HUNDRED
        elif atom == _THOUSAND and groups and groups[-1] < _THOUSAND:
            groups[-1] *= _THOUSAND
            last = _THOUSAND
        elif groups and _adds(groups[-1], last, atom, grammar):
            groups[-1] += atom
            last = atom
        else:
            groups.append(atom)
            last = atom
    return int("".join(map(str, groups))[:8]) if groups else None


def _adds(so_far: int, last: int, atom: int, grammar: _Grammar) -> bool:
    if atom == 0:
        return False
    if last >= _THOUSAND and last % _THOUSAND == 0:
        return atom < _THOUSAND
    if last >= _HUNDRED and last % _HUNDRED == 0:
        return atom < _HUNDRED
    if grammar.first_unit and 1 <= last <= 9 and 20 <= atom < _HUNDRED and atom % 10 == 0:
        return so_far % 100 == last
    if grammar.twenties and (last in (60, 80) or (last == 10 and atom in (7, 8, 9))):
        return atom < 20
    return 20 <= last < _HUNDRED and last % 10 == 0 and atom < 10
