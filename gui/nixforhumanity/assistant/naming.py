"""One name for a program wherever a person reads it; commands and experts keep its attribute."""

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from nixforhumanity.assistant.answers import Suggested
from nixforhumanity.assistant.situation import Finder, known_name
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.understanding.slots import names_program

_ATTRIBUTE_MATTERS = "package-renamed"
_ABOUT_RECIPES = "nix-error-"
"""Errors of builds name packages as they stand in a recipe."""


def suggested_program(name: str, attribute: str, finder: Finder) -> Suggested:
    """Return the button `suggest-NAME` about a program; what it says leads back to this very package."""
    shown = known_name(attribute, finder)
    said = shown if names_program(shown, attribute, finder) else attribute
    return Suggested(
        Message(f"suggest-{name}", {"package": shown}), Message(f"say-{name}", {"package": said})
    )


def names_apart(attributes: Sequence[str], finder: Finder) -> list[str]:
    """Return the names of several packages to choose from; those that would read the same by attribute."""
    names = [known_name(attribute, finder) for attribute in attributes]
    times = Counter(name.casefold() for name in names)
    return [
        name if times[name.casefold()] == 1 else attribute
        for name, attribute in zip(names, attributes, strict=True)
    ]


def with_known_name(message: Message, name_of: Callable[[str], str]) -> Message:
    """Return a message about a package, which it knows by its attribute, with the name for people."""
    package = message.parameters.get("package")
    kept = message.id == _ATTRIBUTE_MATTERS or message.id.startswith(_ABOUT_RECIPES)
    if kept or not isinstance(package, str):
        return message
    return Message(message.id, {**message.parameters, "package": name_of(package)})


def named_changes(
    changes: Sequence[PackageChange], name_of: Callable[[str], str], level: str = "beginner"
) -> list[PackageChange]:
    """Return changes with the names for people; an expert sees the attributes."""
    if level == "expert":
        return list(changes)
    return [msgspec.structs.replace(change, name=name_of(change.name)) for change in changes]
