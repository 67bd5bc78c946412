"""One connected client, over whatever carries its frames: requests go to the assistant, news comes back."""

import asyncio
import functools
import logging
import secrets
import time
from typing import Protocol

import msgspec

from nixforhumanity.assistant.service import AssistantService
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol import methods
from nixforhumanity.protocol.errors import ErrorCode, UserErrorData
from nixforhumanity.protocol.messages import (
    PROTOCOL_VERSION,
    AgentCapabilities,
    Cancelled,
    CancelNotification,
    Implementation,
    InitializeResponse,
    Nothing,
    PermissionRequest,
    PermissionResponse,
    PromptCapabilities,
    PromptRequest,
    Selected,
    SessionCapabilities,
    SessionNotification,
    SessionUpdate,
)
from nixforhumanity.protocol.own_words import OwnWordsChanged
from nixforhumanity.protocol.peer import (
    ErrorReceived,
    Event,
    NotificationReceived,
    Peer,
    ProtocolViolation,
    RequestId,
    RequestReceived,
    ResponseReceived,
)
from nixforhumanity.protocol.withdrawal import CancelRequestNotification
from nixforhumanity.server.limits import Limits, RateLimit
from nixforhumanity.server.method_calls import CALLS

log = logging.getLogger(__name__)

_UNSENT_POLL_SECONDS = 0.01


class Outlet(Protocol):
    """Where the frames for one client go. No call may block or raise."""

    @property
    def unsent(self) -> int:
        """Bytes that wait here for the client to read."""
        ...

    def send(self, frame: bytes) -> None:
        """Send one frame, or drop a client that does not read."""
        ...

    def end(self, reason: Message) -> None:
        """Close the connection because the client misbehaves."""
        ...


