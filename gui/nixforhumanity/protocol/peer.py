"""One end of a JSON-RPC 2.0 connection without I/O: frames go in, events and frames come out.

Every frame that a stranger can send gives events and never an exception; the peer stays usable.
Events of wrong frames hold the reply to send, if the rules of JSON-RPC want one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from nixforhumanity.core.errors import NixForHumanityError
from nixforhumanity.protocol.errors import ErrorCode, InvalidParamsData, RpcError
from nixforhumanity.protocol.methods import AGENT_METHODS, CLIENT_METHODS, Method

RequestId = int | str
LARGEST_FRAME = 1 << 20
"""Bytes; a larger frame closes the connection."""

_Int64 = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_ShortText = Annotated[str, msgspec.Meta(max_length=256)]


class FrameTooLargeError(NixForHumanityError, ValueError):
    """What was to be sent does not fit into one frame; its argument is the number of bytes."""


@dataclass(frozen=True, slots=True)
class RequestReceived:
    """The other side asks; answer with `Peer.respond` or `Peer.fail`. `params` has the method's type."""

    id: RequestId
    method: str
    params: Any


@dataclass(frozen=True, slots=True)
class NotificationReceived:
    """The other side tells something that wants no answer."""

    method: str
    params: Any


@dataclass(frozen=True, slots=True)
class ResponseReceived:
    """A request of ours was answered. `result` has the method's type."""

    id: RequestId
    method: str
    result: Any


@dataclass(frozen=True, slots=True)
class ErrorReceived:
    """A request of ours failed, or (`id` is None) the other side could not read something we sent."""

    id: RequestId | None
    method: str
    error: RpcError


@dataclass(frozen=True, slots=True)
class ProtocolViolation:
    """A frame that means nothing to us. `reply` is to be sent back if it is not None."""

    reason: str
    reply: bytes | None = None


Event = RequestReceived | NotificationReceived | ResponseReceived | ErrorReceived | ProtocolViolation


class _Incoming(msgspec.Struct, gc=False):
    jsonrpc: Literal["2.0"]
    id: _Int64 | _ShortText | msgspec.UnsetType | None = msgspec.UNSET
    method: str | msgspec.UnsetType = msgspec.UNSET
    params: msgspec.Raw = msgspec.Raw()
    result: msgspec.Raw = msgspec.Raw()
    error: msgspec.Raw = msgspec.Raw()


class _AnswerKeys(msgspec.Struct):
    result: msgspec.Raw = msgspec.Raw()
    error: msgspec.Raw = msgspec.Raw()


class _Outgoing(msgspec.Struct, gc=False, omit_defaults=True):
    jsonrpc: str
    id: RequestId | msgspec.UnsetType | None = msgspec.UNSET
    method: str | msgspec.UnsetType = msgspec.UNSET
    params: Any = msgspec.UNSET
    result: Any = msgspec.UNSET
    error: RpcError | msgspec.UnsetType = msgspec.UNSET


_encode = msgspec.json.Encoder().encode
_decode_incoming = msgspec.json.Decoder(_Incoming).decode
_decode_error = msgspec.json.Decoder(RpcError).decode
_decode_answer_keys = msgspec.json.Decoder(_AnswerKeys).decode
_UNREADABLE = (ValueError, RecursionError)
"""What decoding a stranger's bytes can raise; msgspec's own errors are ValueErrors."""
_SHOWN = 256
"""Characters of what a stranger sent that are repeated in an error."""


@cache
def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wanted)


