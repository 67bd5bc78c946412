"""Turns messages into words of one language: Fluent files in resources/messages/LANG/."""

import logging
from functools import cache
from typing import Any

from nixforhumanity.core.resources import resource
from nixforhumanity.core.text import Message, Parameter

log = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class Wording:
    """The words of one language; what it lacks comes from English."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self.language = language
        languages = [language] if language == DEFAULT_LANGUAGE else [language, DEFAULT_LANGUAGE]
        self._bundles = [_bundle(name) for name in languages]

    def has(self, message_id: str) -> bool:
        """Return whether there are words for this id."""
        return any(bundle.has_message(message_id) for bundle in self._bundles)

    def text(self, message: Message | str, **parameters: Parameter) -> str:
        """Return the words; an unknown id is returned as it is, and logged."""
        if isinstance(message, str):
            message = Message(message, parameters)
        for bundle in self._bundles:
            if bundle.has_message(message.id) and (pattern := bundle.get_message(message.id).value):
                values = {name.replace("_", "-"): value for name, value in message.parameters.items()}
                text, errors = bundle.format_pattern(pattern, values)
                for error in errors:
                    log.error("message %s: %s", message.id, error)
                return str(text)
        log.error("no words for message %s", message.id)
        return message.id


def languages() -> list[str]:
    """Return the languages that have words, as folder names such as `en`."""
    return sorted(path.name for path in resource("messages").iterdir() if any(path.glob("*.ftl")))


@cache
def _bundle(language: str) -> Any:
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([language], use_isolating=language in RIGHT_TO_LEFT)
    folder = resource("messages", language)
    if folder.is_dir():
        for path in sorted(folder.glob("*.ftl")):
            bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
