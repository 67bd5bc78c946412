"""The official SDK's models as the judge of what our two sides send.

A frame is good when the model of its method takes it *and* gives back the same: a field that the model does
not know (a wrong name, say) is dropped by it, and is found that way.
"""

import json
from enum import Enum
from typing import Any

import pytest
from acp import schema
from pydantic import BaseModel, TypeAdapter

from nixforhumanity.protocol.methods import EXTENSION_METHODS


class Direction(Enum):
    """Who sent a frame."""

    TO_CLIENT = "server to client"
    TO_SERVER = "client to server"


class BadFrameError(AssertionError):
    """A frame is not what the protocol says."""


Model = type[BaseModel]
NOTHING = None

REQUESTS: dict[Direction, dict[str, tuple[Any, Any]]] = {
    Direction.TO_SERVER: {
        "initialize": (schema.InitializeRequest, schema.InitializeResponse),
        "session/new": (schema.NewSessionRequest, schema.NewSessionResponse),
        "session/load": (schema.LoadSessionRequest, schema.LoadSessionResponse),
        "session/resume": (schema.ResumeSessionRequest, schema.ResumeSessionResponse),
        "session/list": (schema.ListSessionsRequest, schema.ListSessionsResponse),
        "session/delete": (schema.DeleteSessionRequest, schema.DeleteSessionResponse),
        "session/prompt": (schema.PromptRequest, schema.PromptResponse),
        "session/set_mode": (schema.SetSessionModeRequest, schema.SetSessionModeResponse),
        "session/set_config_option": (
            schema.SetSessionConfigOptionSelectRequest,
            schema.SetSessionConfigOptionResponse,
        ),
    },
    Direction.TO_CLIENT: {
        "session/request_permission": (schema.RequestPermissionRequest, schema.RequestPermissionResponse),
    },
}
NOTIFICATIONS: dict[Direction, dict[str, Any]] = {
    Direction.TO_SERVER: {
        "session/cancel": schema.CancelNotification,
        "$/cancel_request": schema.CancelRequestNotification,
    },
    Direction.TO_CLIENT: {
        "session/update": schema.SessionNotification,
        "$/cancel_request": schema.CancelRequestNotification,
    },
}
OPPOSITE = {
    Direction.TO_CLIENT: Direction.TO_SERVER,
    Direction.TO_SERVER: Direction.TO_CLIENT,
}


class AcpJudge:
    """Judges every frame of one connection, in the order they were sent."""

    def __init__(self) -> None:
        self._open: dict[tuple[Direction, int | str], str] = {}
        self.judged = 0

    def judge_frame(self, frame: bytes, direction: Direction) -> None:
        """Raise BadFrameError when the frame is not a good message of that direction."""
        try:
            text = frame.decode("utf-8")
            message = json.loads(text, parse_constant=_no_constant)
        except ValueError as error:
            raise BadFrameError(f"not JSON: {error}") from error
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            raise BadFrameError(f"not a JSON-RPC 2.0 message: {text[:200]}")
        if "\n" in text:
            raise BadFrameError("a line break inside a message would cut it in two on standard output")
        if "method" in message:
            self._judge_call(message, direction)
        else:
            self._judge_answer(message, direction)
        self.judged += 1

    def open_requests(self) -> list[str]:
        """Return the methods that were asked and not answered."""
        return list(self._open.values())

    def _judge_call(self, message: dict[str, Any], direction: Direction) -> None:
        _only_keys(message, {"jsonrpc", "id", "method", "params"})
        method = message["method"]
        if "id" in message:
            key = (direction, message["id"])
            if not isinstance(message["id"], int | str) or key in self._open:
                raise BadFrameError(f"the id {message['id']!r} cannot be used now")
            self._open[key] = method
            known = REQUESTS[direction].get(method)
            if known is None and method not in EXTENSION_METHODS:
                raise BadFrameError(f"no request {method} from {direction.value}")
            model = known[0] if known else None
        elif (model := NOTIFICATIONS[direction].get(method)) is None:
            raise BadFrameError(f"no notification {method} from {direction.value}")
        if model is not None:
            _same_to_model(model, message.get("params"), method)

    def _judge_answer(self, message: dict[str, Any], direction: Direction) -> None:
        _only_keys(message, {"jsonrpc", "id", "result", "error"})
        if ("result" in message) == ("error" in message):
            raise BadFrameError("an answer has either a result or an error")
        if message["id"] is None and "error" in message:
            _same_to_model(schema.Error, message["error"], "an error")
            return
        method = self._open.pop((OPPOSITE[direction], message["id"]), None)
        if method is None:
            raise BadFrameError(f"nobody asked for the answer {message['id']!r}")
        if "error" in message:
            _same_to_model(schema.Error, message["error"], "an error")
        elif (known := REQUESTS[OPPOSITE[direction]].get(method)) is not None:
            _same_to_model(known[1], message["result"], f"the answer to {method}")


def judge_frame(frame: bytes, direction: Direction) -> None:
    """Judge one frame alone: a request, a notification or an error; answers need an AcpJudge."""
    AcpJudge().judge_frame(frame, direction)


@pytest.fixture
def acp_judge() -> AcpJudge:
    """Give a judge for one connection."""
    return AcpJudge()


def _same_to_model(model: Any, given: Any, what: str) -> None:
    try:
        read = TypeAdapter(model).validate_python(given, strict=False)
    except ValueError as error:
        raise BadFrameError(f"{what}: {error}") from error
    written = TypeAdapter(model).dump_python(read, mode="json", by_alias=True, exclude_unset=True)
    if _without_tag_of_permission(given) != written:
        raise BadFrameError(f"{what}: sent {given!r}, understood {written!r}")


def _without_tag_of_permission(given: Any) -> Any:
    """Leave out a tag that our structs add to the tool call of a question; the models ignore it."""
    if isinstance(given, dict) and isinstance(given.get("toolCall"), dict):
        call = {key: value for key, value in given["toolCall"].items() if key != "sessionUpdate"}
        return {**given, "toolCall": call}
    return given


def _only_keys(message: dict[str, Any], allowed: set[str]) -> None:
    if extra := set(message) - allowed:
        raise BadFrameError(f"unknown parts of a message: {sorted(extra)}")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
