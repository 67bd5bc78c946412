"""The connection of a window or a terminal: comes back by itself, and loses no words on the way."""

import asyncio
import uuid
from collections.abc import Callable
from typing import Any

import msgspec

from nixforhumanity.client.connector import Connector
from nixforhumanity.client.delivery import Delivery
from nixforhumanity.client.failures import LinkLostError, RequestFailedError, as_user_error
from nixforhumanity.client.interface import ClientListener, ConnectionState
from nixforhumanity.client.keeper import ConnectionKeeper
from nixforhumanity.client.link import Link
from nixforhumanity.client.opening import WORKING_FOLDER, greet, open_again
from nixforhumanity.client.outbox import Outbox, WaitingPrompt
from nixforhumanity.client.own_words import OwnWordsClient
from nixforhumanity.client.permissions import Permissions
from nixforhumanity.client.target import Target
from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol import methods
from nixforhumanity.protocol.cards import HostCard, JournalRequest, JournalResponse, UndoRequest
from nixforhumanity.protocol.messages import (
    Cancelled,
    CancelNotification,
    ConfigOptionUpdate,
    CurrentModeUpdate,
    DeleteSessionRequest,
    ListSessionsRequest,
    LoadSessionRequest,
    LoadSessionResponse,
    NewSessionRequest,
    NewSessionResponse,
    Nothing,
    PermissionRequest,
    Selected,
    SessionInfo,
    SessionUpdate,
    SetConfigOptionRequest,
    SetModeRequest,
)
from nixforhumanity.protocol.peer import RequestId

MOST_PROMPT_BYTES = 256 * 1024
MOST_PAGES = 100


