"""Which call of the assistant answers which method of the wire."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from nixforhumanity.assistant.service import AssistantService, Audience
from nixforhumanity.protocol import methods
from nixforhumanity.protocol.cards import UndoRequest
from nixforhumanity.protocol.messages import DeleteSessionRequest, Nothing, SetModeRequest

Call = Callable[[AssistantService, Audience, Any], Awaitable[msgspec.Struct]]


async def _delete(service: AssistantService, _audience: Audience, request: DeleteSessionRequest) -> Nothing:
    await service.delete_session(request)
    return Nothing()


async def _set_mode(service: AssistantService, _audience: Audience, request: SetModeRequest) -> Nothing:
    await service.set_mode(request)
    return Nothing()


async def _undo(service: AssistantService, audience: Audience, request: UndoRequest) -> Nothing:
    await service.undo(audience, request)
    return Nothing()


CALLS: Mapping[str, Call] = MappingProxyType(
    {
        methods.SESSION_NEW: lambda service, audience, request: service.new_session(audience, request),
        methods.SESSION_LOAD: lambda service, audience, request: service.load_session(
            audience, request, replay=True
        ),
        methods.SESSION_RESUME: lambda service, audience, request: service.load_session(
            audience, request, replay=False
        ),
        methods.SESSION_LIST: lambda service, _audience, request: service.list_sessions(request),
        methods.SESSION_DELETE: _delete,
        methods.SESSION_PROMPT: lambda service, audience, request: service.prompt(audience, request),
        methods.SESSION_SET_MODE: _set_mode,
        methods.SESSION_SET_CONFIG_OPTION: lambda service, _audience, request: service.set_config_option(
            request
        ),
        methods.JOURNAL: lambda service, _audience, request: service.journal(request),
        methods.UNDO: _undo,
        methods.HOST: lambda service, _audience, _request: service.host(),
    }
)
"""All requests of the window but `initialize`, which the connection answers itself."""
