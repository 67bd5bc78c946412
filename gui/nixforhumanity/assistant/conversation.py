"""One conversation: each prompt is understood, answered or planned, and ends with a reason."""

import logging
from collections.abc import Coroutine, Sequence
from contextlib import nullcontext
from typing import Any
from uuid import uuid4

from nixforhumanity.assistant.answers import Answer, suggested
from nixforhumanity.assistant.asking_back import asked_back, within, without_nix
from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.host import HostKind
from nixforhumanity.assistant.language_model.advisor import Advisor
from nixforhumanity.assistant.looking import shown_as_looking
from nixforhumanity.assistant.memory import Memory
from nixforhumanity.assistant.own_words_talk import OwnWordsTalk
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_outcome import PlanOutcome
from nixforhumanity.assistant.plan_queue import PlanQueue
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.assistant.rendering import shortened
from nixforhumanity.assistant.run_observer import StepObserver
from nixforhumanity.assistant.session_store import SessionRecord, iso
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.declining import decline, not_yet
from nixforhumanity.assistant.skills.waiting_plan import ABOUT_WAITING
from nixforhumanity.assistant.trouble import broken_off
from nixforhumanity.assistant.turns import Turns, Work
from nixforhumanity.assistant.typed_reply import typed_reply
from nixforhumanity.assistant.yes_to_a_proposal import answered_proposal
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.protocol.messages import CurrentModeUpdate, SessionInfoUpdate, StopReason
from nixforhumanity.understanding.requests import Decision, Request, Understanding
from nixforhumanity.understanding.understander import Understander

log = logging.getLogger(__name__)