class Peer:
    """One end of a connection: what it answers, what it may ask, and which requests are open."""

    def __init__(
        self, answers: Mapping[str, Method], asks: Mapping[str, Method], largest_frame: int = LARGEST_FRAME
    ) -> None:
        self._answers = answers
        self._asks = asks
        self._largest_frame = largest_frame
        self._next_id = 1
        self._asked: dict[RequestId, Method] = {}
        self._to_answer: set[RequestId] = set()

    @classmethod
    def for_agent(cls, largest_frame: int = LARGEST_FRAME) -> "Peer":
        """Return the server's end; sending more bytes in one frame is a FrameTooLargeError."""
        return cls(AGENT_METHODS, CLIENT_METHODS, largest_frame)

    @classmethod
    def for_client(cls, largest_frame: int = LARGEST_FRAME) -> "Peer":
        """Return the window's end; sending more bytes in one frame is a FrameTooLargeError."""
        return cls(CLIENT_METHODS, AGENT_METHODS, largest_frame)

    @property
    def open_requests(self) -> tuple[RequestId, ...]:
        """Ids of our own requests that were not answered yet."""
        return tuple(self._asked)

    @property
    def unanswered(self) -> frozenset[RequestId]:
        """Ids of the other side's requests that we still owe an answer."""
        return frozenset(self._to_answer)

    # --- out ----------------------------------------------------------------------------------------

    def request(self, method: str, params: msgspec.Struct) -> tuple[int, bytes]:
        """Return the id and the frame of a request; KeyError for a method the other side does not have."""
        known = self._asks[method]
        request_id = self._next_id
        frame = self._fitting(_Outgoing("2.0", id=request_id, method=method, params=params))
        self._next_id += 1
        self._asked[request_id] = known
        return request_id, frame

    def notify(self, method: str, params: msgspec.Struct) -> bytes:
        """Return the frame of a notification; KeyError for a method the other side does not have."""
        known = self._asks[method]
        return self._fitting(_Outgoing("2.0", method=known.name, params=params))

    def respond(self, request_id: RequestId, result: msgspec.Struct) -> bytes:
        """Return the frame that answers a request; KeyError when it was answered or never asked."""
        frame = self._fitting(_Outgoing("2.0", id=request_id, result=result))
        self._to_answer.remove(request_id)
        return frame

    def fail(self, request_id: RequestId, code: int, message: str, data: Any = None) -> bytes:
        """Return the frame that answers a request with an error; KeyError as in `respond`."""
        frame = _error_frame(request_id, code, message, data)
        self._to_answer.remove(request_id)
        return frame

    def _fitting(self, outgoing: _Outgoing) -> bytes:
        frame = _encode(outgoing)
        if len(frame) > self._largest_frame:
            # The other side would have to hang up; it would come back and be sent the same again.
            raise FrameTooLargeError(len(frame))
        return frame

    # --- in -----------------------------------------------------------------------------------------

    def receive(self, frame: bytes) -> list[Event]:
        """Take one frame and return what it means; never raises."""
        try:
            incoming = _decode_incoming(frame)
        except _UNREADABLE as error:
            return [_unreadable(frame, error)]
        if incoming.method is not msgspec.UNSET:
            if incoming.result or incoming.error:
                return [_violation(ErrorCode.INVALID_REQUEST, "a request has no result and no error")]
            if incoming.id is msgspec.UNSET:
                return [self._notification(incoming.method, incoming.params)]
            return [self._request(incoming.id, incoming.method, incoming.params)]
        if incoming.result or incoming.error:
            return [self._answer(incoming)]
        return [_violation(ErrorCode.INVALID_REQUEST, "no method")]

    def _request(self, request_id: RequestId | None, name: str, params: msgspec.Raw) -> Event:
        if request_id is None:
            return _violation(ErrorCode.INVALID_REQUEST, "a request needs an id that is a number or text")
        if request_id in self._to_answer:
            return _violation(ErrorCode.INVALID_REQUEST, "a request with this id is not answered yet")
        method = self._answers.get(name)
        if method is None or method.is_notification:
            return _violation(
                ErrorCode.METHOD_NOT_FOUND, "method not found", request_id, {"method": name[:_SHOWN]}
            )
        try:
            value = _decode_params(method, params)
        except UnicodeDecodeError:
            return _violation(ErrorCode.PARSE_ERROR, "the frame is not UTF-8")
        except _UNREADABLE as error:
            data = _wrong_field(error)
            return _violation(
                ErrorCode.INVALID_PARAMS, f"invalid params: {data.reason} at {data.path}", request_id, data
            )
        self._to_answer.add(request_id)
        return RequestReceived(request_id, name, value)

    def _notification(self, name: str, params: msgspec.Raw) -> Event:
        method = self._answers.get(name)
        if method is None or not method.is_notification:
            return ProtocolViolation("unknown notification")
        try:
            return NotificationReceived(name, _decode_params(method, params))
        except _UNREADABLE as error:
            return ProtocolViolation(f"notification {name}: {_wrong_field(error).reason}")

    def _answer(self, incoming: _Incoming) -> Event:
        if incoming.id is msgspec.UNSET:
            return ProtocolViolation("an answer without an id")
        if incoming.id is None:
            return self._unread_by_other_side(incoming)
        method = self._asked.pop(incoming.id, None)
        if method is None:
            return ProtocolViolation("an answer to a request that is not open")
        if incoming.error and incoming.result:
            return _bad_answer(incoming.id, method, "both a result and an error")
        try:
            if incoming.error:
                return ErrorReceived(incoming.id, method.name, _decode_error(incoming.error))
            # The protocol lets an agent answer "nothing" with null as well as with {}.
            result = b"{}" if bytes(incoming.result) == b"null" else incoming.result
            return ResponseReceived(incoming.id, method.name, _decoder(method.result).decode(result))
        except _UNREADABLE as error:
            return _bad_answer(incoming.id, method, _wrong_field(error).reason)

    @staticmethod
    def _unread_by_other_side(incoming: _Incoming) -> Event:
        try:
            return ErrorReceived(None, "", _decode_error(incoming.error))
        except _UNREADABLE:
            return ProtocolViolation("an answer without an id")


