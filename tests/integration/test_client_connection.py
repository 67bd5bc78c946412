"""The window's connection on real sockets, against a server that fails in every way that comes to mind."""

import asyncio
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from faulty_server import Fault, FaultyServer, FixedConnector, RememberingListener, until
from nixforhumanity.client import backoff
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.interface import AssistantConnection, ConnectionPhase
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.messages import Selected

PROGRAM = Path(__file__).parents[2] / "gui"
ERROR_FOR_A_PERSON = {
    "code": -32000,
    "message": "There is no such thing.",
    "data": {"messageId": "no-such-thing", "parameters": {"name": "x", "message_id": "odd", "self": 1}},
}


@asynccontextmanager
async def connected(
    server: FaultyServer, outbox: Path | None = None
) -> AsyncIterator[tuple[AssistantClient, RememberingListener]]:
    """Give a client that is connected to the server."""
    listener = RememberingListener()
    client = AssistantClient(FixedConnector(server.port), Outbox(outbox), listener)
    as_promised: AssistantConnection = client
    await as_promised.start()
    try:
        await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
        yield client, listener
    finally:
        await client.stop()


@pytest.fixture
async def server() -> AsyncIterator[FaultyServer]:
    """Give a server that does nothing wrong yet."""
    async with FaultyServer() as one:
        yield one


async def test_a_prompt_is_answered_and_leaves_the_outbox(server: FaultyServer, tmp_path: Path) -> None:
    async with connected(server, tmp_path / "outbox.db") as (client, listener):
        session = await client.new_session()
        prompt = client.send_prompt(session, "install firefox")
        await until(lambda: prompt in listener.ended, "the prompt ended")
        assert listener.ended[prompt] == "end_turn"
        assert listener.texts() == ["heard: install firefox"]
        assert client.waiting_prompts(session) == ()
    left = Outbox(tmp_path / "outbox.db")
    assert left.waiting("local") == ()
    left.close()
    assert listener.phases() == [ConnectionPhase.CONNECTED, ConnectionPhase.STOPPED]


async def test_the_token_is_sent_only_after_the_proof(server: FaultyServer) -> None:
    server.prove_wrongly = True
    listener = RememberingListener()
    client = AssistantClient(FixedConnector(server.port), Outbox(None), listener)
    await client.start()
    await until(lambda: listener.states, "the state is told")
    assert listener.states[0].phase is ConnectionPhase.WAITING
    assert listener.states[0].problem is not None
    assert listener.states[0].problem.id == "server-not-proven"
    assert server.authorizations == []
    server.prove_wrongly = False
    await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
    assert server.authorizations == [f"Bearer {server.token}"]
    await client.stop()


