"""Conversations over a real WebSocket, message by message; the judge reads every frame of the server."""

import asyncio
import json
import logging
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from nixforhumanity.protocol.methods import EXTENSION_METHODS, EXTENSIONS
from nixforhumanity.server.limits import Limits
from served import LIMIT_SECONDS, RawClient, eventually, raw_client, served

PERMISSION = "session/request_permission"


def allow(question: dict[str, Any]) -> dict[str, Any]:
    return {"id": question["id"], "result": {"outcome": {"outcome": "selected", "optionId": "allow"}}}


async def closing(client: RawClient) -> tuple[int, str]:
    """Read to the end and return the code and reason of the server's goodbye."""
    async with asyncio.timeout(LIMIT_SECONDS):
        with pytest.raises(ConnectionClosed) as caught:
            await _read_to_the_end(client)
    goodbye = caught.value.rcvd
    assert goodbye is not None
    return goodbye.code, goodbye.reason


async def _read_to_the_end(client: RawClient) -> None:
    while True:
        await client.websocket.recv()


async def test_hello() -> None:
    async with served() as to, raw_client(to) as client:
        answer = (await client.ask("initialize", protocolVersion=7))["result"]
        assert answer["protocolVersion"] == 1
        assert answer["agentInfo"]["name"] == "nix-for-humanity"
        assert answer["agentInfo"]["version"] == "9.8.7"
        abilities = answer["agentCapabilities"]
        assert abilities["loadSession"] is True
        assert set(abilities["sessionCapabilities"]) == {"list", "resume", "delete"}
        assert abilities["_meta"][EXTENSIONS] == list(EXTENSION_METHODS)


async def test_nothing_before_hello() -> None:
    async with served() as to, raw_client(to) as client:
        answer = await client.ask("session/new", cwd="/", mcpServers=[])
        assert answer["error"]["code"] == -32600
        await client.send(method="session/cancel", params={"sessionId": "s"})
        await client.open_session()
        assert to.service.cancelled == []


async def test_an_answer_is_streamed_in_order_and_before_the_end_of_the_turn() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        words = " ".join(str(number) for number in range(200))
        turn = await client.begin_prompt(session, "say " + words)
        assert (await client.answer_to(turn))["result"] == {"stopReason": "end_turn"}
        assert client.said().strip() == words


async def test_a_plan_is_shown_permitted_and_carried_out() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "plan")
        question = await client.receive_call(PERMISSION)
        await client.send(**allow(question))
        assert (await client.answer_to(turn))["result"]["stopReason"] == "end_turn"
        kinds = [one["params"]["update"]["sessionUpdate"] for one in client.updates]
        assert kinds[-4:] == ["tool_call", "tool_call_update", "tool_call_update", "session_info_update"]
        assert client.judge.open_requests() == []


async def test_all_the_other_methods() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "say hello")
        await client.answer_to(turn)
        seen = len(client.updates)
        await client.ask("session/load", sessionId=session, cwd="/", mcpServers=[])
        assert client.updates[seen:] == client.updates[:seen]
        await client.ask("session/resume", sessionId=session, cwd="/", mcpServers=[])
        assert len(client.updates) == 2 * seen
        listed = (await client.ask("session/list"))["result"]["sessions"]
        assert [one["sessionId"] for one in listed] == [session]
        assert "result" in await client.ask("session/set_mode", sessionId=session, modeId="expert")
        answer = await client.ask(
            "session/set_config_option", sessionId=session, configId="style", value="minimal"
        )
        assert answer["result"]["configOptions"][0]["id"] == "style"
        entries = (await client.ask("_nixforhumanity/journal", limit=1))["result"]["entries"]
        assert entries[0]["title"] == "Install hello"
        assert (await client.ask("_nixforhumanity/host"))["result"]["kind"] == "practice"
        assert (await client.ask("_nixforhumanity/undo", sessionId=session))["result"] == {}
        assert (await client.ask("session/delete", sessionId=session))["result"] == {}
        assert to.service.sessions == {}


async def test_a_turn_that_hangs_blocks_nothing_and_can_be_cancelled() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        hanging = await client.begin_prompt(session, "hang")
        other = await client.begin_prompt(session, "say hello")
        assert (await client.answer_to(other))["result"]["stopReason"] == "end_turn"
        assert "result" in await client.ask("session/list")
        await client.send(method="session/cancel", params={"sessionId": session})
        assert (await client.answer_to(hanging))["result"]["stopReason"] == "cancelled"


async def test_a_cancel_right_behind_the_prompt_is_not_lost() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        for _ in range(20):
            turn = await client.begin_prompt(session, "hang")
            await client.send(method="session/cancel", params={"sessionId": session})
            assert (await client.answer_to(turn))["result"]["stopReason"] == "cancelled"


