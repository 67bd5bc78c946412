"""The judge of the wire must find what is wrong."""

import json
from typing import Any

import pytest

from acp_judge import AcpJudge, BadFrameError, Direction, judge_frame
from acp_judge import acp_judge as acp_judge_fixture

acp_judge = acp_judge_fixture

CHUNK = {"sessionUpdate": "agent_message_chunk", "content": {"type": "text", "text": "hi"}}


def frame(**parts: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **parts}).encode()


def update(**parts: Any) -> bytes:
    return frame(method="session/update", params={"sessionId": "s", "update": {**CHUNK, **parts}})


def test_good_frames_pass() -> None:
    judge_frame(update(messageId="m", _meta={"x": 1}), Direction.TO_CLIENT)
    judge_frame(frame(method="session/cancel", params={"sessionId": "s"}), Direction.TO_SERVER)


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[]",
        update(message_id="m"),
        update(content={"type": "text"}),
        update(sessionUpdate="dance"),
        update(unknown=1),
        update()[:-1] + b"\n}",
        frame(method="session/cancel", params={"sessionId": "s"}),
        frame(id=1, method="session/update", params={}),
        frame(id=1, result={}),
        frame(id=None, error={"code": "x", "message": ""}),
        b'{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":NaN}}',
    ],
)
def test_bad_frames_do_not(bad: bytes) -> None:
    with pytest.raises(BadFrameError):
        judge_frame(bad, Direction.TO_CLIENT)


def test_answers_are_judged_by_their_question(acp_judge: AcpJudge) -> None:
    for request_id in (1, 2):
        acp_judge.judge_frame(
            frame(id=request_id, method="session/prompt", params={"sessionId": "s", "prompt": []}),
            Direction.TO_SERVER,
        )
    acp_judge.judge_frame(frame(id=1, result={"stopReason": "end_turn"}), Direction.TO_CLIENT)
    assert acp_judge.open_requests() == ["session/prompt"]
    with pytest.raises(BadFrameError):
        acp_judge.judge_frame(frame(id=2, result={"stopReason": "tired"}), Direction.TO_CLIENT)
