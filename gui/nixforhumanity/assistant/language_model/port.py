"""What the assistant needs of a language model; spoken over HTTP in `system`, put together in `compose`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nixforhumanity.core.text import Message


@dataclass(frozen=True, slots=True)
class ModelUse:
    """Which model is switched on, and who gets what is sent to it."""

    model: str
    place: str
    """Host and port."""
    on_this_computer: bool


@dataclass(frozen=True, slots=True)
class Question:
    """All that is sent, besides the name of the model: fixed instructions, and one text."""

    instructions: str
    text: str
    as_json: bool
    longest_answer: int
    """Tokens that the model may write."""


class LanguageModel(Protocol):
    """A model that the person switched on. Nothing is connected while it is off."""

    def in_use(self) -> ModelUse | None:
        """Return which model is switched on now; None when none is, or when its settings will not do."""
        ...

    async def answer(self, question: Question) -> str:
        """Ask, one question at a time, and return what the model wrote.

        Raises UserError `model-...` with what went wrong. Cancelling ends the connection.
        """
        ...


class ModelTrial(Protocol):
    """What the settings do with the model. Each call may raise UserError `model-...`."""

    def in_use(self) -> ModelUse | None:
        """See LanguageModel."""
        ...

    def state(self) -> Message:
        """Return a sentence on where it stands: off, what is missing, or who gets what is sent."""
        ...

    def example(self, sentence: str) -> str:
        """Return exactly what is sent for a sentence, as text to read."""
        ...

    async def models(self) -> Sequence[str]:
        """Ask the server for its models."""
        ...

    async def try_example(self, sentence: str) -> Message | None:
        """Ask about an example; return what it was read as, None when it was not understood."""
        ...

    def key_state(self) -> tuple[bool, Message]:
        """Tell whether a key is kept for the address, and say so. The keyring is not asked."""
        ...

    async def keep_key(self, key: str) -> None:
        """Keep a key for the address in the keyring; an empty one deletes it."""
        ...


LARGEST_ANSWER_BYTES = 4_096
"""A longer answer is none."""
