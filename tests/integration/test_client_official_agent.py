"""The window's connection against an agent built with the official SDK, which judges what we send."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from acp import (
    InitializeResponse,
    NewSessionResponse,
    PromptResponse,
    RequestError,
    plan_entry,
    start_tool_call,
    text_block,
    tool_content,
    tool_diff_content,
    update_agent_message_text,
    update_agent_thought_text,
    update_plan,
    update_tool_call,
    update_user_message_text,
)
from acp.agent.connection import AgentSideConnection
from acp.schema import (
    AgentCapabilities,
    ListSessionsResponse,
    LoadSessionResponse,
    PermissionOption,
    SessionInfo,
    SessionMode,
    SessionModeState,
    SetSessionConfigOptionResponse,
    ToolCallUpdate,
)
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from faulty_server import FaultyServer, FixedConnector, RememberingListener, until
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.interface import ConnectionPhase
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    CurrentModeUpdate,
    PlanUpdate,
    Selected,
    ToolCall,
    UserMessageChunk,
)
from nixforhumanity.protocol.messages import ToolCallUpdate as OurToolCallUpdate

MODES = SessionModeState(
    current_mode_id="beginner", available_modes=[SessionMode(id="beginner", name="Beginner")]
)


class OfficialAgent:
    """What an author of another agent would write with the SDK."""

    def __init__(self) -> None:
        self.client: Any = None
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.outcomes: list[str] = []

    def on_connect(self, conn: Any) -> None:
        self.client = conn

    async def initialize(self, protocol_version: int, **rest: Any) -> InitializeResponse:
        self.asked.append(("initialize", rest))
        capabilities = AgentCapabilities(load_session=True)
        return InitializeResponse(protocol_version=protocol_version, agent_capabilities=capabilities)

    async def new_session(self, cwd: str, **rest: Any) -> NewSessionResponse:
        return NewSessionResponse(session_id="one", modes=MODES)

    async def load_session(self, cwd: str, session_id: str, **rest: Any) -> LoadSessionResponse:
        if session_id != "one":
            raise RequestError.resource_not_found(session_id)
        await self.client.session_update(session_id, update_user_message_text("words of before"))
        return LoadSessionResponse(modes=MODES)

    async def list_sessions(self, **rest: Any) -> ListSessionsResponse:
        cursor = rest.get("cursor")
        number = int(cursor or 0)
        sessions = [SessionInfo(session_id=f"{number}", cwd="/", title=f"talk {number}")]
        return ListSessionsResponse(sessions=sessions, next_cursor=str(number + 1) if number < 2 else None)

    async def set_session_mode(self, session_id: str, mode_id: str, **rest: Any) -> None:
        self.asked.append(("set_session_mode", {"session_id": session_id, "mode_id": mode_id}))

    async def set_config_option(self, config_id: str, session_id: str, value: Any, **rest: Any) -> Any:
        self.asked.append(("set_config_option", {"config_id": config_id, "value": value}))
        return SetSessionConfigOptionResponse(config_options=[])

    async def cancel(self, session_id: str, **rest: Any) -> None:
        self.asked.append(("cancel", {"session_id": session_id}))

    async def ext_method(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((method, params))
        return {"entries": []}

    async def prompt(self, session_id: str, prompt: list[Any], **rest: Any) -> PromptResponse:
        self.asked.append(("prompt", {"text": prompt[0].text, "meta": rest}))
        say = self.client.session_update
        await say(session_id, update_agent_thought_text("hm"))
        await say(session_id, update_agent_message_text("I will install it."))
        await say(session_id, update_plan([plan_entry("install", priority="high", status="pending")]))
        diff = tool_diff_content("/etc/x.nix", "new", "old")
        await say(
            session_id, start_tool_call("t1", "Install", kind="execute", status="pending", content=[diff])
        )
        options = [
            PermissionOption(option_id="yes", name="Install", kind="allow_once"),
            PermissionOption(option_id="no", name="Not now", kind="reject_once"),
        ]
        tool_call = ToolCallUpdate(tool_call_id="t1", title="Install")
        response = await self.client.request_permission(session_id, tool_call, options)
        self.outcomes.append(response.outcome.outcome)
        if response.outcome.outcome == "cancelled":
            return PromptResponse(stop_reason="cancelled")
        done = [tool_content(text_block("done"))]
        await say(session_id, update_tool_call("t1", status="completed", content=done))
        return PromptResponse(stop_reason="end_turn")


class WebSocketTransport:
    """The SDK's message transport over one connection of our test server."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection

    async def send(self, message: dict[str, Any]) -> None:
        await self.connection.send(json.dumps(message))

    async def receive(self) -> dict[str, Any] | None:
        try:
            message: dict[str, Any] = json.loads(await self.connection.recv())
        except ConnectionClosed:
            return None
        return message

    async def close(self) -> None:
        await self.connection.close()


