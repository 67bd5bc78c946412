"""The wire: how long a small request takes, beside a plain WebSocket echo of the same bytes.

Run it with `PYTHONPATH=gui:tests python tests/bench/bench_wire.py`.
Both servers run in one process of their own, both are asked in turns in one run, and the
bar is that ours takes at most twice as long (median).
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import sys
import time
from multiprocessing.connection import Connection

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from nixforhumanity.server.limits import Limits
from scripted_service import ScriptedService

TOKEN = "b" * 64
BAR = 2.0
REQUESTS = {
    "host": '{"jsonrpc":"2.0","id":%d,"method":"_nixforhumanity/host","params":{}}',
    "list": '{"jsonrpc":"2.0","id":%d,"method":"session/list","params":{}}',
}
WARM_UP = 500


async def _echo(websocket: ServerConnection) -> None:
    async for message in websocket:
        await websocket.send(message)


async def _serve(ports: Connection) -> None:
    limits = Limits(requests_per_second=1e9)
    ours = AssistantServer(
        ScriptedService(), ServerSettings(admission=Admission(token=TOKEN), version="1", limits=limits)
    )
    await ours.start(0)
    async with serve(_echo, "127.0.0.1", 0, compression=None) as plain:
        ports.send((ours.port, plain.sockets[0].getsockname()[1]))
        await asyncio.get_running_loop().run_in_executor(None, ports.recv)
    await ours.stop(0)


def _server(ports: Connection) -> None:
    asyncio.run(_serve(ports))


async def _trip(websocket: ClientConnection, message: str) -> tuple[float, str]:
    begin = time.perf_counter()
    await websocket.send(message)
    answer = await websocket.recv()
    seconds = time.perf_counter() - begin
    assert isinstance(answer, str)
    return seconds, answer


async def measure(ours_port: int, plain_port: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Return the median seconds of ours and of the echo for each request."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    found = {}
    async with (
        connect(
            f"ws://127.0.0.1:{ours_port}/acp", additional_headers=headers, compression=None, proxy=None
        ) as ours,
        connect(f"ws://127.0.0.1:{plain_port}", compression=None, proxy=None) as plain,
    ):
        hello = '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":1}}'
        assert "agentInfo" in (await _trip(ours, hello))[1]
        for name, template in REQUESTS.items():
            times: tuple[list[float], list[float]] = ([], [])
            for number in range(1, WARM_UP + rounds + 1):
                message = template % number
                for websocket, kept in zip((ours, plain), times, strict=True):
                    seconds, answer = await _trip(websocket, message)
                    assert json.loads(answer)["id"] == number
                    kept.append(seconds)
            found[name] = tuple(statistics.median(kept[WARM_UP:]) for kept in times)
    return found  # type: ignore[return-value]


def run(rounds: int) -> dict[str, tuple[float, float]]:
    """Start the servers, measure, and end them."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_server, args=(there,))
    process.start()
    try:
        ours_port, plain_port = here.recv()
        return asyncio.run(measure(ours_port, plain_port, rounds))
    finally:
        here.send("end")
        process.join(10)
        if process.is_alive():
            process.kill()


def main() -> int:
    """Print medians and ratios; fail when one is over the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5000)
    found = run(parser.parse_args().rounds)
    good = True
    for name, (ours, plain) in found.items():
        ratio = ours / plain
        good = good and ratio <= BAR
        medians = f"ours {ours * 1e6:.0f} µs, plain echo {plain * 1e6:.0f} µs"
        print(f"{name}: {medians}, ratio {ratio:.2f} (bar {BAR})")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
