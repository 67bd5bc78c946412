"""Which call of the assistant answers which method of the wire."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from nixforhumanity.assistant.service import AssistantService, Audience
from nixforhumanity.protocol import methods
from nixforhumanity.protocol.cards import UndoRequest
from nixforhumanity.protocol.messages import DeleteSessionRequest, Nothing, SetModeRequest
from nixforhumanity.protocol.own_words import LearnOwnWordsRequest, OwnPhrasesRequest

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


async def _delete_words(
    service: AssistantService, _audience: Audience, request: OwnPhrasesRequest
) -> Nothing:
    await service.delete_own_words(request)
    return Nothing()


async def _restore_words(
    service: AssistantService, _audience: Audience, request: OwnPhrasesRequest
) -> Nothing:
    await service.restore_own_words(request)
    return Nothing()


async def _learn_words(
    service: AssistantService, _audience: Audience, request: LearnOwnWordsRequest
) -> Nothing:
    await service.learn_own_words(request)
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
        methods.OWN_WORDS: lambda service, audience, _request: service.own_words(audience),
        methods.OWN_WORDS_MEANINGS: lambda service, _audience, request: service.own_words_meanings(request),
        methods.OWN_WORDS_CHANGE: lambda service, _audience, request: service.change_own_words(request),
        methods.OWN_WORDS_DELETE: _delete_words,
        methods.OWN_WORDS_RESTORE: _restore_words,
        methods.OWN_WORDS_LEARN: _learn_words,
        methods.HOST: lambda service, _audience, _request: service.host(),
    }
)
"""All requests of the window but `initialize`, which the connection answers itself."""
