"""The official SDK's own client against our server, over WebSocket and over standard input and output."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import acp
import pytest
from acp import schema
from acp.ws import create_websocket_stream

from acp_judge import AcpJudge, Direction
from served import LIMIT_SECONDS, TOKEN, served

PROGRAM = Path(__file__).parents[1] / "stdio_agent.py"


class Person:
    """A client of the SDK that remembers what it is told and says yes, or nothing."""

    def __init__(self, *, answers: bool = True) -> None:
        self.updates: list[Any] = []
        self.questions: list[Any] = []
        self.asked = asyncio.Event()
        self._answers = answers

    async def session_update(self, session_id: str, update: Any, **_: Any) -> None:
        self.updates.append(update)

    async def request_permission(
        self, session_id: str, tool_call: Any, options: list[Any], **_: Any
    ) -> schema.RequestPermissionResponse:
        self.questions.append((tool_call, options))
        self.asked.set()
        if not self._answers:
            return schema.RequestPermissionResponse(outcome=schema.DeniedOutcome(outcome="cancelled"))
        chosen = schema.AllowedOutcome(outcome="selected", option_id=options[0].option_id)
        return schema.RequestPermissionResponse(outcome=chosen)

    def said(self) -> str:
        return "".join(one.content.text for one in self.updates if isinstance(one, schema.AgentMessageChunk))


class JudgedTransport:
    """Shows every message of a transport of the SDK to the judge."""

    def __init__(self, transport: Any, judge: AcpJudge) -> None:
        self._transport = transport
        self._judge = judge

    async def send(self, message: dict[str, Any]) -> None:
        await self._transport.send(message)
        if "result" in message:
            self._judge.judge_frame(json.dumps(message).encode(), Direction.TO_SERVER)

    async def receive(self) -> dict[str, Any] | None:
        message = await self._transport.receive()
        if message is not None and "method" in message:
            self._judge.judge_frame(json.dumps(message).encode(), Direction.TO_CLIENT)
        return message  # type: ignore[no-any-return]

    async def close(self) -> None:
        await self._transport.close()


@contextlib.asynccontextmanager
async def over_websocket(person: Person) -> AsyncIterator[Any]:
    async with served() as to:
        stream = await create_websocket_stream(to.url, headers={"Authorization": f"Bearer {TOKEN}"})
        connection = acp.connect_to_agent(person, JudgedTransport(stream, AcpJudge()))  # type: ignore[arg-type]
        try:
            yield connection
        finally:
            await connection.close()


@contextlib.asynccontextmanager
async def over_stdio(person: Person) -> AsyncIterator[Any]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    connection = acp.connect_to_agent(person, process.stdin, process.stdout)  # type: ignore[arg-type]
    try:
        yield connection
    finally:
        await connection.close()
        process.stdin.close()
        async with asyncio.timeout(LIMIT_SECONDS):
            assert await process.wait() == 0


@pytest.fixture(params=[over_websocket, over_stdio], ids=["websocket", "stdio"])
def connect(request: pytest.FixtureRequest) -> Any:
    return request.param


async def test_a_whole_conversation(connect: Any) -> None:
    person = Person()
    async with connect(person) as agent, asyncio.timeout(30):
        hello = await agent.initialize(protocol_version=acp.PROTOCOL_VERSION)
        assert hello.protocol_version == 1
        assert hello.agent_capabilities.load_session
        assert hello.agent_capabilities.session_capabilities.resume is not None
        session = await agent.new_session(cwd="/", mcp_servers=[])
        assert session.modes.current_mode_id == "beginner"
        assert session.config_options[0].id == "style"

        turn = await agent.prompt(session_id=session.session_id, prompt=[acp.text_block("say one two three")])
        assert turn.stop_reason == "end_turn"
        assert person.said() == "one two three "

        turn = await agent.prompt(session_id=session.session_id, prompt=[acp.text_block("plan")])
        assert turn.stop_reason == "end_turn"
        [(call, options)] = person.questions
        assert call.title == "Install"
        assert [one.kind for one in options] == ["allow_once", "reject_once"]
        kinds = {type(one) for one in person.updates}
        assert {schema.AgentPlanUpdate, schema.ToolCallStart, schema.ToolCallProgress} <= kinds

        before = len(person.updates)
        await agent.load_session(session_id=session.session_id, cwd="/", mcp_servers=[])
        assert person.updates[before:] == person.updates[:before]
        await agent.resume_session(session_id=session.session_id, cwd="/", mcp_servers=[])
        await agent.set_session_mode(session_id=session.session_id, mode_id="expert")
        chosen = await agent.set_config_option(
            config_id="style", session_id=session.session_id, value="minimal"
        )
        assert chosen.config_options[0].id == "style"
        listed = await agent.list_sessions()
        assert [one.session_id for one in listed.sessions] == [session.session_id]
        host = await agent.ext_method("nixforhumanity/host", {})
        assert host["kind"] == "practice"


async def test_a_turn_is_cancelled(connect: Any) -> None:
    person = Person()
    async with connect(person) as agent, asyncio.timeout(30):
        await agent.initialize(protocol_version=1)
        session = await agent.new_session(cwd="/", mcp_servers=[])
        prompt = [acp.text_block("hang")]
        turn = asyncio.create_task(agent.prompt(session_id=session.session_id, prompt=prompt))
        while not person.updates or not isinstance(person.updates[-1], schema.UserMessageChunk):
            await asyncio.sleep(0.002)
        await agent.cancel(session_id=session.session_id)
        assert (await turn).stop_reason == "cancelled"


async def test_a_client_that_declines(connect: Any) -> None:
    person = Person(answers=False)
    async with connect(person) as agent, asyncio.timeout(30):
        await agent.initialize(protocol_version=1)
        session = await agent.new_session(cwd="/", mcp_servers=[])
        await agent.prompt(session_id=session.session_id, prompt=[acp.text_block("plan")])
        assert person.said() == "you chose: nothing"


async def test_errors_reach_the_client(connect: Any) -> None:
    person = Person()
    async with connect(person) as agent, asyncio.timeout(30):
        await agent.initialize(protocol_version=1)
        session = await agent.new_session(cwd="/", mcp_servers=[])
        with pytest.raises(acp.RequestError) as caught:
            await agent.prompt(session_id=session.session_id, prompt=[acp.text_block("refuse")])
        assert caught.value.code == -32000
        assert str(caught.value).startswith("This computer does not allow")
        with pytest.raises(acp.RequestError) as caught:
            await agent.ext_method("nixforhumanity/none", {})
        assert caught.value.code == -32601
