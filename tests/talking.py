"""A conversation for tests: the real assistant over a host, with a client that records and answers."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.assistant.change_lock import ChangeLock
from nixforhumanity.assistant.host import Host
from nixforhumanity.assistant.journal import Journal
from nixforhumanity.assistant.own_words import OwnWords
from nixforhumanity.assistant.own_words_store import OwnWordsStore
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.session_store import SessionStore
from nixforhumanity.assistant.situation import Finder
from nixforhumanity.assistant.skills import all_skills
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    Cancelled,
    LoadSessionRequest,
    NewSessionRequest,
    PermissionRequest,
    PlanUpdate,
    PromptRequest,
    Selected,
    SessionUpdate,
    TextBlock,
)

ALLOW = Selected(option_id="allow")
REJECT = Selected(option_id="reject")


@dataclass(eq=False)
class RecordingAudience:
    """Records what it is sent; answers permissions at once, or holds them until `answer` is called."""

    replies: list[Selected] = field(default_factory=list)
    always: Selected | None = None
    updates: list[SessionUpdate] = field(default_factory=list)
    asked: list[PermissionRequest] = field(default_factory=list)
    withdrawn: int = 0
    own_words_news: int = 0
    held: list[asyncio.Future[Selected | Cancelled]] = field(default_factory=list)

    def updated(self, session_id: str, update: SessionUpdate) -> None:
        self.updates.append(update)

    def own_words_changed(self) -> None:
        self.own_words_news += 1

    async def caught_up(self) -> None:
        await asyncio.sleep(0)

    async def ask_permission(self, request: PermissionRequest) -> Selected | Cancelled:
        self.asked.append(request)
        if self.replies:
            return self.replies.pop(0)
        if self.always is not None:
            return self.always
        future: asyncio.Future[Selected | Cancelled] = asyncio.get_running_loop().create_future()
        self.held.append(future)
        try:
            return await future
        except asyncio.CancelledError:
            self.withdrawn += 1
            raise

    @property
    def text(self) -> str:
        """Everything that was said, results included."""
        return "\n".join(
            one.content.text
            for one in self.updates
            if isinstance(one, AgentMessageChunk) and isinstance(one.content, TextBlock)
        )

    @property
    def plans(self) -> dict[str, cards.PlanCard]:
        """The newest form of each plan card, in the order in which they first came."""
        found: dict[str, cards.PlanCard] = {}
        for update in self.updates:
            if isinstance(update, PlanUpdate) and (card := cards.plan_in(update.meta)) is not None:
                found[card.plan_id] = card
        return found

    @property
    def card(self) -> cards.PlanCard:
        """The newest form of the last plan card."""
        return list(self.plans.values())[-1]

    @property
    def states(self) -> list[str]:
        """The states that the last plan card went through."""
        states: list[str] = []
        for update in self.updates:
            card = cards.plan_in(update.meta) if isinstance(update, PlanUpdate) else None
            if card is not None and card.plan_id == self.card.plan_id and states[-1:] != [card.state]:
                states.append(card.state)
        return states

    @property
    def suggestions(self) -> list[str]:
        """What the buttons under the last answer say."""
        for update in reversed(self.updates):
            if isinstance(update, AgentMessageChunk) and cards.SUGGESTIONS in (update.meta or {}):
                return [one["prompt"] for one in (update.meta or {})[cards.SUGGESTIONS]]
        return []


@dataclass
class Switch:
    """Whether own words are learned."""

    on: bool = True

    def get(self) -> bool:
        return self.on

    def set(self, learning: bool) -> None:
        self.on = learning


@dataclass
class Talk:
    """One assistant with one open session."""

    assistant: Assistant
    parts: Parts
    session_id: str
    audience: RecordingAudience

    async def say(
        self, text: str, prompt_id: str | None = None, audience: RecordingAudience | None = None
    ) -> str:
        """Say something and wait for the end of the turn; return how it ended."""
        meta = {cards.PROMPT_ID: prompt_id} if prompt_id else None
        request = PromptRequest(session_id=self.session_id, prompt=[TextBlock(text=text)], meta=meta)
        return (await self.assistant.prompt(audience or self.audience, request)).stop_reason

    def begin(self, text: str, prompt_id: str | None = None) -> "asyncio.Task[str]":
        """Say something and go on."""
        return asyncio.get_running_loop().create_task(self.say(text, prompt_id))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something has become so."""
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.002)


def assistant_parts(
    folder: Path, host: Host, finder: Finder, clock: Callable[[], datetime] | None = None
) -> Parts:
    """Build the parts over files in a folder."""
    clock = clock or (lambda: datetime.now(UTC))
    phrases = OwnWordsStore(folder / "own_words.sqlite")
    return Parts(
        host=host,
        finder=finder,
        journal=Journal(folder / "journal.sqlite"),
        sessions=SessionStore(folder / "sessions.sqlite"),
        lock=ChangeLock(folder / "change.lock"),
        skills=all_skills(),
        wording=Wording(),
        clock=clock,
        tasks=BackgroundTasks(),
        own_words=OwnWords(phrases, finder, Wording(), clock, Switch()),
    )


async def begin_talk(
    folder: Path, host: Host, finder: Finder, *, replies: Iterable[Selected] = (), level: str = "beginner"
) -> Talk:
    """Start an assistant and open a session."""
    parts = assistant_parts(folder, host, finder)
    assistant = Assistant(parts, level=level, language="en")
    await assistant.start()
    audience = RecordingAudience(list(replies))
    session = await assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
    return Talk(assistant, parts, session.session_id, audience)


async def second_conversation(talk: Talk) -> Talk:
    """Open another session with the same assistant."""
    audience = RecordingAudience()
    session = await talk.assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
    return Talk(talk.assistant, talk.parts, session.session_id, audience)


async def reopen(talk: Talk, folder: Path, host: Host, finder: Finder) -> Talk:
    """Start a new assistant over the same files, as after a restart, and load the session."""
    parts = assistant_parts(folder, host, finder)
    assistant = Assistant(parts, level="beginner", language="en")
    await assistant.start()
    audience = RecordingAudience()
    request = LoadSessionRequest(session_id=talk.session_id, cwd="/", mcp_servers=[])
    await assistant.load_session(audience, request, replay=True)
    return Talk(assistant, parts, talk.session_id, audience)