def frame_too_large(longest: int) -> bytes:
    """Return the error to send for a frame that was not even read, where the connection can stay up."""
    return _error_frame(None, ErrorCode.INVALID_REQUEST, f"a message has at most {longest} bytes", None)


def _decode_params(method: Method, params: msgspec.Raw) -> Any:
    return _decoder(method.params).decode(params or b"{}")


def _error_frame(request_id: RequestId | None, code: int, message: str, data: Any) -> bytes:
    error = RpcError(code=int(code), message=message, data=data)
    return _encode(_Outgoing("2.0", id=request_id, error=error))


def _violation(
    code: ErrorCode, reason: str, request_id: RequestId | None = None, data: Any = None
) -> ProtocolViolation:
    return ProtocolViolation(reason, _error_frame(request_id, code, reason, data))


def _bad_answer(request_id: RequestId, method: Method, reason: str) -> ErrorReceived:
    error = RpcError(code=ErrorCode.INTERNAL_ERROR, message=f"the answer cannot be read: {reason}")
    return ErrorReceived(request_id, method.name, error)


def _unreadable(frame: bytes, error: Exception) -> ProtocolViolation:
    if frame.lstrip(b" \t\r\n")[:1] == b"[":
        return _violation(ErrorCode.INVALID_REQUEST, "batches are not supported: send one message a frame")
    if isinstance(error, RecursionError):
        return _violation(ErrorCode.PARSE_ERROR, "the message is nested too deeply")
    if not isinstance(error, msgspec.ValidationError):
        return _violation(ErrorCode.PARSE_ERROR, "the frame is not JSON")
    try:
        answer = _decode_answer_keys(frame)
    except _UNREADABLE:
        return _violation(ErrorCode.INVALID_REQUEST, "not a JSON-RPC 2.0 message")
    if answer.result or answer.error:
        # Never answer an answer: two peers that dislike each other would go on for ever.
        return ProtocolViolation("not a JSON-RPC 2.0 answer")
    wrong = _wrong_field(error)
    return _violation(
        ErrorCode.INVALID_REQUEST, f"not a JSON-RPC 2.0 message: {wrong.reason} at {wrong.path}"
    )


def _wrong_field(error: Exception) -> InvalidParamsData:
    if isinstance(error, RecursionError):
        return InvalidParamsData(path="$", reason="nested too deeply")
    reason, _, path = str(error).partition(" - at ")
    return InvalidParamsData(path=path.strip("`")[:_SHOWN] or "$", reason=reason[:_SHOWN])
