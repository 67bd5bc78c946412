"""One plan from card to permission: look up effects, show, ask, look again, and run what was allowed."""

import asyncio
import logging
import sqlite3
from dataclasses import replace
from typing import Any

from nixforhumanity.assistant.actions import hash_actions
from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.channel import Channel, Reply
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_look_up import LookUp, Seen, begin_look_up, end_look_up, known_generations
from nixforhumanity.assistant.plan_outcome import PlanOutcome, same_effect
from nixforhumanity.assistant.plan_run import PlanRun
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.assistant.refusals import refused
from nixforhumanity.assistant.shown_plan import ShownPlan
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.storage_errors import storage_error
from nixforhumanity.core.text import message
from nixforhumanity.protocol.cards import PlanCard

log = logging.getLogger(__name__)

_CARD_WAITS_SECONDS = 0.25
"""How long the card waits for its costs before it is shown without them."""
_ASK_AGAIN = PlanOutcome.CHANGED


class PlanFlow:
    """Carries one plan through. Used once."""

    def __init__(self, draft: PlanDraft, channel: Channel, parts: Parts, ids: Ids, level: str) -> None:
        for action in draft.actions:
            action.validate()
        self._draft = draft
        self._channel = channel
        self._parts = parts
        self._level = level
        self._plan = ShownPlan(draft, channel, parts, ids, level)
        self._seen: Seen | None = None
        self._rest = 0
        self.changes = False
        """Set as soon as something may have been changed."""
        self.asking = False
        """Whether it only waits for the person's answer."""
        self.left_open = False
        """Set when it is cut off to be shown again by the next run of the server."""

    @property
    def card(self) -> PlanCard:
        """The card as it is shown now."""
        return self._plan.card

    async def carry_out(self, prompt_id: str, rest: int = 0) -> PlanOutcome:
        """Show the plan, ask, run it when allowed; `rest`: so much is still to come after it."""
        self._rest = rest
        looking = begin_look_up(self._parts.host, self._draft.actions)
        try:
            # What is deleted for good, or comes and goes, is never asked about before it is known what.
            waits = None if self._draft.final or self._draft.goes_back else _CARD_WAITS_SECONDS
            await asyncio.wait([looking], timeout=waits)
            if looking.done() and (ended := await self._not_possible(looking)) is not None:
                return ended
            self._plan.show()
            reply = await self._ask(looking, again=False)
            await end_look_up(looking)
            if reply is None:
                return PlanOutcome.FAILED
            if reply is not Reply.ALLOWED:
                return self._turned_down(reply)
            return await self._run_when_free(prompt_id)
        except (sqlite3.Error, OSError) as error:
            self._end_card(error)
            if not self._plan.shown or storage_error(error) is None:
                raise
            log.exception("a plan could not go on: our own files cannot be written")
            return PlanOutcome.FAILED
        except BaseException as error:
            self._end_card(error)
            raise
        finally:
            looking.cancel()

    def _end_card(self, error: BaseException) -> None:
        if not self.left_open:
            self._plan.end_for(error)

    def _turned_down(self, reply: Reply | None) -> PlanOutcome:
        aside = reply in (Reply.SET_ASIDE, Reply.ASKED_ANEW)
        said = message("plan-set-aside", rest=self._rest) if aside else message("plan-declined")
        if reply is Reply.ASKED_ANEW:
            said = message("plan-asked-anew")
        self._plan.end("declined", said)
        return PlanOutcome.SET_ASIDE if aside else PlanOutcome.DECLINED

    # --- what it would do -------------------------------------------------------------------------

    async def _not_possible(self, looking: LookUp) -> PlanOutcome | None:
        """Take the finished look-up; say why where the plan is impossible or would change nothing."""
        try:
            self._seen = looking.result()
        except UserError as error:
            answer = refused(error, self._parts.finder, self._level)
            if self._plan.shown:
                self._plan.end("failed", error.message)
                # The card says what; the next step, if there is one, comes below it.
                answer = replace(answer, parts=answer.parts[1:], kind="answer")
            if answer.parts:
                await self._channel.say(answer, self._level)
            return PlanOutcome.FAILED
        needless = [preview.nothing_to_do for preview in self._seen.previews]
        if all(needless) and (reason := needless[0]) is not None:
            if self._plan.shown:
                self._plan.end("expired", reason)
            else:
                await self._channel.say(Answer((self._plan.in_names(reason),)), self._level)
            return PlanOutcome.NOT_NEEDED
        self._plan.learn(self._seen.previews)
        return None

    # --- asking -----------------------------------------------------------------------------------

    async def _ask(self, looking: LookUp, *, again: bool) -> Reply | None:
        """Ask; the card is completed when its costs are known. None when it turned out impossible.

        `again`: the person had allowed it before it changed. That sets no other plan aside.
        """
        question = self._plan.question()
        asking = asyncio.ensure_future(self._channel.ask(question, sets_others_aside=not again))
        self.asking = True
        try:
            if not looking.done():
                both: list[asyncio.Future[Any]] = [asking, looking]
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if looking.done() and not asking.done():
                    if await self._not_possible(looking) is not None:
                        return None
                    self._plan.send_card()
            return await asking
        finally:
            self.asking = False
            asking.cancel()

    # --- running ----------------------------------------------------------------------------------

    async def _run_when_free(self, prompt_id: str) -> PlanOutcome:
        shown_hash = self._plan.card.hash
        while True:
            async with self._parts.lock.held(lambda: self._plan.set_state("queued", message("plan-queued"))):
                found = await self._looked_again()
                if found is None:
                    assert hash_actions(self._draft.actions) == shown_hash
                    return await self._run(prompt_id)
            # Asked without the lock: others need not wait for a person to read.
            if found is not _ASK_AGAIN:
                return found
            looking = begin_look_up(self._parts.host, self._draft.actions)
            await asyncio.wait([looking])
            if (ended := await self._not_possible(looking)) is not None:
                return ended
            warning = self._plan.text(message("plan-changed"))
            self._plan.change(warnings=[warning, *self._plan.card.warnings])
            if (reply := await self._ask(looking, again=True)) is not Reply.ALLOWED:
                return self._turned_down(reply)

    async def _looked_again(self) -> PlanOutcome | None:
        """Look whether the plan still does what was shown, while nobody else can change anything.

        None: it does, run it. _ASK_AGAIN: the person must see the new card. Else: how the plan ended.
        """
        before = self._seen
        if not self._draft.final and await self._same_place():
            return None
        looking = begin_look_up(self._parts.host, self._draft.actions)
        try:
            await asyncio.wait([looking])
        finally:
            looking.cancel()
        if (ended := await self._not_possible(looking)) is not None:
            return ended
        now = self._seen
        assert now is not None
        if before is None:
            surprising = any(preview.warnings or preview.removals for preview in now.previews)
            return _ASK_AGAIN if surprising else None
        return None if same_effect(before.previews, now.previews) else _ASK_AGAIN

    async def _same_place(self) -> bool:
        """Return whether no generation came, went or became current since it was looked up."""
        seen = self._seen
        return seen is not None and await known_generations(self._parts.host) == seen.generations

    async def _run(self, prompt_id: str) -> PlanOutcome:
        with self._channel.keeping():  # the journal knows the prompt too
            self._parts.sessions.prompt_changes(prompt_id, self._channel.session_id)
        self.changes = True
        return await PlanRun(self._draft, self._plan, self._channel, self._parts).carry_out(prompt_id)
