"""Everything a session shows goes through here: kept on disk, and sent to every client that has it open."""

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import msgspec

from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_cards import plan_update
from nixforhumanity.assistant.plans import Ids
from nixforhumanity.assistant.refusals import refused
from nixforhumanity.assistant.rendering import escape, render_parts, render_suggestions
from nixforhumanity.assistant.service import Audience
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.storage_errors import storage_error
from nixforhumanity.core.text import message
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    Cancelled,
    Meta,
    PermissionRequest,
    Selected,
    SessionUpdate,
    TextBlock,
    UserMessageChunk,
)

log = logging.getLogger(__name__)

_AFTER_CANCELLED_SECONDS = 1.0
_REPLAYED_AT_ONCE = 100


class Reply(Enum):
    """What became of a question."""

    ALLOWED = "allowed"
    DECLINED = "declined"
    SET_ASIDE = "set-aside"
    """Another plan was put forward before anybody answered."""
    ASKED_ANEW = "asked-anew"
    """The same is put forward again, together with more."""


class Question:
    """A permission that is being asked for; the first answer counts."""

    def __init__(
        self, request: PermissionRequest, plan_id: str, *, final: bool, verbs: frozenset[str]
    ) -> None:
        self.request = request
        self.plan_id = plan_id
        self.final = final
        self.verbs = verbs
        """The words for what the plan does: a yes that names something else is no yes to it."""
        self.cancelled_by: set[Audience] = set()
        self.answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

    @property
    def title(self) -> str:
        """What the plan would do."""
        return self.request.tool_call.title or ""

    @property
    def allow_label(self) -> str:
        """What the button for yes says."""
        return self.request.options[0].name

    def settle(self, reply: Reply) -> None:
        """Answer it, unless it was answered before."""
        if not self.answer.done():
            self.answer.set_result(reply)


