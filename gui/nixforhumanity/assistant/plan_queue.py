"""The plans of one conversation that wait or run: who waits for whom, and what has changed something."""

import asyncio
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

    async def turn_comes(self, prompt_id: str) -> None:
        """Wait until what was asked later is answered: the next plan of a list sets nothing aside."""
        while (question := self._channel.newest_question) is not None:
            await asyncio.wait([question.answer])
            await asyncio.sleep(0)
        self._behind.discard(prompt_id)