async def test_no_proxy_of_the_environment_sees_a_local_connection(
    server: FaultyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "socks_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with connected(server) as (client, _):
        assert await client.list_sessions() == []


@pytest.mark.parametrize(
    ("status", "phase", "problem"),
    [
        (401, ConnectionPhase.WAITING, "server-answers-wrongly"),
        (403, ConnectionPhase.FAILED, "server-refuses"),
        (503, ConnectionPhase.WAITING, "server-answers-wrongly"),
        (302, ConnectionPhase.WAITING, "server-answers-wrongly"),
    ],
)
async def test_a_refusal_is_said_and_no_redirect_is_followed(
    status: int, phase: ConnectionPhase, problem: str, server: FaultyServer
) -> None:
    server.refuse_with = status
    listener = RememberingListener()
    client = AssistantClient(FixedConnector(server.port), Outbox(None), listener)
    await client.start()
    await until(lambda: listener.states, "the state is told")
    state = listener.states[0]
    assert (state.phase, state.problem and state.problem.id) == (phase, problem)
    server.refuse_with = None
    await client.retry_now()
    await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
    await client.stop()


FAULTS_THAT_BREAK = (Fault.LOSE_PROMPT, Fault.LOSE_ANSWER, Fault.HALF_ANSWER, Fault.FALL_SILENT)


@pytest.mark.parametrize("fault", list(Fault)[:-1])
async def test_after_any_fault_the_prompt_is_carried_out_once_and_ends_once(
    fault: Fault, server: FaultyServer
) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        server.faults.append(fault)
        prompt = client.send_prompt(session, "one")
        later = client.send_prompt(session, "two")
        await until(lambda: {prompt, later} <= set(listener.ended), "both have ended", 15)
        assert set(listener.ended.values()) == {"end_turn"}
        assert listener.end_count == 2
        assert sorted(server.texts()) == ["one", "two"]
        assert server.connection_count == (2 if fault in FAULTS_THAT_BREAK else 1)
        assert client.waiting_prompts(session) == ()


async def test_after_a_break_open_sessions_are_loaded_again_before_the_outbox_is_sent(
    server: FaultyServer,
) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        first = client.send_prompt(session, "one")
        await until(lambda: first in listener.ended, "the first has ended")
        server.faults.append(Fault.LOSE_ANSWER)
        second = client.send_prompt(session, "two")
        await until(lambda: second in listener.ended, "the second has ended")
        assert listener.texts() == ["heard: one", "(reset)", "one", "two", "heard: two"]
        assert server.methods() == [
            *("initialize", "session/new", "session/prompt", "session/prompt"),
            *("initialize", "session/load", "session/prompt"),
        ]
        assert server.arrivals == [first, second, second]


async def test_words_typed_while_disconnected_wait_and_are_sent_in_order(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        await server.stop()
        await until(lambda: client.state.phase is ConnectionPhase.WAITING, "it is waiting")
        prompts = tuple(client.send_prompt(session, f"words {number}") for number in range(5))
        assert client.waiting_prompts(session) == prompts
        await server.start()
        await until(lambda: len(listener.ended) == 5, "all have ended")
        assert server.texts() == [f"words {number}" for number in range(5)]


async def test_words_survive_the_window(server: FaultyServer, tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    async with connected(server, path) as (client, listener):
        session = await client.new_session()
        server.faults.append(Fault.NEVER_ANSWER)
        unanswered = client.send_prompt(session, "unanswered")
        await until(lambda: server.carried_out, "it has arrived")
        await server.stop()
        await until(lambda: client.state.phase is ConnectionPhase.WAITING, "it is waiting")
        unsent = client.send_prompt(session, "unsent")
    await server.start()
    async with connected(server, path) as (_, listener):
        await until(lambda: {unanswered, unsent} == set(listener.ended), "both have ended")
        assert server.texts() == ["unanswered", "unsent"]
        assert server.arrivals == [unanswered, unanswered, unsent]
        # The new window does not show that session: it is joined, not replayed.
        assert server.methods()[-3:] == ["session/resume", "session/prompt", "session/prompt"]
        assert "(reset)" not in listener.texts()


async def test_words_for_one_server_never_go_to_another(server: FaultyServer) -> None:
    listener = RememberingListener()
    async with FaultyServer() as other:
        connector = FixedConnector(server.port)
        client = AssistantClient(connector, Outbox(None), listener)
        await client.start()
        session = await client.new_session()
        await server.stop()
        await until(lambda: client.state.phase is ConnectionPhase.WAITING, "it is waiting")
        private = client.send_prompt(session, "private words")
        connector.address, connector.home = f"127.0.0.1:{other.port}", "wss://other"
        await client.retry_now()
        await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
        await client.list_sessions()
        assert other.methods() == ["initialize", "session/list"]
        assert client.waiting_prompts(session) == (private,)
        await server.start()
        connector.address, connector.home = f"127.0.0.1:{server.port}", "local"
        await client.retry_now()
        await until(lambda: private in listener.ended, "it was sent to its own server")
        assert server.texts() == ["private words"]
        assert connector.stopped == 1
        await client.stop()


async def test_a_server_that_answers_no_ping_is_left_within_seconds(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        server.faults.append(Fault.FALL_SILENT)
        begin = asyncio.get_running_loop().time()
        prompt = client.send_prompt(session, "anyone there")
        await until(lambda: prompt in listener.ended, "it has ended")
        assert asyncio.get_running_loop().time() - begin < 7


async def test_a_server_that_is_back_is_found_at_once(server: FaultyServer) -> None:
    async with connected(server) as (client, _):
        server.break_all()
        begin = asyncio.get_running_loop().time()
        await until(lambda: server.connection_count == 2, "it is connected again")
        await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected again")
        assert asyncio.get_running_loop().time() - begin < 0.5


async def test_short_waits_do_not_make_the_window_flicker(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        await server.stop()
        await until(lambda: client.state.retry_seconds, "the wait is long enough to be shown")
        assert all(state.retry_seconds is None or state.retry_seconds >= 1 for state in listener.states)
        told = [state for state in listener.states if state.retry_seconds is None]
        assert [state.phase for state in told] == [
            ConnectionPhase.CONNECTED,
            *[ConnectionPhase.WAITING] * (len(told) - 1),
        ]
        assert len(told) <= 3


async def test_garbage_in_every_form_leaves_the_connection_up(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        server.faults.extend([Fault.SAY_GARBAGE] * 3)
        prompts = [client.send_prompt(session, f"{number}") for number in range(3)]
        await until(lambda: set(prompts) == set(listener.ended), "all have ended")
        assert server.connection_count == 1
        assert listener.questions == []
        assert server.answers[5]["error"]["code"] == -32601
        assert server.answers[6]["error"]["code"] == -32602


def permission(request_id: int | str, session: str) -> dict[str, object]:
    """Return the frame that asks the person."""
    options = [
        {"optionId": "allow", "name": "Install", "kind": "allow_once"},
        {"optionId": "reject", "name": "Not now", "kind": "reject_once"},
    ]
    params = {"sessionId": session, "toolCall": {"toolCallId": "t"}, "options": options}
    return {"jsonrpc": "2.0", "id": request_id, "method": "session/request_permission", "params": params}


async def test_the_persons_choice_is_the_answer(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        await server.say(permission("q", session))
        await until(lambda: listener.choice, "the question is shown")
        assert listener.choice is not None
        listener.choice.set_result(Selected(option_id="allow"))
        await until(lambda: "q" in server.answers, "the answer has arrived")
        assert server.answers["q"]["result"] == {"outcome": {"outcome": "selected", "optionId": "allow"}}


@pytest.mark.parametrize(
    "choice", [Selected(option_id="never offered"), RuntimeError("a fault of the window")]
)
async def test_a_choice_that_was_not_offered_or_a_fault_is_no_yes(
    choice: Selected | Exception, server: FaultyServer
) -> None:
    async with connected(server) as (client, listener):
        await server.say(permission("q", await client.new_session()))
        await until(lambda: listener.choice, "the question is shown")
        assert listener.choice is not None
        if isinstance(choice, Exception):
            listener.choice.set_exception(choice)
        else:
            listener.choice.set_result(choice)
        await until(lambda: "q" in server.answers, "the answer has arrived")
        assert server.answers["q"]["result"] == {"outcome": {"outcome": "cancelled"}}


async def test_a_withdrawn_question_disappears(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        await server.say(permission("q", await client.new_session()))
        await until(lambda: listener.questions, "the question is shown")
        await server.say({"jsonrpc": "2.0", "method": "$/cancel_request", "params": {"requestId": "q"}})
        await until(lambda: listener.withdrawn, "the question is gone")
        await until(lambda: "q" in server.answers, "the answer has arrived")
        assert server.answers["q"]["error"]["code"] == -32800


async def test_a_lost_connection_takes_its_questions_with_it(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        await server.say(permission("q", await client.new_session()))
        await until(lambda: listener.questions, "the question is shown")
        server.break_all()
        await until(lambda: listener.withdrawn, "the question is gone")
        await until(lambda: server.connection_count == 2, "it is connected again")
        await client.list_sessions()
        assert "q" not in server.answers


async def test_stop_answers_the_question_and_tells_the_server(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session, other = await client.new_session(), await client.new_session()
        await server.say(permission("mine", session))
        await server.say(permission("other", other))
        await until(lambda: len(listener.questions) == 2, "the questions are shown")
        client.cancel(session)
        await until(lambda: "session/cancel" in server.methods(), "the server is told")
        await until(lambda: "mine" in server.answers, "the answer has arrived")
        assert server.answers["mine"]["result"] == {"outcome": {"outcome": "cancelled"}}
        assert [question.session_id for question in listener.withdrawn] == [session]


async def test_what_is_stopped_while_disconnected_is_never_sent(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        await server.stop()
        await until(lambda: client.state.phase is ConnectionPhase.WAITING, "it is waiting")
        prompt = client.send_prompt(session, "delete everything")
        client.cancel(session)
        await until(lambda: prompt in listener.ended, "it has ended")
        assert listener.ended[prompt] == "cancelled"
        assert client.waiting_prompts(session) == ()
        await server.start()
        await until(lambda: "session/cancel" in server.methods(), "the server is told")
        assert await client.list_sessions()
        assert server.carried_out == []


async def test_what_is_stopped_just_before_the_connection_breaks_is_not_sent_again(
    server: FaultyServer,
) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        server.faults.append(Fault.LOSE_PROMPT)
        prompt = client.send_prompt(session, "delete everything")
        client.cancel(session)
        await until(lambda: prompt in listener.ended, "it has ended")
        assert listener.ended[prompt] == "cancelled"
        await until(lambda: server.methods().count("session/cancel") >= 1, "the server is told")
        await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
        await client.list_sessions()
        assert server.methods().count("session/prompt") == 1
        assert server.carried_out == []


async def test_an_error_for_the_person_ends_the_prompt_and_reaches_calls(server: FaultyServer) -> None:
    server.errors = {"session/prompt": ERROR_FOR_A_PERSON, "_nixforhumanity/undo": ERROR_FOR_A_PERSON}
    async with connected(server) as (client, listener):
        session = await client.new_session()
        prompt = client.send_prompt(session, "x")
        await until(lambda: prompt in listener.ended, "it has ended")
        problem = listener.ended[prompt]
        assert isinstance(problem, Message)
        assert (problem.id, problem.parameters["name"]) == ("no-such-thing", "x")
        assert problem.parameters["text"] == "There is no such thing."
        assert client.waiting_prompts(session) == ()
        with pytest.raises(UserError) as refused:
            await client.undo(session)
        assert refused.value.message == problem


async def test_a_call_asks_again_after_a_break_but_a_new_conversation_does_not(server: FaultyServer) -> None:
    async with connected(server) as (client, _):
        listing = asyncio.ensure_future(client.list_sessions())
        await asyncio.sleep(0)
        server.break_all()
        assert await listing == []
        beginning = asyncio.ensure_future(client.new_session())
        await asyncio.sleep(0)
        server.break_all()
        with pytest.raises(UserError) as lost:
            await beginning
        assert lost.value.message.id == "connection-lost"


async def test_calls_say_why_there_is_no_connection(server: FaultyServer) -> None:
    server.refuse_with = 403
    client = AssistantClient(FixedConnector(server.port), Outbox(None), RememberingListener())
    await client.start()
    with pytest.raises(UserError) as refused:
        await client.journal()
    assert refused.value.message.id == "server-refuses"
    await client.stop()
    with pytest.raises(UserError) as stopped:
        await client.host()
    assert stopped.value.message.id == "not-connected"


async def test_a_fault_in_the_window_does_not_break_the_connection(server: FaultyServer) -> None:
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context["exception"]))
    async with connected(server) as (client, listener):
        session = await client.new_session()
        listener.session_updated = lambda *_: 1 / 0  # type: ignore[assignment,return-value]
        prompt = client.send_prompt(session, "one")
        await until(lambda: prompt in listener.ended, "it has ended")
        assert [type(fault) for fault in faults] == [ZeroDivisionError]
        assert server.connection_count == 1


async def test_words_that_are_too_long_or_not_text_are_handled(server: FaultyServer) -> None:
    async with connected(server) as (client, listener):
        session = await client.new_session()
        with pytest.raises(UserError) as refused:
            client.send_prompt(session, "x" * 300_000)
        assert refused.value.message.id == "prompt-too-long"
        prompt = client.send_prompt(session, "half \ud83d a pair 🙂")
        await until(lambda: prompt in listener.ended, "it has ended")
        assert server.texts() == ["half \ufffd a pair 🙂"]


async def test_the_slow_parts_are_not_imported_before_the_first_connection() -> None:
    check = (
        "import sys, nixforhumanity.client.connection, nixforhumanity.client.connector;"
        "print(sorted({'websockets', 'tomlkit', 'keyring'} & set(sys.modules)))"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", check],
        env={"PYTHONPATH": str(PROGRAM)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


async def test_over_many_faults_by_chance_nothing_is_lost_and_nothing_is_done_twice(
    server: FaultyServer,
    seeded_random: random.Random,
    torture_count: Callable[[int], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backoff, "MOST_SECONDS", 0.04)  # a hundred breaks, without the growing waits
    count = torture_count(1000)
    kinds = [Fault.LOSE_PROMPT, Fault.LOSE_ANSWER, Fault.HALF_ANSWER, Fault.ANSWER_TWICE, Fault.SAY_GARBAGE]
    async with connected(server, tmp_path / "outbox.db") as (client, listener):
        session = await client.new_session()
        sent: list[str] = []
        for number in range(count):
            if seeded_random.random() < 0.1:
                server.faults.append(seeded_random.choice(kinds))
            if seeded_random.random() < 0.05:
                server.break_all()
            sent.append(client.send_prompt(session, str(number)))
            if seeded_random.random() < 0.5:
                await asyncio.sleep(0)
        await until(lambda: len(listener.ended) == count, "all have ended", 60)
        assert listener.end_count == count
        assert set(listener.ended.values()) == {"end_turn"}
        assert sorted(server.texts(), key=int) == [str(number) for number in range(count)]
        assert set(listener.ended) == set(sent)
        assert server.connection_count > 1
