"""Brings the prompts of the outbox to the server: again after a lost connection, never to another server."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from nixforhumanity.client.failures import LinkLostError, RequestFailedError
from nixforhumanity.client.link import Link
from nixforhumanity.client.outbox import Outbox, WaitingPrompt
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.cards import PROMPT_ID
from nixforhumanity.protocol.messages import PromptRequest, StopReason, TextBlock
from nixforhumanity.protocol.methods import SESSION_PROMPT

PromptEnded = Callable[[str, str, StopReason | Message], None]


class Delivery:
    """A prompt stays in the outbox until it was answered; the server knows it again by its id."""

    def __init__(self, outbox: Outbox, ended: PromptEnded) -> None:
        self._outbox = outbox
        self._ended = ended
        self._in_flight: dict[str, WaitingPrompt] = {}
        self._stopping: set[str] = set()
        """Ids of prompts in flight whose turn the person has stopped."""

    def take(self, prompt: WaitingPrompt, link: Link | None) -> None:
        """Keep a new prompt, and send it at once when there is a connection."""
        self._outbox.add(prompt)
        if link is not None:
            self._send(link, prompt)

    def flush(self, link: Link, home: str) -> None:
        """Send all that waits for this server over a new connection, in the order in which it was typed."""
        for prompt in self._outbox.waiting(home):
            self._send(link, prompt)

    def sessions(self, home: str) -> tuple[str, ...]:
        """Return the sessions for which something is kept."""
        return tuple(dict.fromkeys(prompt.session_id for prompt in self._outbox.waiting(home)))

    def waiting(self, home: str, session_id: str) -> tuple[str, ...]:
        """Return the ids of the prompts of a session that are not on their way."""
        prompts = self._outbox.waiting(home, session_id)
        return tuple(one.prompt_id for one in prompts if one.prompt_id not in self._in_flight)

    def cancel(self, home: str, session_id: str) -> None:
        """Take back what waits in a session, and remember what is on its way as stopped."""
        for prompt in self._outbox.waiting(home, session_id):
            if prompt.prompt_id in self._in_flight:
                self._stopping.add(prompt.prompt_id)
            else:
                self._end(prompt, "cancelled")

    def connection_lost(self) -> set[str]:
        """Take note that nothing is on its way; return the sessions that are still to be told to stop."""
        stopped = [self._in_flight[one] for one in self._stopping if one in self._in_flight]
        self._in_flight.clear()
        self._stopping.clear()
        for prompt in stopped:
            self._end(prompt, "cancelled")
        return {prompt.session_id for prompt in stopped}

    def _send(self, link: Link, prompt: WaitingPrompt) -> None:
        self._in_flight[prompt.prompt_id] = prompt
        request = PromptRequest(
            session_id=prompt.session_id,
            prompt=[TextBlock(text=prompt.text)],
            meta={PROMPT_ID: prompt.prompt_id},
        )
        link.begin(SESSION_PROMPT, request).add_done_callback(partial(self._answered, prompt))

    def _answered(self, prompt: WaitingPrompt, answer: asyncio.Future[Any]) -> None:
        error = None if answer.cancelled() else answer.exception()
        if answer.cancelled() or isinstance(error, LinkLostError):
            return  # stays in the outbox; `connection_lost` is told
        self._in_flight.pop(prompt.prompt_id, None)
        self._stopping.discard(prompt.prompt_id)
        if error is None:
            self._end(prompt, answer.result().stop_reason)
        elif isinstance(error, RequestFailedError):
            self._end(prompt, error.problem)
        else:
            raise error

    def _end(self, prompt: WaitingPrompt, reason: StopReason | Message) -> None:
        if self._outbox.remove(prompt.prompt_id):
            self._ended(prompt.session_id, prompt.prompt_id, reason)
