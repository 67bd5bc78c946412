"""Why there is no connection or no answer, and what a person is told about it."""

import msgspec

from nixforhumanity.core.errors import NixForHumanityError, UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.errors import ErrorCode, RpcError, UserErrorData


class UnreachableError(NixForHumanityError):
    """There is no connection now; trying again may help. `problem` says why."""

    def __init__(self, problem: Message) -> None:
        super().__init__(problem.id, problem.parameters)
        self.problem = problem


class LinkLostError(NixForHumanityError):
    """The connection ended before the answer came."""


class RequestFailedError(NixForHumanityError):
    """The server answered with an error."""

    def __init__(self, method: str, error: RpcError) -> None:
        super().__init__(f"{method}: {error.code} {error.message}")
        self.error = error

    @property
    def problem(self) -> Message:
        """What a person is told."""
        return message_of(self.error)


def message_of(error: RpcError) -> Message:
    """Return what to tell a person.

    The server's own words are in the parameter `text`, for a text id that this program does not have.
    """
    if error.code == ErrorCode.FOR_THE_PERSON:
        try:
            data = msgspec.convert(error.data, UserErrorData)
        except msgspec.ValidationError:
            return message("server-says", text=error.message)
        return Message(data.message_id, {**data.parameters, "text": error.message})
    if error.code == ErrorCode.METHOD_NOT_FOUND:
        return message("server-cannot-do-that")
    return message("server-failed", reason=error.message)


def as_user_error(problem: Message) -> UserError:
    """Return an error with that text; a server's parameters may have any name."""
    error = UserError(problem.id)
    error.message = problem
    return error


class EmbeddedServerError(UserError):
    """The embedded server needs the person: it cannot start, or ends again and again."""

    def __init__(self, problem: Message, *, detail: str = "", free_port: int | None = None) -> None:
        super().__init__(problem.id)
        self.message = problem
        self.detail = detail
        self.free_port = free_port
