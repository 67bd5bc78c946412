"""Example sentences to show: those of the sentences; where there are none, the shortest plain lines."""

import re
from collections.abc import Mapping
from functools import cache

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.grammar import grammar
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.requests import NameIndex
from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.slots import CERTAIN, means_something_else, names_program

_LONGEST = 60
"""Letters of a line that is shown; what people write is often a story."""
_PLAIN = "plain: "
_KEPT = 3


def examples_of(request: str, language: str) -> tuple[str, ...]:
    """Return sentences that ask for the request, the best first; empty when nobody wrote any."""
    if request in (own := sentences(language).requests) and language != "en":
        return tuple(map(str, own[request].examples))
    if request in (english := sentences("en").requests):
        return tuple(line for line in map(str, english[request].examples) if line.isascii())  # none mixed
    return _plain_lines(language).get(request) or _plain_lines("en").get(request, ())


def with_program(example: str, request: str, said: str, attribute: str, index: NameIndex) -> str | None:
    """Return an English example with another program in it; None when it would not be understood so."""
    known = next((one for one in grammar("en").matches(normalise(example)) if one.request == request), None)
    old = known.words.get("package", "") if known is not None else ""
    if not old or not names_program(said, attribute, index):
        return None
    new = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: said, example, count=1, flags=re.IGNORECASE)
    best = next(iter(grammar("en").matches(normalise(new))), None)
    if best is None or best.request != request or best.words.get("package") != normalise(said):
        return None
    return None if means_something_else(best, normalise(new)) else new


def names_known_program(example: str, request: str, index: NameIndex) -> bool:
    """Tell whether an English example names only a program that is known here; true if it names none."""
    known = next((one for one in grammar("en").matches(normalise(example)) if one.request == request), None)
    name = known.words.get("package", "") if known is not None else ""
    found = index.resolve(name, 1) if name else ()
    return not name or (bool(found) and found[0].score >= CERTAIN)


@cache
def _plain_lines(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the shortest plain example lines of each request."""
    found: dict[str, list[str]] = {}
    folder = resource("sentences", language, "examples")
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
        request = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                request = line.strip("[] ")
            elif line.startswith(_PLAIN):
                text = line.removeprefix(_PLAIN).partition(" => ")[0].strip()
                if len(text) <= _LONGEST:
                    found.setdefault(request, []).append(text)
    return {request: tuple(sorted(lines, key=len)[:_KEPT]) for request, lines in found.items()}
