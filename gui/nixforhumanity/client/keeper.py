"""Keeps a connection up: finds the server, connects, notices the end, tries again, or asks for the person."""

import asyncio
import logging
import time
from dataclasses import replace
from typing import Any, Protocol

from nixforhumanity.client.backoff import STABLE_SECONDS, Backoff
from nixforhumanity.client.connector import Connector
from nixforhumanity.client.dialling import dial
from nixforhumanity.client.failures import EmbeddedServerError, UnreachableError, as_user_error
from nixforhumanity.client.interface import ConnectionPhase, ConnectionState
from nixforhumanity.client.link import Link, LinkListener
from nixforhumanity.client.target import Target
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
"""How long a call waits for a connection."""
OFFER_SECONDS = 4.0
"""After so much more silence it is offered to start the server anew."""
SHOWN_DELAY_SECONDS = 1.0
"""Shorter waits are not shown: nothing in the window may flicker."""


class ConnectionUser(LinkListener, Protocol):
    """What lives on the connection."""

    def state_changed(self, state: ConnectionState) -> None:
        """The state changed."""
        ...

    async def prepare(self, link: Link, target: Target) -> None:
        """Do what is to be done before the new connection counts; raises as `Connector.target` does."""
        ...

    def connected(self, link: Link, target: Target) -> None:
        """The connection counts from now on."""
        ...

    def lost(self) -> None:
        """The connection, or the try to prepare one, has ended."""
        ...


class ConnectionKeeper:
    """Has a connection or tries to get one, from `start` to `stop`."""

    def __init__(self, connector: Connector, user: ConnectionUser) -> None:
        self._connector = connector
        self._user = user
        self._state = ConnectionState(ConnectionPhase.CONNECTING, connector.place, connector.address)
        self._link: Link | None = None
        self._chosen: tuple[object, ...] = ()
        self._task: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()
        """Set while there is a connection, or while waiting for one is in vain."""
        self._retry = asyncio.Event()
        self._silent_since: float | None = None
        self._offer: asyncio.TimerHandle | None = None

    @property
    def state(self) -> ConnectionState:
        """Where the connection stands."""
        return self._state

    @property
    def link(self) -> Link | None:
        """The connection, while there is one."""
        return self._link if self._link is not None and self._link.is_open else None

    async def settled_link(self) -> Link:
        """Return the connection, waiting a while for it; raises UserError with why there is none."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    await self._settled.wait()
                    if self.link is not None:
                        return self.link
                    if self._link is None:
                        break
                    self._settled.clear()  # it has just ended, and the loop below is about to notice
        except TimeoutError:
            log.info("a call waited in vain for a connection")
        raise as_user_error(self._state.problem or message("not-connected"))

    def start(self) -> None:
        """Begin."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep_connected(), name="assistant connection")

    async def stop(self) -> None:
        """End the connection, and the server if it was started for it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._silent_since is not None and self._connector.can_restart:
            await self._connector.end_server(patient=False)  # it would hold the port and do nothing
        await self._connector.stop()
        self._change(ConnectionPhase.STOPPED)

    async def retry_now(self) -> None:
        """Try again at once; if the settings name another server by now, leave the present one."""
        self._connector.forgive()
        self._retry.set()
        if self._link is not None and self._chosen != self._choice():
            link = self._link
            await self._connector.stop()
            await link.close()

    async def restart(self) -> None:
        """End the server that was started for this connection, and begin anew."""
        await self._connector.end_server(patient=self._silent_since is None)
        self._hear_again()
        await self.retry_now()

    def silent(self, is_silent: bool) -> None:
        """Take note that the server does not answer, or does again."""
        if not is_silent:
            self._hear_again()
        elif self._silent_since is None:
            self._silent_since = time.monotonic()
            self._offer = asyncio.get_running_loop().call_later(OFFER_SECONDS, self._refresh)
        self._refresh()

    def _hear_again(self) -> None:
        self._silent_since = None
        if self._offer is not None:
            self._offer.cancel()
            self._offer = None

    def _refresh(self) -> None:
        self._set_state(self._state)

    def _set_state(self, state: ConnectionState) -> None:
        """Take this state, with what is known of the silence at this moment."""
        started, since = self._connector.can_restart, self._silent_since
        silent = since is not None and (started or state.phase is ConnectionPhase.CONNECTED)
        long = since is not None and time.monotonic() - since >= OFFER_SECONDS - 0.05
        state = replace(state, silent=silent, restartable=started and silent and long)
        if state != self._state:
            self._state = state
            self._user.state_changed(state)

    def _choice(self) -> tuple[object, ...]:
        return self._connector.place, self._connector.address, self._connector.home

    async def _keep_connected(self) -> None:
        backoff = Backoff()
        while True:
            self._retry.clear()
            self._chosen = self._choice()
            try:
                problem = await self._connect_once(backoff)
            except UserError as error:
                self._fail(error)
                await self._retry.wait()
                backoff.begin_anew()
                self._change(ConnectionPhase.CONNECTING)
                continue
            except Exception:
                # Whatever goes wrong here, a window without a connection must come back.
                log.exception("the connection failed for a reason that nobody thought of")
                problem = message("connection-failed")
            await self._wait(backoff.next_seconds(), problem)

    async def _connect_once(self, backoff: Backoff) -> Message:
        """Connect and stay connected; return why that ended."""
        target: Target | None = None
        try:
            target = await self._connector.target()
            began = await self._stay_connected(target)
        except UnreachableError as error:
            if target is not None:
                await self._connector.not_answering(target)
                if self._connector.can_restart:
                    self.silent(True)
            return error.problem
        if time.monotonic() - began > STABLE_SECONDS:
            backoff.begin_anew()
        return message("connection-lost")

    async def _stay_connected(self, target: Target) -> float:
        """Return when the connection began, once it has ended."""
        link = Link(await dial(target), self._user)
        runner = asyncio.create_task(link.run(), name="assistant link")
        try:
            await self._user.prepare(link, target)
            began = time.monotonic()
            self._connector.answering(target)
            self._hear_again()
            self._link = link
            self._user.connected(link, target)
            self._change(ConnectionPhase.CONNECTED, address=target.address)
            await runner
        finally:
            self._link = None
            self._settled.clear()
            self._user.lost()
            await link.close()
            runner.cancel()
            await asyncio.gather(runner, return_exceptions=True)
        return began

    async def _wait(self, seconds: float, problem: Message) -> None:
        shown = round(seconds, 1) if seconds >= SHOWN_DELAY_SECONDS else None
        self._change(ConnectionPhase.WAITING, problem=problem, retry_seconds=shown)
        try:
            await asyncio.wait_for(self._retry.wait(), seconds)
        except TimeoutError:
            return

    def _fail(self, error: UserError) -> None:
        log.warning("no connection: %s", error)
        rest: dict[str, Any] = {}
        if isinstance(error, EmbeddedServerError):
            rest = {"detail": error.detail, "free_port": error.free_port}
        self._change(ConnectionPhase.FAILED, problem=error.message, **rest)

    def _change(self, phase: ConnectionPhase, *, address: str = "", **rest: Any) -> None:
        place, shown = self._connector.place, address or self._connector.address
        state = ConnectionState(phase, place, shown, **rest)
        if phase in {ConnectionPhase.CONNECTED, ConnectionPhase.FAILED, ConnectionPhase.STOPPED}:
            self._settled.set()
        else:
            self._settled.clear()
        if phase in {ConnectionPhase.FAILED, ConnectionPhase.STOPPED}:
            self._hear_again()
        self._set_state(state)