class AssistantClient:
    """Implements AssistantConnection; the listener is called from the event loop, never within a call."""

    def __init__(self, connector: Connector, outbox: Outbox, listener: ClientListener | None = None) -> None:
        self._connector = connector
        self._outbox = outbox
        self._listener = listener
        self._delivery = Delivery(outbox, lambda *news: self._tell("prompt_ended", *news))
        self._permissions = Permissions(self._ask_person)
        self._keeper = ConnectionKeeper(connector, self)
        self.own_words = OwnWordsClient(self._call)
        self._open: dict[str, str] = {}
        """Open sessions, and the home of each."""
        self._to_cancel: set[str] = set()
        """Sessions to stop as soon as there is a connection."""
        self._replays: dict[str, list[SessionUpdate]] = {}
        """What has come so far of sessions that are being loaded: shown when it is whole, or not at all."""

    def listen(self, listener: ClientListener) -> None:
        """Tell this listener from now on; there is one, because one question has one answer."""
        self._listener = listener

    # --- being connected --------------------------------------------------------------------------------

    @property
    def state(self) -> ConnectionState:
        """Return where the connection stands."""
        return self._keeper.state

    async def start(self) -> None:
        """Begin to connect, and keep connected."""
        self._keeper.start()

    async def stop(self) -> None:
        """Disconnect for good; the embedded server ends when nobody needs it any more."""
        await self._keeper.stop()
        await self._permissions.stop()
        self._outbox.close()
        await asyncio.sleep(0)  # the listener hears of it before this returns

    async def retry_now(self) -> None:
        """Try again at once, also after FAILED; leave a server that is no longer the chosen one."""
        await self._keeper.retry_now()

    async def restart(self) -> None:
        """End the embedded server, whatever it does, and start it anew."""
        await self._keeper.restart()

    def state_changed(self, state: ConnectionState) -> None:
        """Hand on the state (see ConnectionUser)."""
        self._tell("connection_changed", state)

    async def prepare(self, link: Link, target: Target) -> None:
        """Greet the server and open the conversations again (see ConnectionUser)."""
        resumes = await greet(link, target)
        shown = tuple(session_id for session_id, home in self._open.items() if home == target.home)
        await open_again(
            link,
            target,
            shown,
            self._delivery.sessions(target.home),
            resumes=resumes,
            replay=lambda session_id: self._replays.update({session_id: []}),
            opened=self._loaded,
        )

    def connected(self, link: Link, target: Target) -> None:
        """Send what waits (see ConnectionUser)."""
        for session_id in self._to_cancel:
            link.tell(methods.SESSION_CANCEL, CancelNotification(session_id=session_id))
        self._to_cancel.clear()
        self._delivery.flush(link, target.home)

    def lost(self) -> None:
        """Take note that nothing is on its way any more (see ConnectionUser)."""
        self._replays.clear()
        self._to_cancel |= self._delivery.connection_lost()
        self._permissions.connection_lost()

    # --- what the server sends --------------------------------------------------------------------------

    def notified(self, method: str, params: Any) -> None:
        """Hand on what the server tells (see LinkListener)."""
        if method == methods.SESSION_UPDATE and params.session_id in self._replays:
            self._replays[params.session_id].append(params.update)
        elif method == methods.SESSION_UPDATE:
            self._tell("session_updated", params.session_id, params.update)
        elif method == methods.OWN_WORDS_CHANGED:
            asyncio.get_running_loop().call_soon(self.own_words.changed)
        elif method == methods.CANCEL_REQUEST:
            self._permissions.withdraw(params.request_id)

    def silent(self, is_silent: bool) -> None:
        """Show that the server does not answer, or that it does again (see LinkListener)."""
        self._keeper.silent(is_silent)

    def asked(self, link: Link, request_id: RequestId, method: str, params: Any) -> None:
        """Hand on what the server asks (see LinkListener)."""
        assert method == methods.SESSION_REQUEST_PERMISSION
        self._permissions.ask(link, request_id, params)

    async def _ask_person(self, request: PermissionRequest) -> Selected | Cancelled:
        await asyncio.sleep(0)  # after the plan that it is about, which was told just now
        return Cancelled() if self._listener is None else await self._listener.permission_requested(request)

    def _tell(self, news: str, *values: object) -> None:
        # Through the loop: a fault in the window does not break the connection, and order is kept.
        if self._listener is not None:
            call: Callable[..., None] = getattr(self._listener, news)
            asyncio.get_running_loop().call_soon(call, *values)

    def _loaded(self, session_id: str, response: LoadSessionResponse) -> None:
        """Show a session anew that has come whole; one that was only joined has no replay."""
        if (replay := self._replays.pop(session_id, None)) is not None:
            self._tell("session_reset", session_id)
            for update in replay:
                self._tell("session_updated", session_id, update)
        self._opened(session_id, response)

    def _opened(self, session_id: str, response: LoadSessionResponse | NewSessionResponse) -> None:
        """Tell what the answer says about the session as if it were news."""
        if response.modes is not None:
            mode = CurrentModeUpdate(current_mode_id=response.modes.current_mode_id)
            self._tell("session_updated", session_id, mode)
        if response.config_options is not None:
            options = ConfigOptionUpdate(config_options=response.config_options)
            self._tell("session_updated", session_id, options)

    # --- what the window asks ---------------------------------------------------------------------------

    async def new_session(self) -> str:
        """Begin a conversation and return its id."""
        request = NewSessionRequest(cwd=WORKING_FOLDER, mcp_servers=[])
        response: NewSessionResponse = await self._call(methods.SESSION_NEW, request)
        self._open[response.session_id] = self._connector.home
        self._opened(response.session_id, response)
        return response.session_id

    async def open_session(self, session_id: str) -> None:
        """Load a past conversation: `session_reset`, then its updates; neither when it cannot be loaded."""
        await self._keeper.settled_link()
        request = LoadSessionRequest(session_id=session_id, cwd=WORKING_FOLDER)
        self._replays[session_id] = []
        try:
            response: LoadSessionResponse = await self._call(methods.SESSION_LOAD, request)
        except UserError:
            self._replays.pop(session_id, None)
            raise
        self._open[session_id] = self._connector.home
        self._loaded(session_id, response)
        await asyncio.sleep(0)  # the listener hears of it before this returns

    async def list_sessions(self) -> list[SessionInfo]:
        """Return past conversations, newest first."""
        sessions: list[SessionInfo] = []
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._call(methods.SESSION_LIST, ListSessionsRequest(cursor=cursor), again=True)
            sessions += page.sessions
            cursor = page.next_cursor
            if not cursor:
                break
        return sessions

    async def delete_session(self, session_id: str) -> None:
        """Delete a conversation."""
        await self._call(methods.SESSION_DELETE, DeleteSessionRequest(session_id=session_id))
        self._open.pop(session_id, None)
        self._delivery.cancel(self._connector.home, session_id)

    def send_prompt(self, session_id: str, text: str) -> str:
        """Send words, or keep them in the outbox until connected; return the prompt's id.

        Raises UserError `prompt-too-long`; nothing is then sent or kept.
        """
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(text.encode()) > MOST_PROMPT_BYTES:
            raise UserError("prompt-too-long", kilobytes=MOST_PROMPT_BYTES // 1024)
        prompt = WaitingPrompt(uuid.uuid4().hex, self._home_of(session_id), session_id, text)
        self._delivery.take(prompt, self._keeper.link)
        return prompt.prompt_id

    def waiting_prompts(self, session_id: str) -> tuple[str, ...]:
        """Return the ids of prompts that wait in the outbox."""
        return self._delivery.waiting(self._home_of(session_id), session_id)

    def cancel(self, session_id: str) -> None:
        """Stop what runs or waits in the session."""
        self._delivery.cancel(self._home_of(session_id), session_id)
        self._permissions.cancel_session(session_id)
        link = self._keeper.link
        if link is not None:
            link.tell(methods.SESSION_CANCEL, CancelNotification(session_id=session_id))
        else:
            self._to_cancel.add(session_id)

    def _home_of(self, session_id: str) -> str:
        return self._open.get(session_id, self._connector.home)

    async def set_mode(self, session_id: str, level: str) -> None:
        """Change the level."""
        request = SetModeRequest(session_id=session_id, mode_id=level)
        await self._call(methods.SESSION_SET_MODE, request, again=True)
        self._tell("session_updated", session_id, CurrentModeUpdate(current_mode_id=level))

    async def set_config_option(self, session_id: str, option: str, value: str) -> None:
        """Change level, style or language of the session."""
        request = SetConfigOptionRequest(session_id=session_id, config_id=option, value=value)
        response = await self._call(methods.SESSION_SET_CONFIG_OPTION, request, again=True)
        update = ConfigOptionUpdate(config_options=response.config_options)
        self._tell("session_updated", session_id, update)

    async def journal(self, limit: int = 100, before: int | None = None) -> JournalResponse:
        """Return what was changed, and the generations."""
        request = JournalRequest(limit=limit, before=before)
        response: JournalResponse = await self._call(methods.JOURNAL, request, again=True)
        return response

    async def undo(self, session_id: str, entry_id: int | None = None) -> None:
        """Show the undo card in the session."""
        await self._call(methods.UNDO, UndoRequest(session_id=session_id, entry_id=entry_id))

    async def host(self) -> HostCard:
        """Return what was found on this computer."""
        card: HostCard = await self._call(methods.HOST, Nothing(), again=True)
        return card

    async def _call(self, method: str, params: msgspec.Struct, *, again: bool = False) -> Any:
        """Ask the server; with `again`, once more when the connection was lost before the answer came."""
        link = await self._keeper.settled_link()
        try:
            return await link.begin(method, params)
        except RequestFailedError as error:
            raise as_user_error(error.problem) from error
        except LinkLostError as error:
            if again:
                return await self._call(method, params)
            raise UserError("connection-lost") from error
