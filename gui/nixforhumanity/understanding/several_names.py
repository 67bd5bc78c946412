"""Several programs in one request: "installiere vlc und gimp" asks twice for the same, in any language."""

import re
from collections.abc import Callable
from functools import cache

from nixforhumanity.understanding.between import between_names
from nixforhumanity.understanding.requests import Request

_MOST = 6
_LETTERS = 400
_NAMES = re.compile(r"[,，、;；]|\s(?:&|\+)\s")


def for_each_name(
    request: Request, text: str, language: str, named: Callable[[str], str | None]
) -> tuple[Request, ...]:
    """Return the request once for each program that the text lists; the request alone when it lists none.

    `named`: the program of a part of the text; None when the part is not about one.
    """
    if "package" not in request.slots or len(text) > _LETTERS:
        return (request,)
    parts = [part for part in _between_names(language).split(text) if part and part.strip()]
    if not 2 <= len(parts) <= _MOST:
        return (request,)
    names = [named(part.strip()) for part in parts]
    if names[0] is None and request.slots["package"] not in names:
        names[0] = str(request.slots["package"])  # it stands with its verb
    found = [name for name in dict.fromkeys(names) if name is not None]
    if len(found) < 2 or None in names or request.slots["package"] not in found:
        return (request,)
    return tuple(
        Request(request.name, {**request.slots, "package": one}, request.confidence) for one in found
    )


@cache
def _between_names(language: str) -> re.Pattern[str]:
    words = between_names(language)
    return re.compile(f"{_NAMES.pattern}|{words}", re.IGNORECASE) if words else _NAMES
