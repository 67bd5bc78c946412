"""A request in plain words, as "Install VLC" or "Show what is installed"."""

from nixforhumanity.assistant.situation import Finder, known_name
from nixforhumanity.core.text import Message, message
from nixforhumanity.understanding.requests import Request

_LONGEST = 60


def request_in_words(request: Request, finder: Finder) -> Message:
    """Return what a request asks for; what it is about is named as people know it."""
    package = request.slots.get("package")
    if isinstance(package, str):
        about = known_name(package, finder)
    else:
        values = [
            ", ".join(known_name(one, finder) for one in value) if isinstance(value, list) else str(value)
            for value in request.slots.values()
        ]
        about = ", ".join(values)
    if len(about) > _LONGEST:
        about = about[: _LONGEST - 1].rstrip() + "…"
    return message("request-in-words", request=request.name, about=about or "none")
