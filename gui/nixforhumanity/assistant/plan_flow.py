"""One plan from card to journal: look up effects, show, ask, run, record."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import Any

import msgspec

from nixforhumanity.assistant.actions import (
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
    hash_actions,
)
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

log = logging.getLogger(__name__)

_CARD_WAITS_SECONDS = 0.25
"""How long the card waits for its costs before it is shown without them."""


class PlanOutcome(Enum):
    """How a plan ended."""

    DONE = "done"
    NOT_NEEDED = "not-needed"
    DECLINED = "declined"
    FAILED = "failed"
    CHANGED = "changed"
    """Only inside: the effect is another than the one that was shown."""


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
        self._ids = StepIds(ids.new("plan"), tuple(ids.new("step") for _ in draft.actions))
        self._commands = [parts.host.commands(action) for action in draft.actions]
        self._previews: list[ActionPreview] | None = None
        self._generations: frozenset[tuple[int, str, bool]] = frozenset()
        self._card = self._built()
        self._shown = False
        self.changes = False
        """Set as soon as something may have been changed."""

    async def carry_out(self, prompt_id: str) -> PlanOutcome:
        """Show the plan, ask, run it when allowed."""
        looking = self._begin_looking()
        try:
            # What is deleted for good is never asked about before it is known what that is.
            await asyncio.wait([looking], timeout=None if self._draft.final else _CARD_WAITS_SECONDS)
            if looking.done() and (ended := await self._not_possible(looking)) is not None:
                return ended
            self._show()
            allowed = await self._ask(looking)
            await _end(looking)
            if allowed is None:
                return PlanOutcome.FAILED
            if not allowed:
                self._set_state("declined", message("plan-declined"))
                return PlanOutcome.DECLINED
            return await self._run_when_free(prompt_id)
        except BaseException as error:
            self._close_card(error)
            raise
        finally:
            looking.cancel()

    def _close_card(self, error: BaseException) -> None:
        """Leave no card with buttons that nobody listens to."""
        if not self._shown or self._card.state not in ("waiting", "queued"):
            return
        if isinstance(error, asyncio.CancelledError):
            self._set_state("declined", message("plan-stopped-before"))
        else:
            told = error.message if isinstance(error, UserError) else message("broke-unchanged")
            self._set_state("failed", told)

    # --- what it would do -------------------------------------------------------------------------

    def _begin_looking(self) -> asyncio.Future[list[ActionPreview]]:
        looking = asyncio.ensure_future(self._look_up())
        looking.add_done_callback(lambda done: done.cancelled() or done.exception())  # never "not retrieved"
        return looking

    async def _look_up(self) -> list[ActionPreview]:
        self._generations = await self._known_generations()
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
        question = Question(request, self._card.plan_id, final=self._draft.final, verbs=_verbs(self._draft))
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

    # --- running ----------------------------------------------------------------------------------

    async def _run_when_free(self, prompt_id: str) -> PlanOutcome:
        shown_hash = self._card.hash
        while True:
            async with self._parts.lock.held(lambda: self._set_state("queued", message("plan-queued"))):
                found = await self._looked_again()
                if found is None:
                    assert hash_actions(self._draft.actions) == shown_hash
                    return await self._run(prompt_id)
            # Asked without the lock: others need not wait for a person to read.
            if found is not _ASK_AGAIN:
                return found
            looking = self._begin_looking()
            await asyncio.wait([looking])
            if (ended := await self._not_possible(looking)) is not None:
                return ended
            warning = plain(message("plan-changed"), self._parts.wording, self._level)
            self._card = msgspec.structs.replace(self._card, warnings=[warning, *self._card.warnings])
            self._send_card()
            if not await self._ask(looking):
                self._set_state("declined", message("plan-declined"))
                return PlanOutcome.DECLINED

    async def _looked_again(self) -> PlanOutcome | None:
        """Look whether the plan still does what was shown, while nobody else can change anything.

        None: it does, run it. _ASK_AGAIN: the person must see the new card. Else: how the plan ended.
        """
        before = self._previews
        same_place = await self._known_generations() == self._generations
        if before is not None and same_place and not self._draft.final:
            return None
        looking = self._begin_looking()
        try:
            await asyncio.wait([looking])
        finally:
            looking.cancel()
        if (ended := await self._not_possible(looking)) is not None:
            return ended
        now = self._previews
        assert now is not None
        if before is None:
            surprising = any(preview.warnings or preview.removals for preview in now)
            return _ASK_AGAIN if surprising else None
        return None if _same_effect(before, now) else _ASK_AGAIN

    async def _run(self, prompt_id: str) -> PlanOutcome:
        self._parts.sessions.prompt_changes(prompt_id)
        self.changes = True
        before = await self._current()
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
                generation_before=before[0] if before else None,
                path_before=before[1] if before else "",
                prompt_id=prompt_id,
                undoes=self._draft.undoes,
            )
        )
        self._card = msgspec.structs.replace(self._card, entry_id=entry_id)
        self._set_state("running", message("plan-running"))
        try:
            results = await self._run_steps()
        except BaseException as error:
            # Also for an unexpected error: the journal must never say "running" of what has ended. Another
            # stop while the truth is found out must not end that.
            settling = self._parts.tasks.start(self._settle_cut_off(entry_id, before, error), name="settle")
            while not settling.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([settling])
            raise
        return await self._settle(entry_id, before, results)

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

    async def _settle(
        self, entry_id: int, before: tuple[int, str] | None, results: Sequence[ActionResult]
    ) -> PlanOutcome:
        last = results[-1]
        after = await self._current_or_unknown()
        freed = sum(result.freed_bytes or 0 for result in results)
        changes = [change for result in results for change in result.packages]
        output = "\n".join(result.output for result in results if result.output)
        if last.succeeded:
            said = self._text(self._draft.done)
            if freed:
                said += " " + self._text(message("freed", size=size(freed)))
        else:
            assert last.diagnosis is not None
            told = [
                last.diagnosis.message,
                last.diagnosis.advice,
                self._what_was_changed(before, after, changes),
            ]
            said = " ".join(self._text(item) for item in told if item is not None)
        self._finish(entry_id, "done" if last.succeeded else "failed", said, after, changes, output)
        if not last.succeeded:
            return PlanOutcome.FAILED
        self._channel.say_result(said, Answer((), self._draft.afterwards), self._card.plan_id)
        self._mark_undone()
        return PlanOutcome.DONE

    def _what_was_changed(
        self,
        before: tuple[int, str] | None,
        after: tuple[int, str] | None,
        changes: Sequence[cards.PackageChange],
    ) -> Message:
        if self._draft.final:
            return message("stopped-final")
        unchanged = after == before and not changes
        return message("nothing-was-changed" if unchanged else "something-was-changed")

    async def _settle_cut_off(
        self, entry_id: int, before: tuple[int, str] | None, error: BaseException
    ) -> None:
        """Write down the truth about a step that was stopped or broke."""
        stopped = isinstance(error, asyncio.CancelledError)
        changes: list[cards.PackageChange] = []
        try:
            after = await self._current()
            known = True
            if after != before:
                changes = list(
                    await self._parts.host.difference(before[0] if before else 0, after[0] if after else 0)
                )
        except UserError:
            after, known = None, False
        state: EntryState = "stopped" if stopped else "failed"
        if not known:
            told = message("interrupted-unknown")
        elif self._draft.final:
            told = message("stopped-final")
        elif after != before:
            told, state = message("stopped-after-change"), "done"
        else:
            told = message("stopped-unchanged" if stopped else "broke-unchanged")
        self._finish(entry_id, state, self._text(told), after, changes, "")
        if state == "done":
            self._mark_undone()

    def _finish(
        self,
        entry_id: int,
        state: EntryState,
        said: str,
        after: tuple[int, str] | None,
        changes: Sequence[cards.PackageChange],
        output: str,
    ) -> None:
        number, path = after or (None, "")
        try:
            self._parts.journal.finish(
                entry_id,
                state,
                state_text=said,
                generation_after=number,
                path_after=path,
                packages=changes,
                output=output,
            )
        except (sqlite3.Error, OSError):
            log.exception("the journal could not be written")
            said += " " + self._text(message("not-written-down"))
        done = state == "done"
        plan_state: cards.PlanState = "done" if done else "stopped" if state == "stopped" else "failed"
        self._card = msgspec.structs.replace(
            self._card, state=plan_state, state_text=said, can_undo_now=done and not self._draft.final
        )
        self._send_card()

    def _mark_undone(self) -> None:
        """Take the undo button from the card of what this plan took back."""
        undone = self._parts.journal.entry(self._draft.undoes) if self._draft.undoes else None
        if undone is not None and undone.session_id == self._channel.session_id:
            text = self._text(message("undo-already"))
            self._channel.change_card(undone.plan_id, can_undo_now=False, state_text=text)

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

    async def _known_generations(self) -> frozenset[tuple[int, str, bool]]:
        generations = await self._parts.host.generations()
        return frozenset((item.number, item.store_path, item.current) for item in generations)

    async def _current(self) -> tuple[int, str] | None:
        """Return number and store path of the current generation."""
        generations = await self._parts.host.generations()
        return next(((item.number, item.store_path) for item in generations if item.current), None)

    async def _current_or_unknown(self) -> tuple[int, str] | None:
        try:
            return await self._current()
        except UserError:
            return None

    async def _elements_to_go(self) -> list[InstalledPackage]:
        going = {a.element for a in self._draft.actions if isinstance(a, RemovePackage)}
        if not going:
            return []
        return [item for item in await self._parts.host.installed() if item.element in going]


def _same_effect(before: Sequence[ActionPreview], now: Sequence[ActionPreview]) -> bool:
    return [(p.packages, p.removals, p.nothing_to_do) for p in before] == [
        (p.packages, p.removals, p.nothing_to_do) for p in now
    ]


def _verbs(draft: PlanDraft) -> frozenset[str]:
    """Return the words for what a plan does, as a typed yes may name them."""
    names = {
        InstallPackage: {"install"},
        RemovePackage: {"remove", "delete"},
        SwitchGeneration: set(),
        DeleteGenerations: {"delete", "remove", "clean"},
        CollectGarbage: {"delete", "remove", "clean"},
    }
    verbs = {verb for action in draft.actions for verb in names[type(action)]}
    return frozenset(verbs | ({"undo"} if draft.undoes is not None else set()))


async def _end(looking: asyncio.Future[list[ActionPreview]]) -> None:
    looking.cancel()
    await asyncio.wait([looking])
