"""One conversation: each prompt is understood, answered or planned, and ends with a reason."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from hashlib import blake2s
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
from nixforhumanity.assistant.plan_flow import PlanFlow
from nixforhumanity.assistant.plan_outcome import PlanOutcome
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.assistant.rendering import shortened
from nixforhumanity.assistant.run_observer import StepObserver
from nixforhumanity.assistant.session_store import Claim, SessionRecord, iso
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.declining import decline, not_yet
from nixforhumanity.assistant.skills.waiting_plan import ABOUT_WAITING
from nixforhumanity.assistant.trouble import broken_off
from nixforhumanity.assistant.typed_reply import typed_reply
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.protocol.cards import PlanCard
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
        self._turns: dict[str, asyncio.Task[StopReason]] = {}
        self._stopped_turns: set[str] = set()
        self._said_again: set[str] = set()
        """Turns whose client says them again when they were not answered, with the same id."""
        self._left_open: set[str] = set()
        """Turns that the end of the server cut off before they changed anything: they can begin anew."""
        self._flows: dict[str, PlanFlow] = {}
        self._lists = asyncio.Lock()
        self._behind: set[str] = set()
        """Turns whose next plan waits until the person has answered that of another turn."""
        self._changing: set[str] = set()
        """Turns that began to change something."""
        self._plan_counts: dict[str, int] = {}
        self._stopping = False
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
        return any(
            (flow := self._flows.get(prompt_id)) is None or not flow.asking
            for prompt_id in self._turns.keys() - self._behind
        )

    async def prompt(
        self, text: str, prompt_id: str, shown: frozenset[str], *, said_again: bool = False
    ) -> StopReason:
        """Carry out a turn; one that is going on already under that id is joined, not doubled.

        `shown` are the open plans that whoever says this was asked about: a yes counts for these alone.
        `said_again`: whoever says it does so again, under the same id, until it was answered.
        """
        turn = self._turns.get(prompt_id)
        if turn is None:
            claim = self._claimed(prompt_id)
            if claim is Claim.TAKEN:
                return self._parts.sessions.prompt_reason(prompt_id, self.session_id)
            if self._parts.journal.has_prompt(prompt_id, self.session_id):
                self._ended(prompt_id, "cancelled")
                return "cancelled"
            if said_again:
                self._said_again.add(prompt_id)
            cut_off = claim is Claim.AGAIN
            turn = self._begin(prompt_id, lambda: self._answer(text, prompt_id, shown, cut_off=cut_off))
        try:
            # The client may go away: the turn goes on without it.
            reason = await asyncio.shield(turn)
        except asyncio.CancelledError:
            if not turn.cancelled():
                raise
            reason = "cancelled"  # stopped before its first step
        if prompt_id in self._left_open:
            # Never answered: the client keeps it, and says it again to the server that comes after this one.
            await asyncio.get_running_loop().create_future()
        return reason

    def _claimed(self, prompt_id: str) -> Claim:
        """Take a prompt. Where that cannot be kept, the journal still knows which one changed something."""
        with self.channel.keeping():
            return self._parts.sessions.claim_prompt(prompt_id, self.session_id)
        return Claim.NEW

    def _ended(self, prompt_id: str, reason: StopReason) -> None:
        with self.channel.keeping():
            self._parts.sessions.end_prompt(prompt_id, self.session_id, reason)

    def _begin(
        self, prompt_id: str, work: Callable[[], Coroutine[Any, Any, None]]
    ) -> asyncio.Task[StopReason]:
        turn = self._parts.tasks.start(self._guarded(work, prompt_id), name=f"turn {prompt_id}")
        self._turns[prompt_id] = turn

        def ended(task: asyncio.Task[StopReason]) -> None:
            self._turns.pop(prompt_id, None)
            self._plan_counts.pop(prompt_id, None)
            self._said_again.discard(prompt_id)
            self._behind.discard(prompt_id)
            self._changing.discard(prompt_id)
            self._stopped_turns.discard(prompt_id)
            # Before its first step: nobody else writes down how it ended.
            if task.cancelled() and prompt_id not in self._left_open:
                self._ended(prompt_id, "cancelled")

        turn.add_done_callback(ended)
        return turn

    async def undo(self, entry_id: int | None) -> None:
        """Begin a turn that shows the undo card of a journal entry."""
        slots = {} if entry_id is None else {"entry": entry_id}
        entry = None if entry_id is None else self._parts.journal.entry(entry_id)
        words = message("undo-title", title=entry.title) if entry is not None else message("undo-allow")
        self._give_title(self._parts.wording.text(words))
        prompt_id = uuid4().hex
        self._claimed(prompt_id)
        request = Request("undo_last_change", slots)
        self._begin(prompt_id, lambda: self._follow((request,), prompt_id, frozenset()))

    def cancel(self, *, but: str | None = None) -> bool:
        """Stop every turn (but one); return whether there was any."""
        turns = {prompt_id: turn for prompt_id, turn in self._turns.items() if prompt_id != but}
        for prompt_id, turn in turns.items():
            if (
                prompt_id not in self._stopped_turns
            ):  # a second stop must not cut off the settling of the first
                self._stopped_turns.add(prompt_id)
                turn.cancel()
        return bool(turns)

    async def wait_idle(self) -> None:
        """Wait until no turn is going on."""
        if self._turns:
            await asyncio.wait(list(self._turns.values()))

    async def finish_changes(self, grace_seconds: float) -> None:
        """Begin nothing new; let a running change end, up to the grace; stop everything else at once."""
        self._stopping = True
        changing = {prompt_id for prompt_id, flow in self._flows.items() if flow.changes}
        for prompt_id, turn in list(self._turns.items()):
            if prompt_id not in changing and prompt_id not in self._stopped_turns:
                self._stopped_turns.add(prompt_id)
                self._leave_open(prompt_id)
                turn.cancel()
        running = [turn for prompt_id, turn in self._turns.items() if prompt_id in changing]
        if running:
            await asyncio.wait(running, timeout=grace_seconds)
        self.cancel()
        await self.wait_idle()

    def _leave_open(self, prompt_id: str) -> None:
        if prompt_id in self._said_again and prompt_id not in self._changing:
            self._left_open.add(prompt_id)
            if (flow := self._flows.get(prompt_id)) is not None:
                flow.left_open = True

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]], prompt_id: str) -> StopReason:
        reason: StopReason = "end_turn"
        try:
            await work()
        except asyncio.CancelledError:
            reason = "cancelled"
        except UserError as error:
            await self.channel.say_error(error, self.level)
        except Exception as error:
            error_id = uuid4().hex[:8]
            log.exception("turn failed, error %s", error_id)
            changed = prompt_id in self._changing
            await self.channel.say(broken_off(error, error_id, changed=changed), self.level)
        finally:
            if prompt_id not in self._left_open:
                self._ended(prompt_id, reason)
        return reason

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
        understood = await self._own_words.heard(text, usual, context, language, self.level)
        self._memory.picks(understood)
        if understood.corrects:
            self.channel.withdraw(shown)
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
                carry_out = self._carry_out_in_turn if begun else self._carry_out
                begun += 1
                with self._memory.planning(request):
                    ended = await carry_out(item, prompt_id, rest)
                if ended is PlanOutcome.DONE:
                    self._memory.did(request)
                if ended in (PlanOutcome.FAILED, PlanOutcome.SET_ASIDE):
                    return

    async def _carry_out_in_turn(self, draft: PlanDraft, prompt_id: str, rest: int) -> PlanOutcome:
        """Carry out the next plan of a list, once what was asked later is answered; it sets nothing aside."""
        self._behind.add(prompt_id)
        try:
            async with self._lists:
                while (question := self.channel.newest_question) is not None:
                    await asyncio.wait([question.answer])
                    await asyncio.sleep(0)
                self._behind.discard(prompt_id)
                return await self._carry_out(draft, prompt_id, rest)
        finally:
            self._behind.discard(prompt_id)

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
        if request.name != "cancel" or not self.cancel(but=prompt_id):
            return False
        others = [turn for other, turn in self._turns.items() if other != prompt_id]
        if others:
            await asyncio.wait(others)
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
            waiting=self._waiting_card(),
            said_last=self.channel.said_last,
            asked_last=self.channel.last_asked,
            session_id=self.session_id,
            can=frozenset(self._parts.skills) | {"change_mode"},
        )

    def _waiting_card(self) -> PlanCard | None:
        question = self.channel.newest_question
        cards = (flow.card for flow in self._flows.values())
        return next((card for card in cards if question and card.plan_id == question.plan_id), None)

    async def _carry_out(self, draft: PlanDraft, prompt_id: str, rest: int) -> PlanOutcome:
        """Carry out a plan; `rest`: so much was asked for with it and comes after it."""
        if self._stopping:  # the one before was let end; nothing new is begun
            raise asyncio.CancelledError
        self._memory.speaks_of(draft.last_package)
        flow = PlanFlow(draft, self.channel, self._parts, self._plan_ids(prompt_id), self.level)
        self._flows[prompt_id] = flow
        try:
            return await flow.carry_out(prompt_id, rest)
        finally:
            self._flows.pop(prompt_id, None)
            if flow.changes:
                self._changing.add(prompt_id)

    def _plan_ids(self, prompt_id: str) -> Ids:
        """Return ids that are the same when this prompt begins anew: its card then takes its old place."""
        number = self._plan_counts[prompt_id] = self._plan_counts.get(prompt_id, 0) + 1
        name = blake2s(f"{self.session_id} {prompt_id}".encode(), digest_size=8).hexdigest()
        return Ids(f"{name}-{number}")

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