class Channel:
    """One session's way to its clients and to the disk."""

    def __init__(self, session_id: str, parts: Parts, ids: Ids) -> None:
        self.session_id = session_id
        self._parts = parts
        self._ids = ids
        self._audiences: set[Audience] = set()
        self._loading: dict[Audience, list[SessionUpdate]] = {}
        self._questions: dict[str, Question] = {}
        self._asking: dict[tuple[str, Audience], asyncio.Task[None]] = {}
        self._told_not_kept = False
        self.last_asked = ""
        """The plan whose question is the last thing that was put to the person; empty after anything else."""
        self.said_last: Answer | None = None
        """The last answer, errors included; None once a plan has ended after it."""

    async def replay(self, audience: Audience) -> None:
        """Send a client everything that is kept, at its pace; what comes meanwhile follows after it."""
        updates = self._parts.sessions.updates(self.session_id)
        meanwhile: list[SessionUpdate] = []
        self._audiences.discard(audience)
        self._loading[audience] = meanwhile
        try:
            for number, update in enumerate(updates, start=1):
                audience.updated(self.session_id, update)
                if number % _REPLAYED_AT_ONCE == 0:
                    await audience.caught_up()
        finally:
            del self._loading[audience]
        for update in meanwhile:
            audience.updated(self.session_id, update)

    def join(self, audience: Audience) -> None:
        """Add a client; open questions are asked of it too."""
        self._audiences.add(audience)
        for question in self._questions.values():
            self._ask_one(question, audience)

    def leave(self, audience: Audience) -> None:
        """Remove a client; open questions stay open for others and for when it comes back."""
        self._audiences.discard(audience)
        for key in [key for key in self._asking if key[1] is audience]:
            self._asking.pop(key).cancel()

    @property
    def watched(self) -> bool:
        """Whether any client has it open, or is being sent what it holds."""
        return bool(self._audiences or self._loading)

    def send(self, update: SessionUpdate, *, key: str | None = None, kept: bool = True) -> None:
        """Keep an update (one with the same key takes the earlier's place) and send it."""
        if kept:
            self.keep(update, key)
        for audience in list(self._audiences):
            audience.updated(self.session_id, update)
        for meanwhile in self._loading.values():
            meanwhile.append(update)

    def keep(self, update: SessionUpdate, key: str | None) -> None:
        """Keep an update for those who load the session later."""
        with self.keeping():
            self._parts.sessions.record(self.session_id, update, key)

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Go on where something of the session cannot be kept, and say so once.

        What is shown must never break what is done: the journal is the truth.
        """
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            log.exception("something of a session could not be kept")
            why = storage_error(error)
            if why is not None and not self._told_not_kept:
                self._told_not_kept = True
                self._tell_not_kept(why)

    def _tell_not_kept(self, why: UserError) -> None:
        told = Answer((why.message, message("session-not-kept")))
        text = "\n\n".join(render_parts(told.parts, self._parts.wording, "beginner"))
        meta: Meta = {cards.SENT_AT: iso(self._parts.clock()), cards.MESSAGE_KIND: "notice"}
        chunk = AgentMessageChunk(
            content=TextBlock(text=text), message_id=self._ids.new("message"), meta=meta
        )
        self.send(chunk, kept=False)

    def heard(self, text: str, prompt_id: str) -> None:
        """Show what the person said in every window of the session."""
        meta = {cards.PROMPT_ID: prompt_id, cards.SENT_AT: iso(self._parts.clock())}
        self.send(UserMessageChunk(content=TextBlock(text=text), meta=meta), key=f"prompt:{prompt_id}")

    async def say(self, answer: Answer, level: str) -> None:
        """Stream an answer, a part at a time."""
        self.last_asked = ""
        self.said_last = answer
        message_id = self._ids.new("message")
        blocks = render_parts(answer.parts, self._parts.wording, level)
        for number, block in enumerate(blocks):
            meta: Meta = {}
            if number == 0:
                meta[cards.SENT_AT] = iso(self._parts.clock())
                if answer.kind != "answer":
                    meta[cards.MESSAGE_KIND] = answer.kind
            if number == len(blocks) - 1:
                suggestions = render_suggestions(answer, self._parts.wording, level)
                meta[cards.SUGGESTIONS] = [cards.to_meta(item) for item in suggestions]
            text = block if number == 0 else f"\n\n{block}"
            chunk = AgentMessageChunk(content=TextBlock(text=text), message_id=message_id, meta=meta or None)
            self.send(chunk)
            await asyncio.sleep(0)

    def say_result(self, said: str, answer: Answer, plan_id: str) -> None:
        """Say how a plan ended, for clients that show no cards; the buttons are for all."""
        self.said_last = None
        meta: Meta = {
            cards.SENT_AT: iso(self._parts.clock()),
            cards.MESSAGE_KIND: cards.RESULT,
            cards.PLAN_ID: plan_id,
            cards.SUGGESTIONS: [
                cards.to_meta(item) for item in render_suggestions(answer, self._parts.wording)
            ],
        }
        content = TextBlock(text=escape(said))
        self.send(AgentMessageChunk(content=content, message_id=self._ids.new("message"), meta=meta))

    async def say_error(self, error: UserError, level: str) -> None:
        """Show an error for the person."""
        await self.say(refused(error, self._parts.finder, level), level)

    def has_kept(self, key: str) -> bool:
        """Return whether an update is kept under this key."""
        with self.keeping():
            return self._parts.sessions.update_with_key(self.session_id, key) is not None
        return False

    def plans_shown_to(self, audience: Audience) -> frozenset[str]:
        """Return the plans that this client was asked about and that are still open."""
        return frozenset(plan_id for plan_id, asked in self._asking if asked is audience)

    def change_card(self, plan_id: str, **fields: object) -> None:
        """Send a card of this session anew with some fields changed."""
        kept = self._parts.sessions.update_with_key(self.session_id, f"plan:{plan_id}")
        card = cards.plan_in(kept.meta) if kept is not None else None
        if card is not None:
            self.send(plan_update(msgspec.structs.replace(card, **fields)), key=f"plan:{plan_id}")

    @property
    def newest_question(self) -> Question | None:
        """The open question that was asked last."""
        return next(reversed(self._questions.values()), None)

    def withdraw(self, shown: frozenset[str], *, asked_anew: bool = False) -> None:
        """Set the plan that waits aside, if it was shown where the words come from that mean another.

        `asked_anew`: they mean this one too.
        """
        question = self.newest_question
        if question is not None and question.plan_id in shown:
            question.settle(Reply.ASKED_ANEW if asked_anew else Reply.SET_ASIDE)

    async def ask(self, question: Question, *, sets_others_aside: bool = True) -> Reply:
        """Ask every client, now and when one joins; return what the first answers.

        A plan that waited before it is set aside: of several that wait, nobody knows which one a yes means.
        """
        if sets_others_aside:
            for older in self._questions.values():
                older.settle(Reply.SET_ASIDE)
        self.last_asked = question.plan_id
        self._questions[question.plan_id] = question
        for audience in list(self._audiences):
            self._ask_one(question, audience)
        try:
            return await question.answer
        finally:
            if self._questions.get(question.plan_id) is question:
                del self._questions[question.plan_id]
            for key in [key for key in self._asking if key[0] == question.plan_id]:
                self._asking.pop(key).cancel()

    def _ask_one(self, question: Question, audience: Audience) -> None:
        key = (question.plan_id, audience)
        if key not in self._asking:
            self._asking[key] = self._parts.tasks.start(
                self._put(question, audience), name=f"permission {question.plan_id}"
            )

    async def _put(self, question: Question, audience: Audience) -> None:
        outcome = await audience.ask_permission(question.request)
        match outcome:
            case Selected(option_id=option):
                question.settle(Reply.ALLOWED if option == "allow" else Reply.DECLINED)
            case Cancelled():
                # A client that goes away answers so too; then `leave` ends this task within the second,
                # and the question stays open for when it is back.
                question.cancelled_by.add(audience)
                await asyncio.sleep(_AFTER_CANCELLED_SECONDS)
                if question.cancelled_by >= self._audiences:
                    question.settle(Reply.DECLINED)