class AcpConnection:
    """The server's side of one client; the assistant knows it as an Audience."""

    def __init__(
        self,
        service: AssistantService,
        outlet: Outlet,
        tasks: BackgroundTasks,
        *,
        version: str,
        limits: Limits,
    ) -> None:
        self._service = service
        self._outlet = outlet
        self._tasks = tasks
        self._version = version
        self._limits = limits
        self._peer = Peer.for_agent(limits.frame_bytes)
        self._rate = RateLimit(limits.requests_per_second, time.monotonic)
        self._refused_in_a_row = 0
        self._initialized = False
        self._closed = False
        self._running: dict[RequestId, tuple[asyncio.Task[None], RequestReceived]] = {}
        self._asked: dict[RequestId, asyncio.Future[Selected | Cancelled]] = {}

    # --- what the assistant calls (Audience) ----------------------------------------------------------

    def updated(self, session_id: str, update: SessionUpdate) -> None:
        """Send news of a session."""
        if self._closed:
            return
        notification = SessionNotification(session_id=session_id, update=update)
        try:
            frame = self._peer.notify(methods.SESSION_UPDATE, notification)
        except (ValueError, TypeError):
            log.exception("an update of kind %s cannot be sent", type(update).__name__)
            return
        self._outlet.send(frame)

    def own_words_changed(self) -> None:
        """Tell the client to read the person's own words again."""
        if not self._closed:
            self._outlet.send(self._peer.notify(methods.OWN_WORDS_CHANGED, OwnWordsChanged()))

    async def caught_up(self) -> None:
        """Wait until little of what was sent still waits here; at once when the client is gone."""
        limit = self._limits.unsent_bytes // 8
        while not self._closed and self._outlet.unsent > limit:  # noqa: ASYNC110 - transports tell no event
            await asyncio.sleep(_UNSENT_POLL_SECONDS)

    async def ask_permission(self, request: PermissionRequest) -> Selected | Cancelled:
        """Ask the client; Cancelled when it is gone or cannot ask."""
        if self._closed:
            return Cancelled()
        try:
            request_id, frame = self._peer.request(methods.SESSION_REQUEST_PERMISSION, request)
        except (ValueError, TypeError):
            log.exception("a question for permission cannot be sent")
            return Cancelled()
        answer: asyncio.Future[Selected | Cancelled] = asyncio.get_running_loop().create_future()
        self._asked[request_id] = answer
        self._outlet.send(frame)
        try:
            return await answer
        except asyncio.CancelledError:
            if not self._closed:
                withdrawal = CancelRequestNotification(request_id=request_id)
                self._outlet.send(self._peer.notify(methods.CANCEL_REQUEST, withdrawal))
            raise
        finally:
            del self._asked[request_id]

    # --- what the transport calls -----------------------------------------------------------------------

    def receive(self, frame: bytes) -> None:
        """Take one frame from the client; never raises."""
        for event in self._peer.receive(frame):
            if isinstance(event, ResponseReceived | ErrorReceived):
                self._answered(event)
            elif self._rate.take():
                self._refused_in_a_row = 0
                self._handle(event)
            else:
                self._refuse_for_rate(event)

    async def answered(self, timeout_seconds: float) -> None:
        """Wait until every request so far is answered, or until the time is up."""
        if tasks := [task for task, _ in self._running.values()]:
            await asyncio.wait(tasks, timeout=timeout_seconds)

    async def close(self) -> None:
        """Let go of the client: open questions are cancelled, its prompts go on without it."""
        self._closed = True
        for answer in self._asked.values():
            if not answer.done():
                answer.set_result(Cancelled())
        short = [task for task, request in self._running.values() if request.method != methods.SESSION_PROMPT]
        for task in short:
            task.cancel()
        await asyncio.gather(*short, return_exceptions=True)
        self._service.leave(self)

    # --- in ---------------------------------------------------------------------------------------------

    def _handle(self, event: Event) -> None:
        match event:
            case RequestReceived(method=methods.INITIALIZE):
                self._initialized = True
                self._send_result(event, self._introduction())
            case RequestReceived() if not self._initialized:
                self._fail(event.id, ErrorCode.INVALID_REQUEST, "initialize comes first")
            case RequestReceived() if len(self._running) >= self._limits.open_requests:
                self._fail_for_person(event.id, message("server-too-many-requests"))
            case RequestReceived():
                task = self._tasks.start(self._answer(event), name=event.method)
                self._running[event.id] = (task, event)
            case NotificationReceived() if self._initialized:
                # In turn: the request that this is about may have been started by the frame before.
                asyncio.get_running_loop().call_soon(self._notified, event)
            case ProtocolViolation(reply=bytes() as reply):
                self._outlet.send(reply)
            case _:
                log.debug("ignored: %s", type(event).__name__)

    def _notified(self, event: NotificationReceived) -> None:
        match event.params:
            case CancelNotification(session_id=session_id):
                self._cancel_turn(session_id)
            case CancelRequestNotification(request_id=request_id) if request_id in self._running:
                task, request = self._running[request_id]
                if isinstance(request.params, PromptRequest):
                    # The assistant ends the turn in good order; its answer says that it was cancelled.
                    self._cancel_turn(request.params.session_id)
                else:
                    task.cancel()

    def _cancel_turn(self, session_id: str) -> None:
        try:
            self._service.cancel(session_id)
        except UserError as error:
            log.info("nothing to cancel: %s", error.message.id)

    def _answered(self, event: ResponseReceived | ErrorReceived) -> None:
        if event.id is None:
            log.warning("the client could not read a message of ours: error %d", event.error.code)
            return
        answer = self._asked.get(event.id)
        if answer is None or answer.done():
            return  # withdrawn in the meantime
        if isinstance(event, ErrorReceived):
            log.warning("the client could not ask for permission: error %d", event.error.code)
            answer.set_result(Cancelled())
            return
        assert isinstance(event.result, PermissionResponse)
        answer.set_result(event.result.outcome)

    def _refuse_for_rate(self, event: Event) -> None:
        self._refused_in_a_row += 1
        if self._refused_in_a_row > self._limits.refused_before_closing:
            self._outlet.end(message("server-closes-flood"))
        elif isinstance(event, RequestReceived):
            self._fail_for_person(event.id, message("server-too-many-requests"))

    # --- out --------------------------------------------------------------------------------------------

    async def _answer(self, request: RequestReceived) -> None:
        try:
            result = await CALLS[request.method](self._service, self, request.params)
            self._send_result(request, result)
        except UserError as error:
            self._fail_for_person(request.id, error.message)
        except asyncio.CancelledError:
            self._fail(request.id, ErrorCode.REQUEST_CANCELLED, "cancelled")
            raise
        except Exception as error:  # noqa: BLE001 - a bug in one request must not end the connection
            self._fail_for_bug(request, error)
        finally:
            del self._running[request.id]
            if self._closed:
                self._service.leave(self)

    def _send_result(self, request: RequestReceived, result: msgspec.Struct) -> None:
        frame = self._peer.respond(request.id, result)
        if not self._closed:
            self._outlet.send(frame)

    def _fail(
        self, request_id: RequestId, code: ErrorCode, text: str, data: msgspec.Struct | None = None
    ) -> None:
        frame = self._peer.fail(request_id, code, text, data)
        if not self._closed:
            self._outlet.send(frame)

    def _fail_for_person(self, request_id: RequestId, text: Message) -> None:
        data = UserErrorData(message_id=text.id, parameters=dict(text.parameters))
        self._fail(request_id, ErrorCode.FOR_THE_PERSON, self._service.text(text), data)

    def _fail_for_bug(self, request: RequestReceived, error: Exception) -> None:
        error_id = secrets.token_hex(4)
        log.error("%s failed; error id %s", request.method, error_id, exc_info=error)
        text = message("server-internal-error", error_id=error_id)
        data = UserErrorData(message_id=text.id, parameters=dict(text.parameters))
        self._fail(request.id, ErrorCode.INTERNAL_ERROR, self._service.text(text), data)

    def _introduction(self) -> InitializeResponse:
        return InitializeResponse(
            protocol_version=PROTOCOL_VERSION,
            agent_info=Implementation(
                name="nix-for-humanity", title="Nix for Humanity", version=self._version
            ),
            agent_capabilities=_capabilities(),
            auth_methods=[],
        )


@functools.cache
def _capabilities() -> AgentCapabilities:
    return AgentCapabilities(
        load_session=True,
        prompt_capabilities=PromptCapabilities(),
        session_capabilities=SessionCapabilities(list=Nothing(), resume=Nothing(), delete=Nothing()),
        meta={methods.EXTENSIONS: list(methods.EXTENSION_METHODS)},
    )