class Conversation:
    """A session that is open in some window."""

    def __init__(self, record: SessionRecord, parts: Parts) -> None:
        self._parts = parts
        self._ids = Ids(uuid4().hex[:8])
        self.session_id = record.id
        self.level = record.level
        self.language = record.language
        self._titled = bool(record.title)
        self.channel = Channel(record.id, parts, self._ids)
        self._advisor = Advisor(parts, self.channel)
        self._understander = Understander(
            parts.finder, parts.spoken, purposes=parts.finder, model=parts.model
        )
        self._own_words = OwnWordsTalk(parts.own_words, self.channel, self._understander)
        self._plans = PlanQueue(record.id, self.channel, parts)
        self._turns = Turns(record.id, parts, self.channel, self._plans)
        self._previous: Answer | None = None
        self._memory = Memory()

    # --- turns ------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a turn is going on."""
        return bool(self._turns)

    @property
    def at_work(self) -> bool:
        """Whether a turn is going on that does not only wait for the person's answer."""
        return self._turns.at_work

    async def prompt(
        self, text: str, prompt_id: str, shown: frozenset[str], *, said_again: bool = False
    ) -> StopReason:
        """Carry out a turn; one that is going on already under that id is joined, not doubled.

        `shown` are the open plans that whoever says this was asked about: a yes counts for these alone.
        `said_again`: whoever says it does so again, under the same id, until it was answered.
        """

        def work(cut_off: bool) -> Work:
            return lambda: self._guarded(self._answer(text, prompt_id, shown, cut_off=cut_off), prompt_id)

        return await self._turns.take(prompt_id, work, said_again=said_again)

    async def undo(self, entry_id: int | None) -> None:
        """Begin a turn that shows the undo card of a journal entry."""
        slots = {} if entry_id is None else {"entry": entry_id}
        entry = None if entry_id is None else self._parts.journal.entry(entry_id)
        words = message("undo-title", title=entry.title) if entry is not None else message("undo-allow")
        self._give_title(self._parts.wording.text(words))
        prompt_id = uuid4().hex
        self._turns.claim(prompt_id)
        request = Request("undo_last_change", slots)
        self._turns.begin(
            prompt_id, lambda: self._guarded(self._follow((request,), prompt_id, frozenset()), prompt_id)
        )

    def cancel(self) -> bool:
        """Stop every turn; return whether there was any."""
        return self._turns.cancel()

    async def wait_idle(self) -> None:
        """Wait until no turn is going on."""
        await self._turns.wait_idle()

    async def finish_changes(self, grace_seconds: float) -> None:
        """Begin nothing new; let a running change end, up to the grace; stop everything else at once."""
        await self._turns.finish_changes(grace_seconds)

    async def _guarded(self, work: Coroutine[Any, Any, None], prompt_id: str) -> None:
        """Do something; what goes wrong on the way is told, and ends the turn in an orderly way."""
        try:
            await work
        except UserError as error:
            await self.channel.say_error(error, self.level)
        except Exception as error:
            error_id = uuid4().hex[:8]
            log.exception("turn failed, error %s", error_id)
            changed = self._plans.has_changed(prompt_id)
            await self.channel.say(broken_off(error, error_id, changed=changed), self.level)

    async def _answer(self, text: str, prompt_id: str, shown: frozenset[str], *, cut_off: bool) -> None:
        """Answer what was said; `cut_off`: a restart of the server cut off an earlier try."""
        self.channel.heard(text, prompt_id)
        self._give_title(text, again=cut_off)
        if cut_off:
            again = message("asked-before-restart", text=shortened(text))
            await self.channel.say(Answer((again,), kind="notice"), self.level)
        if await self._own_words.forgets(text, self.level):
            return
        context = self._memory.context()
        language = self._understander.language_of(text, context.language)
        self._memory.language = language
        if self._parts.model is not None:
            await self._parts.model.ready(language)  # the same words get the same answer, also at the start
        usual = self._understander.understand(text, context)
        asked = None if self.channel.last_asked else self.channel.said_last  # a plan may wait after it
        usual = answered_proposal(text, usual, asked, context)
        understood = await self._own_words.heard(text, usual, context, language, self.level)
        self._memory.picks(understood)
        if understood.corrects or understood.adds:
            self.channel.withdraw(shown, asked_anew=understood.adds)
        if language != self._parts.wording.language and self._memory.is_new(language):
            told = message(f"understands-{language}")
            await self.channel.say(Answer((told,), kind="notice"), self.level)
        await self._do(text, understood, prompt_id, shown)
        self._memory.opens_again(understood, context)

    async def _do(self, text: str, understood: Understanding, prompt_id: str, shown: frozenset[str]) -> None:
        """Do what the words were understood as, or say what is not clear."""
        if (usual := self._advisor.usual_after(understood)) is not None:
            await self._say(usual)
            return
        match understood.decision:
            case Decision.ACT:
                if understood.foreign_tool:
                    await self._say(Answer((message("typed-elsewhere", tool=understood.foreign_tool),)))
                await self._follow(understood.requests, prompt_id, shown)
            case Decision.ASK:
                askable = within(understood, {*self._parts.skills, "change_mode"})
                if askable is None:
                    await self._say(not_yet(await self._situation()))
                else:
                    self._memory.asks_back(askable)
                    await self._say_unclear(text, asked_back(askable, self._parts.finder))
            case Decision.DECLINE:
                await self._say_unclear(text, decline(await self._situation(), text, understood.alternatives))

    async def _say_unclear(self, text: str, usual: Answer) -> None:
        """Say what is not clear; a language model that is switched on may propose a reading first."""
        await self._say(await self._advisor.answer_to(text, usual, self.level))

    def _give_title(self, text: str, *, again: bool = False) -> None:
        now = iso(self._parts.clock())
        if not again:  # nobody has said anything now: the conversation keeps its place among the others
            with self.channel.keeping():
                self._parts.sessions.change(self.session_id, updated_at=now)
        if not self._titled:
            self._titled = True
            title = shortened(text)
            with self.channel.keeping():
                self._parts.sessions.change(self.session_id, title=title)
            self.channel.send(SessionInfoUpdate(title=title, updated_at=now), kept=False)

    # --- requests ---------------------------------------------------------------------------------

    async def _follow(self, requests: Sequence[Request], prompt_id: str, shown: frozenset[str]) -> None:
        begun = 0
        for position, request in enumerate(requests):
            if await self._settled_question(request, shown) or await self._stopped(request, prompt_id):
                continue
            self._memory.asked_for(request)
            outcome = await self._outcome(request)
            items = [outcome] if isinstance(outcome, Answer | PlanDraft) else list(outcome)
            for number, item in enumerate(items):
                if isinstance(item, Answer):
                    await self._say(item, about_plan=request.name in ABOUT_WAITING)
                    continue
                rest = len(items) - number + len(requests) - position - 2
                turn_comes = self._plans.in_turn(prompt_id) if begun else nullcontext()
                begun += 1
                with self._memory.planning(request, requests[position + 1 :]):
                    async with turn_comes:
                        self._memory.speaks_of(item.last_package)
                        ended = await self._plans.carry_out(item, prompt_id, rest, self.level)
                if ended is PlanOutcome.DONE:
                    self._memory.did(request)
                if ended in (PlanOutcome.FAILED, PlanOutcome.SET_ASIDE):
                    return

    async def _settled_question(self, request: Request, shown: frozenset[str]) -> bool:
        """Let a typed yes or no answer the plan that waits, if it was shown where the words come from."""
        question = self.channel.newest_question
        if question is None or request.name not in ("confirm", "deny") or question.plan_id not in shown:
            return False
        just_asked = self.channel.last_asked == question.plan_id
        meant = typed_reply(request, question, just_asked=just_asked, previous=self._previous)
        if meant.reply is not None:
            question.settle(meant.reply)
        if meant.said is not None:
            await self._say(meant.said)
        if meant.asks_again:
            self.channel.last_asked = question.plan_id
        return True

    async def _stopped(self, request: Request, prompt_id: str) -> bool:
        if request.name != "cancel" or not self._turns.cancel(but=prompt_id):
            return False
        await self._turns.wait_idle(but=prompt_id)
        await self._say(Answer((message("stopped"),)))
        return True

    async def _outcome(self, request: Request) -> Outcome:
        look_id = self._ids.new("look")
        async with shown_as_looking(look_id, self.channel, self._parts):
            return await self._looked_up(request, await self._situation(look_id))

    async def _looked_up(self, request: Request, situation: Situation) -> Outcome:
        if request.name == Advisor.EXPLAIN:
            return await self._advisor.explanation(request, self.level)
        if request.name == "change_mode":
            return self._change_level(str(request.slots["level"]))
        skill = self._parts.skills.get(request.name)
        if skill is None:
            return not_yet(situation)
        description = situation.description
        if catalogue()[request.name].needs_nix and description.problem is not None:
            return Answer((description.problem,), (suggested("help"),), kind="error")
        if catalogue()[request.name].needs_nix and description.kind is HostKind.NO_NIX:
            return without_nix(request.name, description.operating_system)
        return self._advisor.with_explaining(request, await skill(request, situation))

    async def _situation(self, look_id: str = "") -> Situation:
        return Situation(
            host=self._parts.host,
            description=await self._parts.host.describe(),
            finder=self._parts.finder,
            journal=self._parts.journal,
            watcher=StepObserver(look_id or self._ids.new("look"), self.channel, self._parts.wording),
            level=self.level,
            language=self.language,
            now=self._parts.clock(),
            previous=self._previous,
            waiting=self._plans.waiting_card,
            said_last=self.channel.said_last,
            asked_last=self.channel.last_asked,
            session_id=self.session_id,
            can=frozenset(self._parts.skills) | {"change_mode"},
        )

    async def _say(self, answer: Answer, *, about_plan: bool = False) -> None:
        """Say it; what is `about_plan` leaves that plan's question the last thing that was asked."""
        self._memory.offers(answer.choices)
        self._memory.speaks_of(answer.last_package)
        asked = self.channel.last_asked
        await self.channel.say(answer, self.level)
        if about_plan and self.channel.newest_question is not None:
            self.channel.last_asked = asked
        self._previous = answer

    # --- level ------------------------------------------------------------------------------------

    def set_level(self, level: str) -> None:
        """Change how much is shown and in which words."""
        self.level = level
        with self.channel.keeping():
            self._parts.sessions.change(self.session_id, level=level)
        self.channel.send(CurrentModeUpdate(current_mode_id=level), kept=False)

    def _change_level(self, level: str) -> Answer:
        self.set_level(level)
        return Answer((message(f"level-{level}"),))
