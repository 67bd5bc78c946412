"""The assistant: all conversations of one person, behind the calls of the wire."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from uuid import uuid4

from nixforhumanity.assistant import session_options
from nixforhumanity.assistant.conversation import Conversation
from nixforhumanity.assistant.history import host_card, journal_response
from nixforhumanity.assistant.own_words_page import OwnWordsPage
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.rendering import plain
from nixforhumanity.assistant.restart import settle_interrupted
from nixforhumanity.assistant.service import Audience
from nixforhumanity.assistant.session_store import SessionRecord, iso
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import PROMPT_ID, HostCard, JournalRequest, JournalResponse, UndoRequest
from nixforhumanity.protocol.messages import (
    AvailableCommandsUpdate,
    ConfigOption,
    ConfigOptionUpdate,
    ContentBlock,
    DeleteSessionRequest,
    ListSessionsRequest,
    ListSessionsResponse,
    LoadSessionRequest,
    LoadSessionResponse,
    NewSessionRequest,
    NewSessionResponse,
    PromptRequest,
    PromptResponse,
    SessionInfo,
    SetConfigOptionRequest,
    SetConfigOptionResponse,
    SetModeRequest,
    TextBlock,
)
from nixforhumanity.protocol.own_words import (
    ChangeOwnPhraseRequest,
    LearnOwnWordsRequest,
    MeaningsResponse,
    OwnPhraseCard,
    OwnPhraseRequest,
    OwnPhrasesRequest,
    OwnWordsResponse,
)

log = logging.getLogger(__name__)

_PAGE = 50
_MOST_OPEN_UNUSED = 16
"""Conversations that nobody has open keep what their last answer offered; the oldest are closed."""
_HIGHEST_ENTRY = 2**63 - 1


class Assistant:
    """Implements AssistantService over the parts."""

    def __init__(self, parts: Parts, *, level: str, language: str) -> None:
        self._parts = parts
        self._defaults = (level, language)
        self._open: dict[str, Conversation] = {}
        own_words = parts.own_words
        self._own_words_page = None if own_words is None else OwnWordsPage(own_words, parts.skills)
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether a turn is going on in any conversation."""
        return any(conversation.busy for conversation in self._open.values())

    @property
    def at_work(self) -> bool:
        """Whether a turn is going on that does not only wait for the person's answer."""
        return any(conversation.at_work for conversation in self._open.values())

    async def start(self, *, alone: bool = True) -> None:
        """Settle what an earlier run left unfinished; `alone`: no other process is at work on these files."""
        if alone:
            await settle_interrupted(self._parts)

    # --- sessions ---------------------------------------------------------------------------------

    async def new_session(self, audience: Audience, request: NewSessionRequest) -> NewSessionResponse:
        """See AssistantService."""
        level, language = self._defaults
        record = SessionRecord(
            id=uuid4().hex,
            title="",
            updated_at=iso(self._parts.clock()),
            level=level,
            language=language,
            cwd=request.cwd,
        )
        self._parts.sessions.create(record)
        conversation = self._opened(record)
        conversation.channel.join(audience)
        self._tell_commands(audience, record.id)
        return NewSessionResponse(
            session_id=record.id,
            modes=session_options.modes(conversation.level, self._parts.wording),
            config_options=self._options(conversation),
        )

    async def load_session(
        self, audience: Audience, request: LoadSessionRequest, *, replay: bool
    ) -> LoadSessionResponse:
        """See AssistantService."""
        conversation = self._conversation(request.session_id)
        if replay:
            await conversation.channel.replay(audience)
        conversation.channel.join(audience)
        self._tell_commands(audience, request.session_id)
        return LoadSessionResponse(
            modes=session_options.modes(conversation.level, self._parts.wording),
            config_options=self._options(conversation),
        )

    async def list_sessions(self, request: ListSessionsRequest) -> ListSessionsResponse:
        """See AssistantService."""
        cursor = request.cursor or "0"
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
            raise UserError("bad-cursor")
        offset = int(cursor)
        records = self._parts.sessions.sessions(_PAGE + 1, offset)
        return ListSessionsResponse(
            sessions=[
                SessionInfo(session_id=item.id, cwd=item.cwd, title=item.title, updated_at=item.updated_at)
                for item in records[:_PAGE]
            ],
            next_cursor=str(offset + _PAGE) if len(records) > _PAGE else None,
        )

    async def delete_session(self, request: DeleteSessionRequest) -> None:
        """See AssistantService."""
        conversation = self._open.get(request.session_id)
        if conversation is not None:
            if conversation.busy:
                raise UserError("session-busy")
            del self._open[request.session_id]
        if not self._parts.sessions.delete(request.session_id):
            raise UserError("no-such-session")

    def leave(self, audience: Audience) -> None:
        """See AssistantService."""
        for conversation in self._open.values():
            conversation.channel.leave(audience)
        if self._parts.own_words is not None:
            self._parts.own_words.leave(audience)
        self._close_unused()

    # --- turns ------------------------------------------------------------------------------------

    async def prompt(self, audience: Audience, request: PromptRequest) -> PromptResponse:
        """See AssistantService."""
        known = (request.meta or {}).get(PROMPT_ID)
        said_again = isinstance(known, str) and 0 < len(known) <= 100
        if self._stopping and said_again:
            await asyncio.get_running_loop().create_future()  # it is said again to the next server
        if self._stopping:
            raise UserError("server-stopping")
        conversation = self._conversation(request.session_id)
        shown = conversation.channel.plans_shown_to(audience)
        conversation.channel.join(audience)
        prompt_id = str(known) if said_again else uuid4().hex
        text = _text_of(request.prompt)
        return PromptResponse(
            stop_reason=await conversation.prompt(text, prompt_id, shown, said_again=said_again)
        )

    def cancel(self, session_id: str) -> None:
        """See AssistantService."""
        if (conversation := self._open.get(session_id)) is not None:
            conversation.cancel()

    async def undo(self, audience: Audience, request: UndoRequest) -> None:
        """See AssistantService."""
        if self._stopping:
            raise UserError("server-stopping")
        conversation = self._conversation(request.session_id)
        conversation.channel.join(audience)
        entry_id = request.entry_id
        if entry_id is not None and (
            not 0 < entry_id <= _HIGHEST_ENTRY or self._parts.journal.entry(entry_id) is None
        ):
            raise UserError("no-such-entry", entry=str(entry_id))
        await conversation.undo(request.entry_id)

    # --- options ----------------------------------------------------------------------------------

    async def set_mode(self, request: SetModeRequest) -> None:
        """See AssistantService."""
        conversation = self._conversation(request.session_id)
        session_options.require_level(request.mode_id)
        conversation.set_level(request.mode_id)
        self._tell_options(conversation)

    async def set_config_option(self, request: SetConfigOptionRequest) -> SetConfigOptionResponse:
        """See AssistantService."""
        conversation = self._conversation(request.session_id)
        session_options.apply(conversation, request.config_id, request.value, self._parts)
        self._tell_options(conversation)
        return SetConfigOptionResponse(config_options=self._options(conversation))

    # --- looking ----------------------------------------------------------------------------------

    async def journal(self, request: JournalRequest) -> JournalResponse:
        """See AssistantService."""
        return await journal_response(request, self._parts)

    async def own_words(self, audience: Audience) -> OwnWordsResponse:
        """See AssistantService."""
        page = self._words_page()
        if self._parts.own_words is not None:
            self._parts.own_words.watch(audience)
        return page.listed()

    async def own_words_meanings(self, request: OwnPhraseRequest) -> MeaningsResponse:
        """See AssistantService."""
        return self._words_page().meanings(request.id)

    async def change_own_words(self, request: ChangeOwnPhraseRequest) -> OwnPhraseCard:
        """See AssistantService."""
        return self._words_page().change(request)

    async def delete_own_words(self, request: OwnPhrasesRequest) -> None:
        """See AssistantService."""
        self._words_page().delete(request.ids)

    async def restore_own_words(self, request: OwnPhrasesRequest) -> None:
        """See AssistantService."""
        self._words_page().restore(request.ids)

    async def learn_own_words(self, request: LearnOwnWordsRequest) -> None:
        """See AssistantService."""
        self._words_page().learn(request.learning)

    async def host(self) -> HostCard:
        """See AssistantService."""
        return await host_card(self._parts)

    def text(self, message: Message) -> str:
        """See AssistantService."""
        return plain(message, self._parts.wording, self._defaults[0])

    def checks(self) -> Mapping[str, str]:
        """See AssistantService."""
        return {
            "sessions": "ok" if self._parts.sessions.path.exists() else "file is missing",
            "journal": "ok" if self._parts.journal.path.exists() else "file is missing",
            "turns": "stopping" if self._stopping else "ok",
        }

    async def stop(self, grace_seconds: float) -> None:
        """See AssistantService."""
        self._stopping = True
        await asyncio.gather(*(one.finish_changes(grace_seconds) for one in list(self._open.values())))
        await self._parts.tasks.stop()
        self._parts.sessions.close()
        self._parts.journal.close()
        if self._parts.own_words is not None:
            self._parts.own_words.store.close()

    # --- inside -----------------------------------------------------------------------------------

    def _words_page(self) -> OwnWordsPage:
        if self._own_words_page is None:
            raise UserError("own-words-not-here")
        return self._own_words_page

    def _conversation(self, session_id: str) -> Conversation:
        conversation = self._open.get(session_id)
        if conversation is None:
            record = self._parts.sessions.session(session_id)
            if record is None:
                raise UserError("no-such-session")
            conversation = self._opened(record)
        return conversation

    def _opened(self, record: SessionRecord) -> Conversation:
        conversation = Conversation(record, self._parts)
        self._open[record.id] = conversation
        self._close_unused()
        return conversation

    def _close_unused(self) -> None:
        """Let go of conversations that nobody has open and in which nothing goes on; the disk keeps them."""
        unused = [one for one in self._open.values() if not (one.busy or one.channel.watched)]
        for conversation in unused[:-_MOST_OPEN_UNUSED]:
            del self._open[conversation.session_id]

    def _options(self, conversation: Conversation) -> list[ConfigOption]:
        return session_options.options(conversation, self._parts.wording)

    def _tell_options(self, conversation: Conversation) -> None:
        conversation.channel.send(ConfigOptionUpdate(config_options=self._options(conversation)), kept=False)

    def _tell_commands(self, audience: Audience, session_id: str) -> None:
        commands = session_options.slash_commands(self._parts.skills, self._parts.wording)
        audience.updated(session_id, AvailableCommandsUpdate(available_commands=commands))


def _text_of(blocks: Sequence[ContentBlock]) -> str:
    return "\n".join(block.text if isinstance(block, TextBlock) else block.name for block in blocks)