async def test_the_request_of_a_turn_can_be_cancelled_by_its_id() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "hang")
        await client.send(method="$/cancel_request", params={"requestId": turn})
        assert (await client.answer_to(turn))["result"]["stopReason"] == "cancelled"
        await client.send(method="$/cancel_request", params={"requestId": 999})
        assert "result" in await client.ask("session/list")


async def test_a_question_is_withdrawn_when_the_turn_is_cancelled() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "ask")
        question = await client.receive_call(PERMISSION)
        await client.send(method="session/cancel", params={"sessionId": session})
        withdrawal = await client.receive_call("$/cancel_request")
        assert withdrawal["params"] == {"requestId": question["id"]}
        assert (await client.answer_to(turn))["result"]["stopReason"] == "cancelled"
        await client.send(**allow(question))  # too late: nothing comes of it
        assert "result" in await client.ask("session/list")
        assert to.service.outcomes == []


@pytest.mark.parametrize(
    "answer",
    [
        {"result": {"outcome": {"outcome": "cancelled"}}},
        {"error": {"code": -32601, "message": "cannot ask"}},
    ],
)
async def test_a_client_that_cannot_or_does_not_choose(answer: dict[str, Any]) -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "ask")
        question = await client.receive_call(PERMISSION)
        await client.send(id=question["id"], **answer)
        await client.answer_to(turn)
        assert client.said() == "you chose: nothing"


async def test_an_answer_nobody_can_read_is_no_permission() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "ask")
        question = await client.receive_call(PERMISSION)
        await client.websocket.send(
            f'{{"jsonrpc":"2.0","id":{question["id"]},"result":{{"outcome":{{"outcome":"yes"}}}}}}'
        )
        client.judge = type(client.judge)()
        while "stopReason" not in str(message := await _unjudged(client)):
            pass
        assert message["id"] == turn
        assert [type(one).__name__ for one in to.service.outcomes] == ["Cancelled"]


async def _unjudged(client: RawClient) -> dict[str, Any]:
    return dict(json.loads(await client.websocket.recv()))


async def test_a_client_that_leaves_is_forgotten_and_its_question_cancelled() -> None:
    async with served() as to:
        async with raw_client(to) as client:
            session = await client.open_session()
            await client.begin_prompt(session, "ask")
            await client.receive_call(PERMISSION)
        await eventually(lambda: to.service.outcomes, "the question was cancelled")
        assert [type(one).__name__ for one in to.service.outcomes] == ["Cancelled"]
        await eventually(lambda: not to.service.sessions[session].audiences, "it was forgotten")


async def test_what_a_client_started_goes_on_without_it() -> None:
    async with served() as to:
        async with raw_client(to) as client:
            session = await client.open_session()
            await client.begin_prompt(session, "hang")
            await eventually(to.service.hanging.is_set, "the turn runs")
            client.websocket.transport.abort()
        await eventually(lambda: to.service.left, "the client was noticed to be gone")
        assert len(to.service.sessions[session].turns) == 1
        async with raw_client(to) as client:
            await client.ask("initialize", protocolVersion=1)
            await client.ask("session/load", sessionId=session, cwd="/", mcpServers=[])
            assert "hang" in str(client.updates)
            await client.send(method="session/cancel", params={"sessionId": session})
            await eventually(lambda: not to.service.sessions[session].turns, "the turn has ended")


async def test_two_windows_of_one_session_see_the_same() -> None:
    async with served() as to, raw_client(to) as first, raw_client(to) as second:
        session = await first.open_session()
        await second.ask("initialize", protocolVersion=1)
        await second.ask("session/resume", sessionId=session, cwd="/")
        turn = await first.begin_prompt(session, "say hello")
        await first.answer_to(turn)
        assert (await second.receive_call("session/update"))["params"]["sessionId"] == session
        while "hello" not in second.said():
            second.updates.append(await second.receive_call("session/update"))


async def test_an_error_for_the_person() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        error = (await client.answer_to(await client.begin_prompt(session, "refuse")))["error"]
        assert error["code"] == -32000
        assert error["message"].startswith("This computer does not allow the use of port 80.")
        assert error["data"] == {
            "messageId": "port-not-permitted",
            "parameters": {"port": 80, "free_port": 13457},
        }


async def test_a_bug_is_logged_under_the_number_that_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        with caplog.at_level(logging.ERROR):
            error = (await client.answer_to(await client.begin_prompt(session, "crash")))["error"]
        assert error["code"] == -32603
        assert "secret" not in str(error)
        number = error["data"]["parameters"]["error_id"]
        assert number in error["message"]
        assert [number in record.getMessage() for record in caplog.records] == [True]
        assert "result" in await client.ask("session/list")


