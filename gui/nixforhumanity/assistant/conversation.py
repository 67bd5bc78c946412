"""One conversation: each prompt is understood, answered or planned, and ends with a reason."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from uuid import uuid4

from nixforhumanity.assistant.answers import Answer, Part, Suggested, suggested
from nixforhumanity.assistant.channel import Channel, Question
from nixforhumanity.assistant.host import HostKind
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_flow import PlanFlow, PlanOutcome
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.assistant.run_observer import StepObserver
from nixforhumanity.assistant.session_store import SessionRecord, iso
from nixforhumanity.assistant.situation import Outcome, Situation
from nixforhumanity.assistant.skills.talk import decline
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.messages import (
    CurrentModeUpdate,
    SessionInfoUpdate,
    StopReason,
    ToolCall,
    ToolCallUpdate,
)
from nixforhumanity.understanding.requests import Choice, Context, Decision, Request, Understanding
from nixforhumanity.understanding.understander import Understander

log = logging.getLogger(__name__)

_TITLE_LENGTH = 60
_LOOKING_SHOWN_AFTER_SECONDS = 0.4


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
        self._understander = Understander(parts.finder, record.language)
        self._turns: dict[str, asyncio.Task[StopReason]] = {}
        self._stopped_turns: set[str] = set()
        self._flows: dict[str, PlanFlow] = {}
        self._stopping = False
        self._choices: tuple[Choice, ...] = ()
        self._previous: Answer | None = None
        self._last_package: str | None = None
        self._last_request: Request | None = None

    # --- turns ------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a turn is going on."""
        return bool(self._turns)

    async def prompt(self, text: str, prompt_id: str, shown: frozenset[str]) -> StopReason:
        """Carry out a turn; one that is going on already under that id is joined, not doubled.

        `shown` are the open plans that whoever says this was asked about: a yes counts for these alone.
        """
        turn = self._turns.get(prompt_id)
        if turn is None:
            if not self._parts.sessions.claim_prompt(prompt_id, self.session_id):
                return self._parts.sessions.prompt_reason(prompt_id)
            if self._parts.journal.has_prompt(prompt_id):
                self._parts.sessions.end_prompt(prompt_id, "cancelled")
                return "cancelled"
            turn = self._begin(prompt_id, lambda: self._answer(text, prompt_id, shown))
        try:
            # The client may go away: the turn goes on without it.
            return await asyncio.shield(turn)
        except asyncio.CancelledError:
            if turn.cancelled():  # stopped before its first step
                return "cancelled"
            raise

    def _begin(
        self, prompt_id: str, work: Callable[[], Coroutine[Any, Any, None]]
    ) -> asyncio.Task[StopReason]:
        turn = self._parts.tasks.start(self._guarded(work, prompt_id), name=f"turn {prompt_id}")
        self._turns[prompt_id] = turn

        def ended(task: asyncio.Task[StopReason]) -> None:
            self._turns.pop(prompt_id, None)
            self._stopped_turns.discard(prompt_id)
            if task.cancelled():  # before its first step: nobody else writes down how it ended
                self._parts.sessions.end_prompt(prompt_id, "cancelled")

        turn.add_done_callback(ended)
        return turn

    async def undo(self, entry_id: int | None) -> None:
        """Begin a turn that shows the undo card of a journal entry."""
        slots = {} if entry_id is None else {"entry": entry_id}
        prompt_id = uuid4().hex
        self._parts.sessions.claim_prompt(prompt_id, self.session_id)
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
                turn.cancel()
        running = [turn for prompt_id, turn in self._turns.items() if prompt_id in changing]
        if running:
            await asyncio.wait(running, timeout=grace_seconds)
        self.cancel()
        await self.wait_idle()

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]], prompt_id: str) -> StopReason:
        reason: StopReason = "end_turn"
        try:
            await work()
        except asyncio.CancelledError:
            reason = "cancelled"
        except UserError as error:
            await self.channel.say_error(error, self.level)
        except Exception:
            error_id = uuid4().hex[:8]
            log.exception("turn failed, error %s", error_id)
            await self.channel.say(
                Answer((message("internal-error", id=error_id),), kind="error"), self.level
            )
        finally:
            self._parts.sessions.end_prompt(prompt_id, reason)
        return reason

    async def _answer(self, text: str, prompt_id: str, shown: frozenset[str]) -> None:
        self.channel.heard(text, prompt_id)
        self._give_title(text)
        understood = self._understander.understand(text, self._context(prompt_id))
        self._choices = ()
        match understood.decision:
            case Decision.ACT:
                await self._follow(understood.requests, prompt_id, shown)
            case Decision.ASK:
                await self._say(self._asked_back(understood))
            case Decision.DECLINE:
                await self._say(decline(await self._situation(prompt_id)))

    def _context(self, prompt_id: str) -> Context:
        question = self.channel.newest_question
        return Context(
            choices=self._choices,
            plan_waiting=question is not None,
            final_waiting=question is not None and question.final,
            running=any(other != prompt_id for other in self._turns),
            last_package=self._last_package,
            last_request=self._last_request,
        )

    def _give_title(self, text: str) -> None:
        now = iso(self._parts.clock())
        self._parts.sessions.change(self.session_id, updated_at=now)
        if not self._titled:
            self._titled = True
            title = " ".join(text.split())
            if len(title) > _TITLE_LENGTH:
                title = title[: _TITLE_LENGTH - 1].rstrip() + "…"
            self._parts.sessions.change(self.session_id, title=title)
            self.channel.send(SessionInfoUpdate(title=title, updated_at=now), kept=False)

    # --- requests ---------------------------------------------------------------------------------

    async def _follow(self, requests: Sequence[Request], prompt_id: str, shown: frozenset[str]) -> None:
        for request in requests:
            if await self._settled_question(request, shown) or await self._stopped(request, prompt_id):
                continue
            self._last_request = request
            outcome = await self._outcome(request, prompt_id)
            items = [outcome] if isinstance(outcome, Answer | PlanDraft) else list(outcome)
            for item in items:
                if isinstance(item, Answer):
                    await self._say(item)
                elif await self._carry_out(item, prompt_id) is PlanOutcome.FAILED:
                    return

    async def _settled_question(self, request: Request, shown: frozenset[str]) -> bool:
        """Let a typed yes or no answer the plan that waits. A final plan needs its own words.

        Only a plan that was shown where the words come from, and only a yes that names nothing else.
        """
        question = self.channel.newest_question
        if question is None or request.name not in ("confirm", "deny") or question.plan_id not in shown:
            return False
        verb = str(request.slots.get("explicit", "")).partition(" ")[0]
        if request.name == "deny":
            question.settle(allowed=False)
        elif (question.final and not verb) or (verb and verb not in question.verbs):
            await self._say(_say_it_explicitly(question))
        else:
            question.settle(allowed=True)
        return True

    async def _stopped(self, request: Request, prompt_id: str) -> bool:
        if request.name != "cancel" or not self.cancel(but=prompt_id):
            return False
        others = [turn for other, turn in self._turns.items() if other != prompt_id]
        if others:
            await asyncio.wait(others)
        await self._say(Answer((message("stopped"),)))
        return True

    async def _outcome(self, request: Request, prompt_id: str) -> Outcome:
        situation = await self._situation(prompt_id)
        if request.name == "change_mode":
            return self._change_level(str(request.slots["level"]))
        skill = self._parts.skills.get(request.name)
        if skill is None:
            return decline(situation)
        description = situation.description
        if catalogue()[request.name].needs_nix and description.problem is not None:
            return Answer((description.problem,), (suggested("help"),), kind="error")
        if catalogue()[request.name].needs_nix and description.kind is HostKind.NO_NIX:
            return _without_nix(request.name)
        looking = self._parts.tasks.start(self._show_looking(situation), name="looking")
        try:
            return await skill(request, situation)
        finally:
            looking.cancel()
            await asyncio.wait([looking])

    async def _situation(self, prompt_id: str) -> Situation:
        return Situation(
            host=self._parts.host,
            description=await self._parts.host.describe(),
            finder=self._parts.finder,
            journal=self._parts.journal,
            watcher=StepObserver(self._ids.new("look"), self.channel, self._parts.wording),
            level=self.level,
            language=self.language,
            now=self._parts.clock(),
            running=any(other != prompt_id for other in self._turns),
            previous=self._previous,
        )

    async def _show_looking(self, situation: Situation) -> None:
        """Show that something is being looked up, once it takes longer than a moment."""
        await asyncio.sleep(_LOOKING_SHOWN_AFTER_SECONDS)
        watcher = situation.watcher
        assert isinstance(watcher, StepObserver)
        title = self._parts.wording.text(message("looking"))
        self.channel.send(
            ToolCall(tool_call_id=watcher.tool_call_id, title=title, kind="search", status="in_progress"),
            kept=False,
        )
        try:
            await asyncio.Event().wait()
        finally:
            self.channel.send(
                ToolCallUpdate(tool_call_id=watcher.tool_call_id, status="completed"), kept=False
            )

    async def _carry_out(self, draft: PlanDraft, prompt_id: str) -> PlanOutcome:
        if self._stopping:  # the one before was let end; nothing new is begun
            raise asyncio.CancelledError
        if draft.last_package:
            self._last_package = draft.last_package
        flow = PlanFlow(draft, self.channel, self._parts, self._ids, self.level)
        self._flows[prompt_id] = flow
        try:
            return await flow.carry_out(prompt_id)
        finally:
            self._flows.pop(prompt_id, None)

    async def _say(self, answer: Answer) -> None:
        self._choices = answer.choices
        self._last_package = answer.last_package or self._last_package
        await self.channel.say(answer, self.level)
        self._previous = answer

    # --- level ------------------------------------------------------------------------------------

    def set_level(self, level: str) -> None:
        """Change how much is shown and in which words."""
        self.level = level
        self._parts.sessions.change(self.session_id, level=level)
        self.channel.send(CurrentModeUpdate(current_mode_id=level), kept=False)

    def _change_level(self, level: str) -> Answer:
        self.set_level(level)
        return Answer((message(f"level-{level}"),))

    def _asked_back(self, understood: Understanding) -> Answer:
        """Ask which program was meant."""
        name = understood.unknown_name[:_TITLE_LENGTH]
        if not understood.choices:
            buttons: tuple[Suggested, ...] = (suggested("search", query=name), suggested("help"))
            return Answer((message("name-unknown", name=name),), buttons)
        parts: tuple[Part, ...] = (message("name-unclear", name=name, count=len(understood.choices)),)
        return Answer(parts, (suggested("search", query=name),), understood.choices)


def _say_it_explicitly(question: Question) -> Answer:
    label = question.request.options[0].name
    return Answer((message("final-needs-words", label=label),))


def _without_nix(request: str) -> Answer:
    kind = message("needs-nix-request", request=request)
    return Answer(
        (kind, Message("needs-nix-instead")), (suggested("concept", concept="Nix"), suggested("help"))
    )
