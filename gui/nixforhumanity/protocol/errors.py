"""Errors on the wire: JSON-RPC codes, and the object that carries one."""

from enum import IntEnum
from typing import Any

import msgspec


class ErrorCode(IntEnum):
    """The codes that are used: those of JSON-RPC, of the protocol, and our one for a person."""

    PARSE_ERROR = -32700
    INVALID_REQUEST = -32600
    METHOD_NOT_FOUND = -32601
    INVALID_PARAMS = -32602
    INTERNAL_ERROR = -32603
    REQUEST_CANCELLED = -32800
    FOR_THE_PERSON = -32000
    """`message` can be shown as it is; `data` is a UserErrorData."""


class RpcError(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The `error` object of a response; `code` may be one that we do not know."""

    code: int
    message: str
    data: Any = None


class UserErrorData(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`data` of FOR_THE_PERSON: the text as id and parameters, to say it in another language."""

    message_id: str
    parameters: dict[str, str | int | float] = {}


class InvalidParamsData(msgspec.Struct, frozen=True, kw_only=True):
    """`data` of INVALID_PARAMS: where the wrong field is (`$.sessionId`) and what is wrong with it."""

    path: str
    reason: str
