"""What a skill returns when nothing has to be done: an answer in parts, without words of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nixforhumanity.core.text import Message, Parameter
from nixforhumanity.understanding.requests import Choice


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; with `numbered` its lines can be picked by number."""

    lines: tuple[Message, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A command or an output, shown as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Markdown:
    """Text that is ready, from a data file of ours."""

    text: str


Part = Message | Bullets | Code | Markdown


@dataclass(frozen=True, slots=True)
class Suggested:
    """A button under an answer: what it shows, and what pressing it says."""

    label: Message
    prompt: Message
    answers: bool = False
    """It answers the question that the answer asks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, the buttons under it, and the choices it leaves open."""

    parts: tuple[Part, ...]
    suggestions: tuple[Suggested, ...] = ()
    choices: tuple[Choice, ...] = ()
    asks: bool = False
    """It is a question, and the choices are its answers."""
    kind: Literal["answer", "error", "notice"] = "answer"
    last_package: str | None = None
    """The program that "it" means from now on."""
    why: tuple[Part, ...] = ()
    """What there is to say to "why"."""
    more: tuple[Part, ...] = ()
    """What there is to say to "more"."""


def answer(message_id: str, **parameters: Parameter) -> Answer:
    """Return an answer of one message."""
    return Answer((Message(message_id, parameters),))


def reply(name: str) -> Suggested:
    """Return the button `suggest-NAME` that says `say-NAME` and answers a question."""
    return Suggested(Message(f"suggest-{name}"), Message(f"say-{name}"), answers=True)


def suggested(name: str, **parameters: Parameter) -> Suggested:
    """Return the button `suggest-NAME` that says `say-NAME`."""
    return Suggested(Message(f"suggest-{name}", parameters), Message(f"say-{name}", parameters))


def numbered(choices: Sequence[Choice], lines: Sequence[Message]) -> Bullets:
    """Return the lines of open choices as a numbered list."""
    assert len(choices) == len(lines)
    return Bullets(tuple(lines), numbered=True)
