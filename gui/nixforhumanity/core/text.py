"""Text for people, as an id and parameters: the words themselves live in resources/messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Parameter = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """A text by its id in resources/messages/LANG/*.ftl, with the values to fill in."""

    id: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def message(message_id: str, **parameters: Parameter) -> Message:
    """Return a message; a shorter way to write `Message(id, {...})`."""
    return Message(message_id, parameters)
