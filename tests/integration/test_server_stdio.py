"""Standard input and output, byte by byte: one message a line, nothing else, and an end in good order."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from acp_judge import AcpJudge, Direction
from acp_judge import acp_judge as acp_judge_fixture
from served import LIMIT_SECONDS

acp_judge = acp_judge_fixture

PROGRAM = Path(__file__).parents[1] / "stdio_agent.py"


@asynccontextmanager
async def agent() -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(PROGRAM)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        limit=1 << 22,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def send(process: asyncio.subprocess.Process, *lines: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(b"".join(lines))
    await process.stdin.drain()


async def receive(process: asyncio.subprocess.Process, judge: AcpJudge) -> dict[str, Any]:
    assert process.stdout is not None
    async with asyncio.timeout(LIMIT_SECONDS):
        line = await process.stdout.readline()
    assert line.endswith(b"\n")
    judge.judge_frame(line[:-1], Direction.TO_CLIENT)
    return dict(json.loads(line))


def request(judge: AcpJudge, request_id: int, method: str, **params: Any) -> bytes:
    frame = json.dumps({"jsonrpc": "2.0", "id": request_id, "method": method, "params": params}).encode()
    judge.judge_frame(frame, Direction.TO_SERVER)
    return frame + b"\n"


async def test_one_message_a_line_and_nothing_else(acp_judge: AcpJudge) -> None:
    async with agent() as process:
        hello = request(acp_judge, 1, "initialize", protocolVersion=1)
        await send(process, b"\r\n\n", hello[:10], hello[10:-1] + b"\r\n")
        assert (await receive(process, acp_judge))["result"]["protocolVersion"] == 1
        await send(process, request(acp_judge, 2, "session/new", cwd="/", mcpServers=[]))
        messages = [await receive(process, acp_judge) for _ in range(2)]
        assert [one.get("method") for one in messages] == ["session/update", None]
        prompt = [{"type": "text", "text": "say zeile eins"}]
        await send(process, request(acp_judge, 3, "session/prompt", sessionId="session-1", prompt=prompt))
        while "result" not in await receive(process, acp_judge):
            pass
        assert acp_judge.open_requests() == []
        process.stdin.close()  # type: ignore[union-attr]
        rest, errors = await process.communicate()
        assert rest == b""
        assert process.returncode == 0
        assert errors == b"this must not get into the conversation\n"


async def test_bad_lines_are_answered(acp_judge: AcpJudge) -> None:
    async with agent() as process:
        too_long = b'{"jsonrpc":"2.0","method":"x","params":"' + b"x" * (1 << 20) + b'"}\n'
        await send(process, b"nonsense\n", too_long, b"\xff\n")
        codes = [(await receive(process, acp_judge))["error"]["code"] for _ in range(3)]
        assert codes == [-32700, -32600, -32700]
        await send(process, request(acp_judge, 1, "initialize", protocolVersion=1))
        assert (await receive(process, acp_judge))["id"] == 1


async def test_it_ends_when_nobody_reads_any_more() -> None:
    async with agent() as process:
        process.stdout._transport.close()  # type: ignore[union-attr]
        await send(process, b"nonsense\n")
        async with asyncio.timeout(LIMIT_SECONDS):
            assert await process.wait() == 0


async def test_it_ends_in_the_middle_of_a_turn(acp_judge: AcpJudge) -> None:
    async with agent() as process:
        await send(
            process,
            request(acp_judge, 1, "initialize", protocolVersion=1),
            request(acp_judge, 2, "session/new", cwd="/", mcpServers=[]),
            request(
                acp_judge,
                3,
                "session/prompt",
                sessionId="session-1",
                prompt=[{"type": "text", "text": "hang"}],
            ),
        )
        while (await receive(process, acp_judge)).get("id") != 2:
            pass
        process.stdin.close()  # type: ignore[union-attr]
        async with asyncio.timeout(LIMIT_SECONDS):
            assert await process.wait() == 0
        assert process.returncode != -signal.SIGKILL
