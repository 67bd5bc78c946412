"""A permitted plan: written down, carried out, and settled, however it ends."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from nixforhumanity.assistant.actions import RemovePackage
from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.host import ActionResult, Host, InstalledPackage
from nixforhumanity.assistant.journal import EntryState, NewEntry
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_outcome import PlanOutcome
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.rendering import size
from nixforhumanity.assistant.run_observer import StepObserver
from nixforhumanity.assistant.session_store import iso
from nixforhumanity.assistant.shown_plan import ShownPlan
from nixforhumanity.assistant.trouble import why_unchanged
from nixforhumanity.core.database import patiently
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol import cards

log = logging.getLogger(__name__)

Place = tuple[int, str] | None
"""Number and store path of the current generation."""


class PlanRun:
    """Carries out one plan whose permission was given. Used once, while the change lock is held."""

    def __init__(self, draft: PlanDraft, plan: ShownPlan, channel: Channel, parts: Parts) -> None:
        self._draft = draft
        self._plan = plan
        self._channel = channel
        self._parts = parts
        self._before: Place = None
        self._entry_id: int | None = None
        self._unwritten: NewEntry | None = None

    async def carry_out(self, prompt_id: str) -> PlanOutcome:
        """Run all steps; the journal and the card say the truth afterwards."""
        self._before = await current_place(self._parts.host)
        await self._begin_entry(await self._new_entry(prompt_id))
        self._plan.change(
            entry_id=self._entry_id, state="running", state_text=self._plan.text(message("plan-running"))
        )
        try:
            results = await self._run_steps()
        except BaseException as error:
            # Also for an unexpected error: the journal must never say "running" of what has ended. Another
            # stop while the truth is found out must not end that.
            settling = self._parts.tasks.start(self._settle_cut_off(error), name="settle")
            while not settling.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([settling])
            raise
        return await self._settle(results)

    # --- the journal ------------------------------------------------------------------------------

    async def _new_entry(self, prompt_id: str) -> NewEntry:
        number, path = self._before or (None, "")
        return NewEntry(
            session_id=self._channel.session_id,
            plan_id=self._plan.card.plan_id,
            request=self._draft.request,
            title=self._plan.card.title,
            at=iso(self._parts.clock()),
            profile=(await self._parts.host.describe()).profile,
            actions=self._draft.actions,
            commands=[arguments for step in self._plan.commands for arguments in step],
            elements_before=await self._elements_to_go(),
            generation_before=number,
            path_before=path,
            prompt_id=prompt_id,
            undoes=self._draft.undoes,
        )

    async def _begin_entry(self, new: NewEntry) -> None:
        """Write down what begins. A clean-up begins even where it cannot be: the disk may be full."""
        try:
            self._entry_id = await patiently(lambda: self._parts.journal.begin(new))
        except (sqlite3.Error, OSError):
            # What makes room must not need room, and there is nothing in it that could be taken back.
            if not self._draft.final:
                raise
            log.warning("a clean-up begins without a journal entry", exc_info=True)
            self._unwritten = new

    async def _elements_to_go(self) -> list[InstalledPackage]:
        going = {a.element for a in self._draft.actions if isinstance(a, RemovePackage)}
        if not going:
            return []
        return [item for item in await self._parts.host.installed() if item.element in going]

    # --- the steps --------------------------------------------------------------------------------

    async def _run_steps(self) -> list[ActionResult]:
        results: list[ActionResult] = []
        for action, step in zip(self._draft.actions, self._plan.card.steps, strict=True):
            self._plan.step_status(step, "in_progress")
            observer = StepObserver(step.tool_call_id, self._channel, self._parts.wording)
            observer.watch_silence()
            try:
                result = await self._parts.host.run(action, observer)
            except BaseException:
                self._plan.step_status(step, "failed")
                raise
            finally:
                observer.end()
            results.append(result)
            self._plan.step_status(step, "completed" if result.succeeded else "failed", result)
            if not result.succeeded:
                break
        return results

    # --- afterwards -------------------------------------------------------------------------------

    async def _settle(self, results: Sequence[ActionResult]) -> PlanOutcome:
        last = results[-1]
        try:
            after = await current_place(self._parts.host)
        except UserError:
            after = None
        freed = sum(result.freed_bytes or 0 for result in results)
        changes = [change for result in results for change in result.packages]
        output = "\n".join(result.output for result in results if result.output)
        if last.succeeded:
            told = [self._draft.done, *([message("freed", size=size(freed))] if freed else [])]
        else:
            assert last.diagnosis is not None
            # What happened, what it means, what was changed, and one thing to do.
            why, advice = last.diagnosis.meaning, last.diagnosis.advice
            told = [last.diagnosis.message, *([why] if why else []), self._what_was_changed(after, changes)]
            told += [advice] if advice else []
        said = self._plan.text(*told)
        await self._finish("done" if last.succeeded else "failed", said, after, changes, output)
        if not last.succeeded:
            return PlanOutcome.FAILED
        self._channel.say_result(said, Answer((), self._draft.afterwards), self._plan.card.plan_id)
        self._mark_undone()
        return PlanOutcome.DONE

    def _what_was_changed(self, after: Place, changes: Sequence[cards.PackageChange]) -> Message:
        if self._draft.final:
            return message("stopped-final")
        unchanged = after == self._before and not changes
        return message("nothing-was-changed" if unchanged else "something-was-changed")

    async def _settle_cut_off(self, error: BaseException) -> None:
        """Write down the truth about a step that was stopped or broke."""
        stopped = isinstance(error, asyncio.CancelledError)
        changes: list[cards.PackageChange] = []
        before = self._before
        try:
            after = await current_place(self._parts.host)
            known = True
            if after != before:
                changes = list(
                    await self._parts.host.difference(before[0] if before else 0, after[0] if after else 0)
                )
        except UserError:
            after, known = None, False
        state: EntryState = "stopped" if stopped else "failed"
        if not known:
            told = [message("interrupted-unknown")]
        elif self._draft.final:
            told = [message("stopped-final")]
        elif after != before:
            told, state = [message("stopped-after-change")], "done"
        elif stopped:
            told = [message("stopped-unchanged")]
        else:
            told = why_unchanged(error)
        await self._finish(state, self._plan.text(*told), after, changes, "")
        if state == "done":
            self._mark_undone()

    async def _finish(
        self,
        state: EntryState,
        said: str,
        after: Place,
        changes: Sequence[cards.PackageChange],
        output: str,
    ) -> None:
        number, path = after or (None, "")

        def write() -> None:
            if self._entry_id is None and self._unwritten is not None:
                self._entry_id = self._parts.journal.begin(self._unwritten)
            assert self._entry_id is not None
            self._parts.journal.finish(
                self._entry_id,
                state,
                state_text=said,
                generation_after=number,
                path_after=path,
                packages=changes,
                output=output,
            )

        try:
            await patiently(write)
        except (sqlite3.Error, OSError):
            log.exception("the journal could not be written")
            said += " " + self._plan.text(message("not-written-down"))
        done = state == "done"
        self._plan.change(
            state="done" if done else "stopped" if state == "stopped" else "failed",
            state_text=said,
            can_undo_now=done and not self._draft.final,
        )
        self._plan.end_steps()

    def _mark_undone(self) -> None:
        """Take the undo button from the card of what this plan took back."""
        undone = self._parts.journal.entry(self._draft.undoes) if self._draft.undoes else None
        if undone is not None and undone.session_id == self._channel.session_id:
            text = self._plan.text(message("undo-already"))
            self._channel.change_card(undone.plan_id, can_undo_now=False, state_text=text)


async def current_place(host: Host) -> Place:
    """Return number and store path of the current generation."""
    generations = await host.generations()
    return next(((item.number, item.store_path) for item in generations if item.current), None)
