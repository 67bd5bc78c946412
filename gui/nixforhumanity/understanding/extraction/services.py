"""Services: everyday names to the names of NixOS's modules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from nixforhumanity.understanding.extraction.lexicon import lexicon
from nixforhumanity.understanding.extraction.phrases import Found, known_names, misspelt_names
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.spelling import key_of
from nixforhumanity.understanding.extraction.tables import (
    ENGLISH,
    aliases,
    english_words,
    everyday_words,
    table,
    word_set,
)
from nixforhumanity.understanding.extraction.words import Line

OWN = frozenset({"api", "websocket", "learning", "metrics"})
"""Our own four services."""
_UNIT = re.compile(r"\.(?:service|socket|timer|target)\b|@\w+")
_OPTION = re.compile(r"(?:services|virtualisation|hardware)\.([\w-]+)")


@cache
def service_names() -> Mapping[str, str]:
    """Return every service by the key of each of its names."""
    names = {key_of(name): name for name in _modules()}
    names |= {key_of(other): module for other, module in aliases("services", "aliases").items() if other}
    return MappingProxyType(names)


@cache
def _modules() -> frozenset[str]:
    return frozenset(table("services")["modules"]["names"].split())


def is_service(name: str) -> bool:
    """Tell whether this is the name of a service that we know."""
    return name in _modules()


def services_in(line: Line, *, own: bool = False) -> list[Candidate]:
    """Return every service that a line may name; `own`: ours count as well, as when a port changes."""
    avoid = word_set("everyday", "small") | everyday_words(line.language)
    found = [
        Candidate(one.first, one.last, one.value, _marks(line, one))
        for one in known_names(_plain(line), service_names(), avoid=avoid)
        if own or one.value not in OWN
    ]
    found += [
        Candidate(one.first, one.last, one.value, ("slip",))
        for one in misspelt_names(_plain(line), service_names())
        if own or one.value not in OWN
    ]
    if line.language != ENGLISH:
        hits = lexicon("services", "names", line.language).hits(line)
        found += [
            Candidate(hit.first, hit.last, hit.value, ("local", f"is:{hit.words}"))
            for hit in hits
            if own or hit.value not in OWN
        ]
        found += _heads(line, own=own)
    return found


def _heads(line: Line, *, own: bool) -> Iterator[Candidate]:
    """Yield services that are joined to a noun, as in `ssh-Dienst`."""
    for place, word in enumerate(line.words):
        for part in re.split(r"[-/'’.]", word.low)[:4] if len(word.low) < 60 else ():
            value = service_names().get(key_of(part)) if len(part) > 2 and part != word.low else None
            if value is not None and (own or value not in OWN):
                yield Candidate(place, place + 1, value, ("part",))


def _plain(line: Line) -> Line:
    """Return the line with units and options as the plain names of their services."""
    words = tuple(replace(word, low=_name_in(word.low)) for word in line.words)
    return Line(line.text, words, line.language)


def _name_in(low: str) -> str:
    if (option := _OPTION.match(low)) is not None:
        return option[1]
    return _UNIT.sub("", low).removesuffix("'s").removesuffix("’s")


def _marks(line: Line, one: Found) -> tuple[str, ...]:
    several = one.last - one.first > 1
    english = line.words[one.first].low in english_words()
    same = line.words[one.first].low == one.value
    ours = "ours" if one.value in OWN else "theirs"
    return (f"several{several}", f"several{several}-english{english}-same{same}", ours, f"is:{one.value}")
