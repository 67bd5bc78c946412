"""Values of options in the words of other languages, as JSON; and options that plain words stand for."""

import json
import re

from nixforhumanity.understanding.extraction.lexicon import Hit, lexicon
from nixforhumanity.understanding.extraction.local_numbers import numbers_of
from nixforhumanity.understanding.extraction.segmenting import LATIN, script
from nixforhumanity.understanding.extraction.tables import everyday_words
from nixforhumanity.understanding.extraction.words import Line

_ENGLISH_VALUES = {
    "true": "true", "false": "false", "on": "true", "off": "false", "enabled": "true", "disabled": "false",
    "yes": "true", "enable": "true", "disable": "false", "ture": "true", "treu": "true", "flase": "false",
    "fales": "false",
}  # fmt: skip
_VALUE = re.compile(r"[\w./:@+-]{1,120}", re.ASCII)


def said_elsewhere(line: Line, start: int, end: int) -> str | None:
    """Return the value that stands after the option, or before it; `start`, `end`: the option's letters."""
    after = [place for place, word in enumerate(line.words) if word.start >= end]
    before = [place for place, word in enumerate(line.words) if word.end <= start]
    numbers = {number.first: number.value for number in numbers_of(line)}
    hits = {hit.first: hit for hit in lexicon("values", "values", line.language).hits(line)}
    for places in (after, before[::-1]):
        for place in places:
            low = line.words[place].low
            if low in _ENGLISH_VALUES:
                return _ENGLISH_VALUES[low]
            if place in hits and hits[place].value in ("true", "false"):
                return hits[place].value
            if place in numbers and _is_number(line, place):
                return json.dumps(numbers[place])
    for place in after:
        word = line.words[place]
        plain = script(word.raw[0]) != LATIN or word.low in everyday_words(line.language)
        if not plain and _VALUE.fullmatch(word.raw):
            return json.dumps(word.raw, ensure_ascii=False)
    return _switched(list(hits.values()))


def _is_number(line: Line, place: int) -> bool:
    """Whether a number is meant as one: a lone "one" is often an article."""
    return line.words[place].low.isdigit() or any(
        number.first == place and number.value != 1 for number in numbers_of(line)
    )


def _switched(hits: list[Hit]) -> str | None:
    """Return what "switch on" and "switch off" set an option to."""
    values = [hit.value for hit in hits]
    return "false" if "off" in values else "true" if "on" in values else None


def option_phrase(line: Line) -> dict[str, str]:
    """Return the option and value that plain words stand for; empty when none is meant."""
    hits = lexicon("values", "options", line.language).hits(line)
    if not hits:
        return {}
    value = said_elsewhere(line, line.words[hits[0].first].start, line.words[hits[0].last - 1].end)
    return {"option": hits[0].value, "value": value} if value is not None else {"option": hits[0].value}
