"""Questions of the server to the person: asked, answered once, withdrawn with the turn or the connection."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nixforhumanity.client.link import Link
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.protocol.errors import ErrorCode
from nixforhumanity.protocol.messages import Cancelled, PermissionRequest, PermissionResponse, Selected
from nixforhumanity.protocol.peer import RequestId

log = logging.getLogger(__name__)

Ask = Callable[[PermissionRequest], Awaitable[Selected | Cancelled]]


@dataclass(frozen=True, slots=True)
class _Question:
    link: Link
    session_id: str
    task: asyncio.Task[None]


class Permissions:
    """Holds the open questions of one connection after the other."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._tasks = BackgroundTasks()
        self._open: dict[RequestId, _Question] = {}

    def ask(self, link: Link, request_id: RequestId, request: PermissionRequest) -> None:
        """Ask the person, and answer the server when the person has."""
        task = self._tasks.start(self._answer(link, request_id, request), name="permission question")
        self._open[request_id] = _Question(link, request.session_id, task)

    def withdraw(self, request_id: RequestId) -> None:
        """The server no longer wants the answer."""
        question = self._open.pop(request_id, None)
        if question is not None:
            question.task.cancel()
            question.link.refuse(request_id, ErrorCode.REQUEST_CANCELLED, "withdrawn")

    def cancel_session(self, session_id: str) -> None:
        """The person stops the session's turn: its questions are answered with that."""
        for request_id, question in tuple(self._open.items()):
            if question.session_id == session_id:
                del self._open[request_id]
                question.task.cancel()
                question.link.answer(request_id, PermissionResponse(outcome=Cancelled()))

    def connection_lost(self) -> None:
        """Nobody waits for the answers any more."""
        for question in self._open.values():
            question.task.cancel()
        self._open.clear()

    async def stop(self) -> None:
        """Take all questions back."""
        self._open.clear()
        await self._tasks.stop()

    async def _answer(self, link: Link, request_id: RequestId, request: PermissionRequest) -> None:
        outcome: Selected | Cancelled = Cancelled()
        offered = {option.option_id for option in request.options}
        try:
            outcome = await self._ask(request)
        except Exception:
            # A fault of the window must never count as a yes, nor leave the server waiting.
            log.exception("the question could not be shown")
        if isinstance(outcome, Selected) and outcome.option_id not in offered:
            log.error("an option was chosen that was not offered")
            outcome = Cancelled()
        question = self._open.get(request_id)
        if question is not None and question.link is link:
            del self._open[request_id]
            link.answer(request_id, PermissionResponse(outcome=outcome))
