"""One plan from card to journal: look up effects, show, ask, run, record."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import Any

import msgspec

from nixforhumanity.assistant.actions import RemovePackage, hash_actions
from nixforhumanity.assistant.answers import Answer, suggested
from nixforhumanity.assistant.channel import Channel, Question
from nixforhumanity.assistant.host import ActionPreview, ActionResult, InstalledPackage
from nixforhumanity.assistant.journal import EntryState, NewEntry
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_cards import (
    StepIds,
    build_card,
    plan_update,
    step_content,
    step_kind,
)
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.assistant.rendering import plain, size
from nixforhumanity.assistant.run_observer import StepObserver
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import (
    PermissionOption,
    PermissionRequest,
    ToolCall,
    ToolCallUpdate,
    ToolStatus,
)

_CARD_WAITS_SECONDS = 0.25
"""How long the card waits for its costs before it is shown without them."""


class PlanOutcome(Enum):
    """How a plan ended."""

    DONE = "done"
    NOT_NEEDED = "not-needed"
    DECLINED = "declined"
    FAILED = "failed"


class PlanFlow:
    """Carries one plan through. Used once."""

    def __init__(self, draft: PlanDraft, channel: Channel, parts: Parts, ids: Ids, level: str) -> None:
        for action in draft.actions:
            action.validate()
        self._draft = draft
        self._channel = channel
        self._parts = parts
        self._level = level
        self._ids = StepIds(ids.new("plan"), tuple(ids.new("step") for _ in draft.actions))
        self._commands = [parts.host.commands(action) for action in draft.actions]
        self._previews: list[ActionPreview] | None = None
        self._generation: int | None = None
        self._card = self._built()
        self._shown = False
        self.changes = False
        """Set as soon as something may have been changed."""

    async def carry_out(self, prompt_id: str) -> PlanOutcome:
        """Show the plan, ask, run it when allowed."""
        looking = asyncio.ensure_future(self._look_up())
        try:
            await asyncio.wait([looking], timeout=_CARD_WAITS_SECONDS)
            if looking.done() and (ended := await self._not_possible(looking)) is not None:
                return ended
            self._show()
            allowed = await self._ask(looking)
            if allowed is None:
                return PlanOutcome.FAILED
            if not allowed:
                self._set_state("declined", message("plan-declined"))
                return PlanOutcome.DECLINED
            return await self._run_when_free(prompt_id)
        except asyncio.CancelledError:
            if self._shown and self._card.state in ("waiting", "queued"):
                self._set_state("declined", message("plan-stopped-before"))
            raise
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError, UserError):
                await looking

    # --- what it would do -------------------------------------------------------------------------

    async def _look_up(self) -> list[ActionPreview]:
        self._generation = await self._current_generation()
        return [await self._parts.host.preview(action) for action in self._draft.actions]

    async def _not_possible(self, looking: asyncio.Future[list[ActionPreview]]) -> PlanOutcome | None:
        """Take the finished look-up; say why where the plan is impossible or would change nothing."""
        try:
            self._previews = looking.result()
        except UserError as error:
            if self._shown:
                self._set_state("failed", error.message)
            else:
                await self._channel.say(
                    Answer((error.message,), (suggested("help"),), kind="error"), self._level
                )
            return PlanOutcome.FAILED
        needless = [preview.nothing_to_do for preview in self._previews]
        if all(needless) and (reason := needless[0]) is not None:
            if self._shown:
                self._set_state("expired", reason)
            else:
                await self._channel.say(Answer((reason,)), self._level)
            return PlanOutcome.NOT_NEEDED
        self._card = self._built()
        return None

    def _built(self) -> cards.PlanCard:
        return build_card(
            self._draft, self._ids, self._commands, self._previews, self._parts.wording, self._level
        )

    # --- showing and asking -----------------------------------------------------------------------

    def _show(self) -> None:
        self._shown = True
        self._send_card()
        for action, step in zip(self._draft.actions, self._card.steps, strict=True):
            call = ToolCall(
                tool_call_id=step.tool_call_id,
                title=step.title,
                kind=step_kind(action),
                status="pending",
                content=step_content(step),
                raw_input=msgspec.to_builtins(action),
            )
            self._channel.send(call, key=f"step:{step.tool_call_id}")

    async def _ask(self, looking: asyncio.Future[list[ActionPreview]]) -> bool | None:
        """Ask; the card is completed when its costs are known. None when it turned out impossible."""
        first = self._card.steps[0]
        request = PermissionRequest(
            session_id=self._channel.session_id,
            tool_call=ToolCallUpdate(
                tool_call_id=first.tool_call_id,
                title=self._card.title,
                kind=step_kind(self._draft.actions[0]),
                status="pending",
                content=step_content(first),
            ),
            options=[
                PermissionOption(option_id="allow", name=self._card.allow_label, kind="allow_once"),
                PermissionOption(option_id="reject", name=self._card.reject_label, kind="reject_once"),
            ],
            meta={cards.PLAN_ID: self._card.plan_id},
        )
        question = Question(request, self._card.plan_id, final=self._draft.final)
        asking = asyncio.ensure_future(self._channel.ask(question))
        try:
            if not looking.done():
                both: list[asyncio.Future[Any]] = [asking, looking]
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if looking.done() and not asking.done():
                    if await self._not_possible(looking) is not None:
                        return None
                    self._send_card()
            return await asking
        finally:
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking

    # --- running ----------------------------------------------------------------------------------

    async def _run_when_free(self, prompt_id: str) -> PlanOutcome:
        shown_hash = self._card.hash
        async with self._parts.lock.held(lambda: self._set_state("queued", message("plan-queued"))):
            while (ended := await self._changed_meanwhile()) is not None:
                if ended is not PlanOutcome.DONE:
                    return ended
            assert hash_actions(self._draft.actions) == shown_hash
            return await self._run(prompt_id)

    async def _changed_meanwhile(self) -> PlanOutcome | None:
        """Look again when the profile is another than when the card was shown.

        None: run it. DONE: the person saw the new card and allowed it, look once more. Else: how it ended.
        """
        if self._previews is not None and await self._current_generation() == self._generation:
            return None
        before = self._previews
        self._generation = await self._current_generation()
        looking: asyncio.Future[list[ActionPreview]] = asyncio.ensure_future(self._look_up())
        await asyncio.wait([looking])
        if (ended := await self._not_possible(looking)) is not None:
            return ended
        assert self._previews is not None
        if before is None or _same_effect(before, self._previews):
            return None
        warning = plain(message("plan-changed"), self._parts.wording, self._level)
        self._card = msgspec.structs.replace(self._card, warnings=[warning, *self._card.warnings])
        self._send_card()
        allowed = await self._ask(looking)
        if allowed:
            return PlanOutcome.DONE
        self._set_state("declined", message("plan-declined"))
        return PlanOutcome.DECLINED

    async def _run(self, prompt_id: str) -> PlanOutcome:
        self._parts.sessions.prompt_changes(prompt_id)
        self.changes = True
        before = await self._current_generation()
        description = await self._parts.host.describe()
        entry_id = self._parts.journal.begin(
            NewEntry(
                session_id=self._channel.session_id,
                plan_id=self._card.plan_id,
                request=self._draft.request,
                title=self._card.title,
                at=iso(self._parts.clock()),
                profile=description.profile,
                actions=self._draft.actions,
                commands=[arguments for step in self._commands for arguments in step],
                elements_before=await self._elements_to_go(),
                generation_before=before,
                undoes=self._draft.undoes,
            )
        )
        self._card = msgspec.structs.replace(self._card, entry_id=entry_id)
        self._set_state("running", message("plan-running"))
        try:
            results = await self._run_steps()
        except BaseException as error:
            # Also for an unexpected error: the journal must never say "running" of what has ended.
            await asyncio.shield(asyncio.ensure_future(self._settle_cut_off(entry_id, before, error)))
            raise
        return self._settle(entry_id, before, results)

    async def _run_steps(self) -> list[ActionResult]:
        results: list[ActionResult] = []
        for action, step in zip(self._draft.actions, self._card.steps, strict=True):
            self._step_status(step, "in_progress")
            observer = StepObserver(step.tool_call_id, self._channel, self._parts.wording)
            try:
                result = await self._parts.host.run(action, observer)
            except BaseException:
                self._step_status(step, "failed")
                raise
            results.append(result)
            self._step_status(step, "completed" if result.succeeded else "failed", result)
            if not result.succeeded:
                break
        return results

    def _settle(self, entry_id: int, before: int | None, results: Sequence[ActionResult]) -> PlanOutcome:
        last = results[-1]
        freed = sum(result.freed_bytes or 0 for result in results)
        changes = [change for result in results for change in result.packages]
        output = "\n".join(result.output for result in results if result.output)
        if last.succeeded:
            said = self._text(self._draft.done)
            if freed:
                said += " " + self._text(message("freed", size=size(freed)))
        else:
            assert last.diagnosis is not None
            unchanged = last.generation_after == before and not changes
            told = [last.diagnosis.message, last.diagnosis.advice]
            told.append(message("nothing-was-changed" if unchanged else "something-was-changed"))
            said = " ".join(self._text(item) for item in told if item is not None)
        self._finish(
            entry_id, "done" if last.succeeded else "failed", said, last.generation_after, changes, output
        )
        if last.succeeded:
            self._channel.say_result(said, Answer((), self._draft.afterwards), self._card.plan_id)
        return PlanOutcome.DONE if last.succeeded else PlanOutcome.FAILED

    async def _settle_cut_off(self, entry_id: int, before: int | None, error: BaseException) -> None:
        """Write down the truth about a step that was stopped or broke."""
        stopped = isinstance(error, asyncio.CancelledError)
        try:
            after = await self._current_generation()
            changes = (
                list(await self._parts.host.difference(before or 0, after or 0)) if after != before else []
            )
        except UserError:
            after, changes = None, []
        if after != before and after is not None:
            said = message("stopped-after-change")
        elif self._draft.final:
            said = message("stopped-final")
        else:
            said = message("stopped-unchanged" if stopped else "broke-unchanged")
        self._finish(entry_id, "stopped" if stopped else "failed", self._text(said), after, changes, "")

    def _finish(
        self,
        entry_id: int,
        state: EntryState,
        said: str,
        after: int | None,
        changes: Sequence[cards.PackageChange],
        output: str,
    ) -> None:
        self._parts.journal.finish(
            entry_id, state, state_text=said, generation_after=after, packages=changes, output=output
        )
        done = state == "done"
        plan_state: cards.PlanState = "done" if done else "stopped" if state == "stopped" else "failed"
        self._card = msgspec.structs.replace(
            self._card, state=plan_state, state_text=said, can_undo_now=done and not self._draft.final
        )
        self._send_card()

    # --- small things -----------------------------------------------------------------------------

    def _text(self, item: Message) -> str:
        return plain(item, self._parts.wording, self._level)

    def _set_state(self, state: cards.PlanState, said: Message) -> None:
        self._card = msgspec.structs.replace(self._card, state=state, state_text=self._text(said))
        self._send_card()

    def _send_card(self) -> None:
        self._channel.send(plan_update(self._card), key=f"plan:{self._card.plan_id}")

    def _step_status(
        self, step: cards.StepCard, status: ToolStatus, result: ActionResult | None = None
    ) -> None:
        key = f"status:{step.tool_call_id}"
        update = ToolCallUpdate(tool_call_id=step.tool_call_id, status=status)
        if result is None or not result.output:
            self._channel.send(update, key=key)
            return
        # Whoever watched has had the lines as they came; whoever loads the session later gets them at once.
        told = msgspec.structs.replace(update, raw_output={"output": result.output})
        self._channel.send(told, kept=False)
        lines = {cards.OUTPUT: result.output.splitlines()}
        self._channel.keep(msgspec.structs.replace(update, meta=lines), key)

    async def _current_generation(self) -> int | None:
        generations = await self._parts.host.generations()
        return next((item.number for item in generations if item.current), None)

    async def _elements_to_go(self) -> list[InstalledPackage]:
        going = {a.element for a in self._draft.actions if isinstance(a, RemovePackage)}
        if not going:
            return []
        return [item for item in await self._parts.host.installed() if item.element in going]


def _same_effect(before: Sequence[ActionPreview], now: Sequence[ActionPreview]) -> bool:
    return [(p.packages, p.removals, p.nothing_to_do) for p in before] == [
        (p.packages, p.removals, p.nothing_to_do) for p in now
    ]
