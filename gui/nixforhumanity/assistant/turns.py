"""The turns of one conversation: each prompt is taken once, can be stopped, and ends with a reason."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_queue import PlanQueue
from nixforhumanity.assistant.session_store import Claim
from nixforhumanity.protocol.messages import StopReason

Work = Callable[[], Coroutine[Any, Any, None]]


class Turns:
    """What is going on in a conversation, by the id of the prompt that began it."""

    def __init__(self, session_id: str, parts: Parts, channel: Channel, plans: PlanQueue) -> None:
        self._session_id = session_id
        self._parts = parts
        self._channel = channel
        self._plans = plans
        self._going_on: dict[str, asyncio.Task[StopReason]] = {}
        self._stopped: set[str] = set()
        self._said_again: set[str] = set()
        """Turns whose client says them again when they were not answered, with the same id."""
        self._left_open: set[str] = set()
        """Turns that the end of the server cut off before they changed anything: they can begin anew."""

    def __bool__(self) -> bool:
        """Tell whether a turn is going on."""
        return bool(self._going_on)

    @property
    def at_work(self) -> bool:
        """Whether a turn is going on that does not only wait for the person's answer."""
        return not all(self._plans.waits(prompt_id) for prompt_id in self._going_on)

    async def take(self, prompt_id: str, work: Callable[[bool], Work], *, said_again: bool) -> StopReason:
        """Carry out a turn, or join the one that is going on already under that id; return how it ended.

        `work` makes what is to be done, told whether a restart of the server cut off an earlier try.
        """
        turn = self._going_on.get(prompt_id)
        if turn is None:
            claim = self.claim(prompt_id)
            if claim is Claim.TAKEN:
                return self._parts.sessions.prompt_reason(prompt_id, self._session_id)
            if self._parts.journal.has_prompt(prompt_id, self._session_id):
                self._ended(prompt_id, "cancelled")
                return "cancelled"
            if said_again:
                self._said_again.add(prompt_id)
            turn = self.begin(prompt_id, work(claim is Claim.AGAIN))
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

    def claim(self, prompt_id: str) -> Claim:
        """Take a prompt. Where that cannot be kept, the journal still knows which one changed something."""
        with self._channel.keeping():
            return self._parts.sessions.claim_prompt(prompt_id, self._session_id)
        return Claim.NEW

    def begin(self, prompt_id: str, work: Work) -> asyncio.Task[StopReason]:
        """Begin the turn of a prompt that was claimed."""
        turn = self._parts.tasks.start(self._settled(work, prompt_id), name=f"turn {prompt_id}")
        self._going_on[prompt_id] = turn

        def ended(task: asyncio.Task[StopReason]) -> None:
            self._going_on.pop(prompt_id, None)
            self._plans.forget(prompt_id)
            self._said_again.discard(prompt_id)
            self._stopped.discard(prompt_id)
            # Before its first step: nobody else writes down how it ended.
            if task.cancelled() and prompt_id not in self._left_open:
                self._ended(prompt_id, "cancelled")

        turn.add_done_callback(ended)
        return turn

    def cancel(self, *, but: str | None = None) -> bool:
        """Stop every turn (but one); return whether there was any."""
        turns = {prompt_id: turn for prompt_id, turn in self._going_on.items() if prompt_id != but}
        for prompt_id, turn in turns.items():
            self._stop(prompt_id, turn)
        return bool(turns)

    async def wait_idle(self, *, but: str | None = None) -> None:
        """Wait until no turn (but one) is going on."""
        others = [turn for prompt_id, turn in self._going_on.items() if prompt_id != but]
        if others:
            await asyncio.wait(others)

    async def finish_changes(self, grace_seconds: float) -> None:
        """Begin nothing new; let a running change end, up to the grace; stop everything else at once."""
        self._plans.close()
        changing = self._plans.changing_now
        for prompt_id, turn in list(self._going_on.items()):
            if prompt_id not in changing and prompt_id not in self._stopped:
                self._leave_open(prompt_id)
                self._stop(prompt_id, turn)
        running = [turn for prompt_id, turn in self._going_on.items() if prompt_id in changing]
        if running:
            await asyncio.wait(running, timeout=grace_seconds)
        self.cancel()
        await self.wait_idle()

    def _stop(self, prompt_id: str, turn: asyncio.Task[StopReason]) -> None:
        if prompt_id not in self._stopped:  # a second stop must not cut off the settling of the first
            self._stopped.add(prompt_id)
            turn.cancel()

    def _leave_open(self, prompt_id: str) -> None:
        if prompt_id in self._said_again and not self._plans.has_changed(prompt_id):
            self._left_open.add(prompt_id)
            self._plans.leave_open(prompt_id)

    async def _settled(self, work: Work, prompt_id: str) -> StopReason:
        """Do the work of a turn, and write down how it ended."""
        reason: StopReason = "end_turn"
        try:
            await work()
        except asyncio.CancelledError:
            reason = "cancelled"
        finally:
            if prompt_id not in self._left_open:
                self._ended(prompt_id, reason)
        return reason

    def _ended(self, prompt_id: str, reason: StopReason) -> None:
        with self._channel.keeping():
            self._parts.sessions.end_prompt(prompt_id, self._session_id, reason)