class OfficialServer(FaultyServer):
    """Proof and token as in the fake server; the protocol by the SDK."""

    def __init__(self) -> None:
        super().__init__()
        self.agent = OfficialAgent()

    async def _handle(self, connection: ServerConnection) -> None:
        self.connections.add(connection)
        self.connection_count += 1
        side = AgentSideConnection(self.agent, WebSocketTransport(connection), listening=False)
        try:
            await side.listen()
        finally:
            self.connections.discard(connection)
            await side.close()


@pytest.fixture
async def connected() -> AsyncIterator[tuple[OfficialServer, AssistantClient, RememberingListener]]:
    """Give an agent of the SDK, our client connected to it, and what its listener hears."""
    async with OfficialServer() as server:
        listener = RememberingListener()
        client = AssistantClient(FixedConnector(server.port), Outbox(None), listener)
        await client.start()
        await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
        yield server, client, listener
        await client.stop()


Connected = tuple[OfficialServer, AssistantClient, RememberingListener]


async def test_a_turn_with_permission_works_as_the_sdk_wants_it(connected: Connected) -> None:
    server, client, listener = connected
    session = await client.new_session()
    prompt = client.send_prompt(session, "install firefox")
    await until(lambda: listener.choice, "the question is shown")
    assert [option.option_id for option in listener.questions[0].options] == ["yes", "no"]
    assert listener.choice is not None
    listener.choice.set_result(Selected(option_id="yes"))
    await until(lambda: prompt in listener.ended, "it has ended")
    assert listener.ended[prompt] == "end_turn"
    assert server.agent.outcomes == ["selected"]
    asked = dict(server.agent.asked)
    assert asked["prompt"]["text"] == "install firefox"
    assert prompt in str(asked["prompt"]["meta"])
    # The thought is a kind of news that we do not know.
    kinds = [type(update) for _, _, update in listener.news]
    assert kinds == [CurrentModeUpdate, AgentMessageChunk, PlanUpdate, ToolCall, OurToolCallUpdate]


async def test_stop_ends_the_question_and_the_turn(connected: Connected) -> None:
    server, client, listener = connected
    session = await client.new_session()
    prompt = client.send_prompt(session, "install firefox")
    await until(lambda: listener.choice, "the question is shown")
    client.cancel(session)
    await until(lambda: prompt in listener.ended, "it has ended")
    assert listener.ended[prompt] == "cancelled"
    assert server.agent.outcomes == ["cancelled"]
    await until(lambda: ("cancel", {"session_id": session}) in server.agent.asked, "the agent is told")


async def test_a_past_conversation_is_reset_replayed_and_its_level_told(connected: Connected) -> None:
    _, client, listener = connected
    await client.open_session("one")
    kinds = [(kind, type(update)) for kind, _, update in listener.news]
    assert kinds[:2] == [("reset", type(None)), ("updated", UserMessageChunk)]
    await until(lambda: len(listener.news) == 3, "the level is told")
    assert isinstance(listener.news[2][2], CurrentModeUpdate)


async def test_all_pages_of_the_list_are_read(connected: Connected) -> None:
    _, client, _ = connected
    assert [session.title for session in await client.list_sessions()] == ["talk 0", "talk 1", "talk 2"]


async def test_level_options_and_our_extensions_pass_the_sdk(connected: Connected) -> None:
    server, client, listener = connected
    await client.set_mode("one", "expert")
    await client.set_config_option("one", "style", "minimal")
    assert (await client.journal(limit=5, before=9)).entries == []
    assert server.agent.asked[1:] == [
        ("set_session_mode", {"session_id": "one", "mode_id": "expert"}),
        ("set_config_option", {"config_id": "style", "value": "minimal"}),
        ("nixforhumanity/journal", {"limit": 5, "before": 9}),
    ]
    await until(lambda: listener.news, "the level is told")


async def test_what_an_agent_cannot_do_is_a_plain_error(connected: Connected) -> None:
    _, client, _ = connected
    with pytest.raises(UserError) as refused:
        await client.delete_session("one")
    assert refused.value.message.id == "server-cannot-do-that"
    with pytest.raises(UserError) as unknown:
        await client.open_session("another")
    assert unknown.value.message.id == "server-failed"


async def test_after_a_break_the_conversation_is_loaded_again(connected: Connected) -> None:
    server, client, listener = connected
    await client.new_session()
    server.break_all()
    await until(lambda: server.connection_count == 2, "it is connected again")
    await until(lambda: "words of before" in listener.texts(), "it is replayed")
    assert listener.texts() == ["(reset)", "words of before"]
