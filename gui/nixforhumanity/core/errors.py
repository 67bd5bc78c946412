"""Errors: one root, and one class for what a person can be told."""

from collections.abc import Mapping

from nixforhumanity.core.text import Message, Parameter


class NixForHumanityError(Exception):
    """Root of every error of this program."""


class UserError(NixForHumanityError):
    """Something a person can be told: the id of a text and what is filled into it."""

    def __init__(self, message_id: str, **parameters: Parameter) -> None:
        super().__init__(message_id, parameters)
        self.message = Message(message_id, parameters)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The values that are filled into the text."""
        return self.message.parameters
