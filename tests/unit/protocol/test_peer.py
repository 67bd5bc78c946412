"""The JSON-RPC peer: what it sends, what it makes of what it is sent, and that nothing upsets it."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acp_judge import AcpJudge, Direction
from nixforhumanity.protocol import messages as m
from nixforhumanity.protocol.cards import HostCard
from nixforhumanity.protocol.errors import ErrorCode
from nixforhumanity.protocol.methods import AGENT_METHODS, CLIENT_METHODS
from nixforhumanity.protocol.peer import (
    ErrorReceived,
    Event,
    FrameTooLargeError,
    NotificationReceived,
    Peer,
    ProtocolViolation,
    RequestReceived,
    ResponseReceived,
)

NEW = m.NewSessionRequest(cwd="/", mcp_servers=[])


def frame(**parts: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **parts}).encode()


def only(events: list[Event]) -> Event:
    assert len(events) == 1
    return events[0]


def refusal(received: bytes, peer: Peer | None = None) -> dict[str, Any]:
    event = only((peer or Peer.for_agent()).receive(received))
    assert isinstance(event, ProtocolViolation)
    assert event.reply is not None
    reply = json.loads(event.reply)
    assert set(reply) == {"jsonrpc", "id", "error"}
    assert reply["jsonrpc"] == "2.0"
    return dict(reply)


def silence(received: bytes, peer: Peer | None = None) -> str:
    event = only((peer or Peer.for_agent()).receive(received))
    assert isinstance(event, ProtocolViolation)
    assert event.reply is None
    return event.reason


def test_a_request_is_asked_and_answered() -> None:
    client, agent = Peer.for_client(), Peer.for_agent()
    request_id, sent = client.request("session/new", NEW)
    assert client.open_requests == (request_id,)
    assert only(agent.receive(sent)) == RequestReceived(request_id, "session/new", NEW)
    assert agent.unanswered == {request_id}
    answer = m.NewSessionResponse(session_id="s")
    event = only(client.receive(agent.respond(request_id, answer)))
    assert event == ResponseReceived(request_id, "session/new", answer)
    assert client.open_requests == ()
    assert agent.unanswered == frozenset()


def test_a_request_fails_with_code_and_data() -> None:
    client, agent = Peer.for_client(), Peer.for_agent()
    request_id, sent = client.request("session/new", NEW)
    agent.receive(sent)
    event = only(client.receive(agent.fail(request_id, -32000, "no", {"messageId": "x"})))
    assert isinstance(event, ErrorReceived)
    assert (event.id, event.method) == (request_id, "session/new")
    assert (event.error.code, event.error.message, event.error.data) == (-32000, "no", {"messageId": "x"})


def test_both_sides_may_use_the_same_ids() -> None:
    client, agent = Peer.for_client(), Peer.for_agent()
    to_agent, asked_agent = client.request("session/new", NEW)
    call = m.ToolCallUpdate(tool_call_id="t")
    to_client, asked_client = agent.request(
        "session/request_permission", m.PermissionRequest(session_id="s", tool_call=call, options=[])
    )
    assert to_agent == to_client
    agent.receive(asked_agent)
    client.receive(asked_client)
    outcome = m.PermissionResponse(outcome=m.Selected(option_id="allow"))
    event = only(agent.receive(client.respond(to_client, outcome)))
    assert event == ResponseReceived(to_client, "session/request_permission", outcome)
    assert client.open_requests == (to_agent,)


def test_notifications_arrive() -> None:
    sent = Peer.for_client().notify("session/cancel", m.CancelNotification(session_id="s"))
    assert only(Peer.for_agent().receive(sent)) == NotificationReceived(
        "session/cancel", m.CancelNotification(session_id="s")
    )


def test_what_the_protocol_requires_is_sent_though_we_have_a_default() -> None:
    request = m.LoadSessionRequest(session_id="s", cwd="/")
    _, sent = Peer.for_client().request("session/load", request)
    AcpJudge().judge_frame(sent, Direction.TO_SERVER)
    assert json.loads(sent)["params"]["mcpServers"] == []


def test_an_answer_that_is_nothing_may_be_null() -> None:
    client = Peer.for_client()
    request_id, _ = client.request("session/load", m.LoadSessionRequest(session_id="s", cwd="/"))
    event = only(client.receive(frame(id=request_id, result=None)))
    assert event == ResponseReceived(request_id, "session/load", m.LoadSessionResponse())


def test_params_may_be_left_out_where_nothing_is_required() -> None:
    event = only(Peer.for_agent().receive(frame(id=1, method="session/list")))
    assert event == RequestReceived(1, "session/list", m.ListSessionsRequest())


def test_unknown_fields_are_ignored() -> None:
    params = {"sessionId": "s", "fromTheFuture": [1, {"a": None}]}
    event = only(Peer.for_agent().receive(frame(method="session/cancel", params=params, more=1)))
    assert isinstance(event, NotificationReceived)


def test_what_a_side_cannot_do_is_not_sent() -> None:
    with pytest.raises(KeyError):
        Peer.for_agent().request("session/new", NEW)
    with pytest.raises(KeyError):
        Peer.for_agent().respond(1, m.Nothing())


def test_an_answer_is_given_once() -> None:
    agent = Peer.for_agent()
    agent.receive(frame(id="a", method="session/list"))
    agent.respond("a", m.Nothing())
    with pytest.raises(KeyError):
        agent.fail("a", 1, "again")
    assert isinstance(only(agent.receive(frame(id="a", method="session/list"))), RequestReceived)


def test_a_frame_that_is_too_large_is_not_sent_and_changes_nothing() -> None:
    agent = Peer.for_agent(largest_frame=200)
    agent.receive(frame(id=1, method="_nixforhumanity/host"))
    large = HostCard(kind="nixos", nix_version="2", profile_kind="x", installed=1, sentences=["long " * 100])
    with pytest.raises(FrameTooLargeError):
        agent.respond(1, large)
    assert agent.unanswered == {1}
    assert json.loads(agent.fail(1, -32603, "too large"))["id"] == 1


def test_text_that_cannot_be_sent_changes_nothing() -> None:
    agent = Peer.for_agent()
    agent.receive(frame(id=1, method="session/new", params={"cwd": "/", "mcpServers": []}))
    with pytest.raises(ValueError):
        agent.respond(1, m.NewSessionResponse(session_id="\ud800"))
    assert agent.unanswered == {1}


@pytest.mark.parametrize(
    "received",
    [
        b"",
        b" ",
        b"x",
        b"{",
        b'{"jsonrpc":"2.0","id":1,"method":"session/list","params":{"cwd":NaN}}',
        b'{"jsonrpc":"2.0","id":1,"method":"session/list","params":{}}x',
        b'{"jsonrpc":"2.0","id":1,"method":"session/list","params":{"cwd":"\xff"}}',
        b"\xef\xbb\xbf{}",
        b'{"jsonrpc":"2.0","id":1,"method":"session/list","params":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b"{" * 1_000_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    ],
)
def test_what_is_not_json_is_a_parse_error(received: bytes) -> None:
    reply = refusal(received)
    assert reply["id"] is None
    assert reply["error"]["code"] == ErrorCode.PARSE_ERROR


@pytest.mark.parametrize(
    "received",
    [
        b"1",
        b"null",
        b'"text"',
        b"{}",
        b'{"jsonrpc":"1.0","id":1,"method":"session/list"}',
        b'{"jsonrpc":2.0,"id":1,"method":"session/list"}',
        b'{"id":1,"method":"session/list"}',
        frame(id=1),
        frame(id=1, method=7),
        frame(id=None, method="session/list"),
        frame(id=True, method="session/list"),
        frame(id=1.5, method="session/list"),
        frame(id=[1], method="session/list"),
        frame(id={}, method="session/list"),
        frame(id=2**63, method="session/list"),
        frame(id="x" * 257, method="session/list"),
        b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b',"method":"session/list"}',
        frame(id=1, method="session/list", result={}),
        b"[]",
        b" \r\n\t[" + frame(id=1, method="session/list") + b"]",
        b"[" * 1_000_000,
    ],
)
def test_what_is_no_message_is_an_invalid_request(received: bytes) -> None:
    reply = refusal(received)
    assert reply["id"] is None
    assert reply["error"]["code"] == ErrorCode.INVALID_REQUEST


@pytest.mark.parametrize(
    "method", ["session/fork", "_nixforhumanity/none", "", "session/cancel", "session/update"]
)
def test_a_method_that_is_not_there(method: str) -> None:
    reply = refusal(frame(id="a", method=method, params=[[]]))
    assert (reply["id"], reply["error"]["code"]) == ("a", ErrorCode.METHOD_NOT_FOUND)


@pytest.mark.parametrize(
    ("method", "params", "path"),
    [
        ("session/new", {"cwd": 3, "mcpServers": []}, "$.cwd"),
        ("session/new", {"cwd": "/"}, "$"),
        ("session/new", [], "$"),
        ("session/new", "text", "$"),
        ("session/list", None, "$"),
        ("session/prompt", {"sessionId": "s", "prompt": [{"type": "image"}]}, "$.prompt[0].type"),
        ("session/prompt", {"sessionId": "s", "prompt": [{"type": "text", "text": 1}]}, "$.prompt[0].text"),
        ("session/prompt", {"sessionId": "s", "prompt": [], "_meta": 1}, "$._meta"),
        ("_nixforhumanity/journal", {"limit": "all"}, "$.limit"),
    ],
)
def test_wrong_params_name_the_wrong_field(method: str, params: Any, path: str) -> None:
    reply = refusal(frame(id=9, method=method, params=params))
    assert (reply["id"], reply["error"]["code"]) == (9, ErrorCode.INVALID_PARAMS)
    assert reply["error"]["data"]["path"] == path
    assert reply["error"]["data"]["reason"]


@pytest.mark.parametrize("number", [b"9" * 5000, b"1e999", b"-1e999"])
def test_numbers_that_are_too_large_are_wrong_params(number: bytes) -> None:
    received = b'{"jsonrpc":"2.0","id":1,"method":"session/list","params":{"_meta":{"a":' + number + b"}}}"
    assert refusal(received)["error"]["code"] == ErrorCode.INVALID_PARAMS


def test_an_id_that_is_open_cannot_be_used_again() -> None:
    agent = Peer.for_agent()
    agent.receive(frame(id=1, method="session/list"))
    reply = refusal(frame(id=1, method="session/list"), agent)
    assert (reply["id"], reply["error"]["code"]) == (None, ErrorCode.INVALID_REQUEST)
    assert isinstance(only(agent.receive(frame(id="1", method="session/list"))), RequestReceived)


@pytest.mark.parametrize(
    "received",
    [
        frame(method="$/progress", params={"a": 1}),
        frame(method="session/new", params={}),
        frame(method="session/cancel", params={"sessionId": 3}),
        frame(method="session/cancel"),
        frame(id=7, result={}),
        frame(id=7, error={"code": 1, "message": "x"}),
        frame(result={}),
        frame(id=None, result={}),
        frame(id=None, error={}),
        frame(id=True, result={}),
        b'{"jsonrpc":"1.0","id":7,"error":{}}',
    ],
)
def test_notifications_and_answers_are_never_answered(received: bytes) -> None:
    assert silence(received)


def test_the_other_side_could_not_read_us() -> None:
    error = {"code": -32700, "message": "what?"}
    event = only(Peer.for_agent().receive(frame(id=None, error=error)))
    assert isinstance(event, ErrorReceived)
    assert event.id is None


@pytest.mark.parametrize(
    "answer",
    [
        {"result": {"sessionId": 5}},
        {"result": []},
        {"result": None},
        {"error": {"code": "x"}},
        {"error": None},
        {"result": {"sessionId": "s"}, "error": {"code": 1, "message": ""}},
    ],
)
def test_an_answer_that_cannot_be_read_fails_its_request(answer: dict[str, Any]) -> None:
    client = Peer.for_client()
    request_id, _ = client.request("session/new", NEW)
    event = only(client.receive(frame(id=request_id, **answer)))
    assert isinstance(event, ErrorReceived)
    assert (event.id, event.method) == (request_id, "session/new")
    assert client.open_requests == ()


def test_errors_do_not_repeat_a_stranger_at_length() -> None:
    event = only(Peer.for_agent().receive(frame(id=1, method="x" * 100_000)))
    assert isinstance(event, ProtocolViolation)
    assert event.reply is not None
    assert len(event.reply) < 1000
    wrong = b'{"jsonrpc":"' + b"y" * 100_000 + b'","id":1}'
    event = only(Peer.for_agent().receive(wrong))
    assert isinstance(event, ProtocolViolation)
    assert event.reply is not None
    assert len(event.reply) < 1000


def test_a_question_without_our_tag_is_read() -> None:
    params = {
        "sessionId": "s",
        "toolCall": {"toolCallId": "t", "title": "Install"},
        "options": [{"optionId": "a", "name": "Do it", "kind": "allow_once"}],
    }
    event = only(Peer.for_client().receive(frame(id=0, method="session/request_permission", params=params)))
    assert isinstance(event, RequestReceived)
    assert event.params.tool_call.title == "Install"


@pytest.mark.parametrize("table", [AGENT_METHODS, CLIENT_METHODS], ids=["agent", "client"])
def test_every_method_can_be_sent_and_read(table: dict[str, Any]) -> None:
    for method in table.values():
        assert msgspec.json.schema(method.params)
        assert method.is_notification == (method.result is None)


# --- by chance ----------------------------------------------------------------------------------------

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
names = st.sampled_from([*AGENT_METHODS, *CLIENT_METHODS]) | st.text(max_size=10)
envelopes = st.fixed_dictionaries(
    {},
    optional={
        "jsonrpc": st.just("2.0") | json_values,
        "id": st.integers(0, 3) | json_values,
        "method": names | json_values,
        "params": json_values,
        "result": json_values,
        "error": json_values,
    },
)


def stays_usable(peer: Peer, received: bytes) -> None:
    """Whatever came: it gives one event, its reply is a good message, and a good request still works."""
    event = only(peer.receive(received))
    if isinstance(event, RequestReceived):
        assert json.loads(peer.fail(event.id, -32603, "x"))["id"] == event.id
    elif isinstance(event, ProtocolViolation) and event.reply is not None:
        reply = json.loads(event.reply)
        assert set(reply) == {"jsonrpc", "id", "error"}
        silent = only(Peer.for_client().receive(event.reply))
        assert isinstance(silent, ErrorReceived | ProtocolViolation)
        assert not isinstance(silent, ProtocolViolation) or silent.reply is None
    assert isinstance(only(peer.receive(frame(id="last", method="session/list"))), RequestReceived)


@given(st.binary(max_size=200))
def test_any_bytes(received: bytes) -> None:
    stays_usable(Peer.for_agent(), received)


@given(json_values | envelopes | st.lists(envelopes, max_size=3))
def test_any_json(value: Any) -> None:
    received = json.dumps(value, allow_nan=True).encode(errors="surrogatepass")
    stays_usable(Peer.for_agent(), received)
    client = Peer.for_client()
    client.request("session/new", NEW)
    client.receive(received)
    assert client.open_requests in ((), (1,))


GOOD = [
    frame(id=1, method="session/new", params={"cwd": "/", "mcpServers": []}),
    frame(
        id="b", method="session/prompt", params={"sessionId": "s", "prompt": [{"type": "text", "text": "hé"}]}
    ),
    frame(method="session/cancel", params={"sessionId": "s"}),
    frame(id=2, result={"outcome": {"outcome": "selected", "optionId": "allow"}}),
    frame(id=2, error={"code": -32603, "message": "x", "data": {"a": [1]}}),
]


@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), st.binary(max_size=4)), max_size=4),
)
def test_good_messages_with_damage(good: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    received = bytearray(good)
    for place, cut, put in damages:
        at = place % (len(received) + 1)
        received[at : at + cut] = put
    stays_usable(Peer.for_agent(), bytes(received))


@given(st.text(max_size=50), st.dictionaries(st.text(max_size=8), json_values, max_size=3))
def test_what_is_sent_is_what_arrives(text: str, meta: dict[str, Any]) -> None:
    clean = json.loads(json.dumps(meta, allow_nan=True), parse_constant=lambda _: None)
    request = m.PromptRequest(session_id="s", prompt=[m.TextBlock(text=text)], meta=clean)
    client = Peer.for_client()
    try:
        request_id, sent = client.request("session/prompt", request)
    except ValueError:
        assert client.open_requests == ()  # a lone surrogate cannot be sent
        return
    AcpJudge().judge_frame(sent, Direction.TO_SERVER)
    event = only(Peer.for_agent().receive(sent))
    assert event == RequestReceived(request_id, "session/prompt", request)