async def test_an_update_that_cannot_be_sent_does_not_end_anything(caplog: pytest.LogCaptureFixture) -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "unspeakable")
        assert (await client.answer_to(turn))["result"]["stopReason"] == "end_turn"
        assert client.said() == ""
        assert "cannot be sent" in caplog.text


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("nonsense", -32700),
        (b"\xff\xfe", -32700),
        ("[" * 100_000, -32600),
        ("{}", -32600),
        ('{"jsonrpc":"2.0","id":5,"method":"no/such"}', -32601),
        ('{"jsonrpc":"2.0","id":5,"method":"session/load","params":{"sessionId":1}}', -32602),
    ],
)
async def test_bad_frames_are_answered_and_the_connection_stays(frame: str | bytes, code: int) -> None:
    async with served() as to, raw_client(to) as client:
        await client.open_session()
        await client.websocket.send(frame)
        answer = await _unjudged(client)
        assert answer["error"]["code"] == code
        assert "result" in await client.ask("session/list")


async def test_a_frame_over_the_limit_ends_the_connection() -> None:
    async with served() as to, raw_client(to) as client:
        await client.ask("initialize", protocolVersion=1)
        fitting = '{"jsonrpc":"2.0","method":"x","params":"' + "x" * ((1 << 20) - 42) + '"}'
        assert len(fitting) == 1 << 20
        await client.websocket.send(fitting)
        assert "result" in await client.ask("session/list")
        await client.websocket.send(fitting + " ")
        assert (await closing(client))[0] == 1009


async def test_too_many_requests_are_refused_until_it_is_calmer() -> None:
    async with served(limits=Limits(requests_per_second=20)) as to, raw_client(to) as client:
        await client.open_session()
        asked = [await client.begin("session/list") for _ in range(60)]
        answers = [await client.answer_to(one) for one in asked]
        refused = [one["error"] for one in answers if "error" in one]
        assert len(answers) - len(refused) in range(15, 45)
        assert {one["data"]["messageId"] for one in refused} == {"server-too-many-requests"}
        await eventually_answered(client)


async def eventually_answered(client: RawClient) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while "error" in await client.ask("session/list"):
            await asyncio.sleep(0.05)


async def test_a_flood_ends_the_connection_with_a_reason() -> None:
    limits = Limits(requests_per_second=10, refused_before_closing=50)
    async with served(limits=limits) as to, raw_client(to) as client:
        await client.open_session()
        try:
            for _ in range(2000):
                await client.websocket.send("nonsense")
        except ConnectionClosed:
            pass
        assert await closing(client) == (1008, "Too many requests in a short time.")


async def test_too_many_open_requests() -> None:
    async with served(limits=Limits(open_requests=2)) as to, raw_client(to) as client:
        session = await client.open_session()
        turns = [await client.begin_prompt(session, "hang") for _ in range(3)]
        refused = await client.answer_to(turns[2])
        assert refused["error"]["data"]["messageId"] == "server-too-many-requests"
        await client.send(method="session/cancel", params={"sessionId": session})
        ends = [await client.answer_to(one) for one in turns[:2]]
        assert [one["result"]["stopReason"] for one in ends] == ["cancelled"] * 2


async def test_a_client_that_does_not_read_is_dropped_with_a_reason() -> None:
    async with served(limits=Limits(unsent_bytes=1 << 20)) as to, raw_client(to, max_queue=1) as client:
        session = await client.open_session()
        await client.begin_prompt(session, "flood 200")
        assert await closing(client) == (1008, "Messages were not read in time.")
        await eventually(lambda: to.service.left, "it was forgotten")


async def test_a_client_that_never_reads_again_is_cut_off() -> None:
    limits = Limits(unsent_bytes=1 << 20, close_seconds=0.2)
    async with served(limits=limits) as to, raw_client(to, max_queue=1) as client:
        session = await client.open_session()
        client.websocket.transport.pause_reading()
        await client.begin_prompt(session, "flood 200")
        await eventually(lambda: to.server.clients == 0, "it was cut off")
        client.websocket.transport.abort()


async def test_a_large_answer_that_is_read_arrives() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "flood 60")
        await client.answer_to(turn)
        assert len(client.said()) == 6_000_000


async def test_stopping_says_goodbye() -> None:
    async with served() as to, raw_client(to) as client:
        session = await client.open_session()
        turn = await client.begin_prompt(session, "hang")
        await eventually(to.service.hanging.is_set, "the turn runs")
        stopping = asyncio.create_task(to.server.stop(2.5))
        assert (await client.answer_to(turn))["result"]["stopReason"] == "cancelled"
        assert await closing(client) == (1001, "The assistant is shutting down.")
        await stopping
        assert to.service.stopped_with == 2.5
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", to.port)


async def test_stopping_does_not_wait_for_those_at_the_door() -> None:
    async with served() as to:
        _, writer = await asyncio.open_connection("127.0.0.1", to.port)
        await eventually(lambda: to.server.waiting == 1, "someone waits")
        async with asyncio.timeout(3):
            await to.server.stop(0.1)
        writer.close()
