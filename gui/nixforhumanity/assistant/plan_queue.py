"""The plans of one conversation that wait or run: who waits for whom, and what has changed something."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import blake2s

from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.plan_flow import PlanFlow
from nixforhumanity.assistant.plan_outcome import PlanOutcome
from nixforhumanity.assistant.plans import Ids, PlanDraft
from nixforhumanity.protocol.cards import PlanCard


class PlanQueue:
    """Carries out the plans of each turn; those of a list come one after the other."""

    def __init__(self, session_id: str, channel: Channel, parts: Parts) -> None:
        self._session_id = session_id
        self._channel = channel
        self._parts = parts
        self._flows: dict[str, PlanFlow] = {}
        self._lists = asyncio.Lock()
        self._behind: set[str] = set()
        """Turns whose next plan waits until the person has answered that of another turn."""
        self._changing: set[str] = set()
        """Turns that began to change something."""
        self._counts: dict[str, int] = {}
        self._closed = False

    def close(self) -> None:
        """Begin no further plan."""
        self._closed = True

    async def carry_out(self, draft: PlanDraft, prompt_id: str, rest: int, level: str) -> PlanOutcome:
        """Carry out a plan; `rest`: so much was asked for with it and comes after it."""
        if self._closed:  # the one before was let end; nothing new is begun
            raise asyncio.CancelledError
        flow = PlanFlow(draft, self._channel, self._parts, self._plan_ids(prompt_id), level)
        self._flows[prompt_id] = flow
        try:
            return await flow.carry_out(prompt_id, rest)
        finally:
            self._flows.pop(prompt_id, None)
            if flow.changes:
                self._changing.add(prompt_id)

    @asynccontextmanager
    async def in_turn(self, prompt_id: str) -> AsyncIterator[None]:
        """Wait with the next plan of a list until what was asked later is answered; it sets nothing aside."""
        self._behind.add(prompt_id)
        try:
            async with self._lists:
                while (question := self._channel.newest_question) is not None:
                    await asyncio.wait([question.answer])
                    await asyncio.sleep(0)
                self._behind.discard(prompt_id)
                yield
        finally:
            self._behind.discard(prompt_id)

    def waits(self, prompt_id: str) -> bool:
        """Tell whether a turn only waits for what the person answers."""
        flow = self._flows.get(prompt_id)
        return prompt_id in self._behind or (flow is not None and flow.asking)

    @property
    def changing_now(self) -> set[str]:
        """The turns whose plan is changing something right now."""
        return {prompt_id for prompt_id, flow in self._flows.items() if flow.changes}

    def has_changed(self, prompt_id: str) -> bool:
        """Tell whether an earlier plan of a turn began to change something."""
        return prompt_id in self._changing

    def leave_open(self, prompt_id: str) -> None:
        """Cut a plan off that is shown again by the next run of the server."""
        if (flow := self._flows.get(prompt_id)) is not None:
            flow.left_open = True

    def forget(self, prompt_id: str) -> None:
        """Forget a turn that has ended."""
        self._counts.pop(prompt_id, None)
        self._behind.discard(prompt_id)
        self._changing.discard(prompt_id)

    @property
    def waiting_card(self) -> PlanCard | None:
        """The card of the plan that was asked about last."""
        question = self._channel.newest_question
        cards = (flow.card for flow in self._flows.values())
        return next((card for card in cards if question and card.plan_id == question.plan_id), None)

    def _plan_ids(self, prompt_id: str) -> Ids:
        """Return ids that are the same when this prompt begins anew: its card then takes its old place."""
        number = self._counts[prompt_id] = self._counts.get(prompt_id, 0) + 1
        name = blake2s(f"{self._session_id} {prompt_id}".encode(), digest_size=8).hexdigest()
        return Ids(f"{name}-{number}")
