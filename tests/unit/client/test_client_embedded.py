"""The embedded server is started, watched, restarted up to a limit, and never outlives the window."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

import fake_child
from faulty_server import until
from nixforhumanity.client.embedded import EmbeddedServer, Limits, RunningServer, server_command
from nixforhumanity.client.failures import EmbeddedServerError, UnreachableError
from nixforhumanity.client.server_log import ServerLog
from processes import is_running
from waiting import wait_until

CHILD = Path(fake_child.__file__)
PROGRAM = Path(__file__).parents[3] / "gui"
MakeServer = Callable[..., EmbeddedServer]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[MakeServer]:
    """Give the function that makes a supervised fake child; all are stopped at the end."""
    made: list[EmbeddedServer] = []

    def make_one(kind: str, **limits: float) -> EmbeddedServer:
        command = (sys.executable, str(CHILD), kind, str(tmp_path / "starts"))
        server_log = ServerLog(tmp_path / "state" / "server.log")
        made.append(EmbeddedServer(command, server_log, limits=Limits(**limits)))  # type: ignore[arg-type]
        return made[-1]

    yield make_one
    for server in made:
        await server.stop()


def starts(tmp_path: Path) -> list[int]:
    """Return the process numbers of all children that were started."""
    return [int(line) for line in (tmp_path / "starts").read_text().split()]


@pytest.mark.parametrize("kind", ["good", "slow", "chatty"])
async def test_a_child_that_says_it_is_ready_is_used_until_it_is_stopped(
    kind: str, make: MakeServer, tmp_path: Path
) -> None:
    server = make(kind)
    running = await server.ensure_running()
    assert running.port == fake_child.READY_PORT
    assert await server.ensure_running() == running
    assert starts(tmp_path) == [running.pid]
    assert server.is_running
    await server.stop()
    await server.stop()
    assert not is_running(running.pid)
    assert not server.is_running


async def test_two_who_need_it_at_once_start_it_once(make: MakeServer, tmp_path: Path) -> None:
    server = make("slow")
    both = await asyncio.gather(server.ensure_running(), server.ensure_running())
    assert both[0] == both[1]
    assert len(starts(tmp_path)) == 1


async def test_it_ends_by_the_end_of_its_input_not_by_a_signal(make: MakeServer) -> None:
    server = make("good")
    await server.ensure_running()
    process = server._process
    assert process is not None
    await server.stop()
    assert process.returncode == 0


async def test_one_that_ignores_everything_is_killed(make: MakeServer) -> None:
    server = make("stubborn", grace=0.2, terminate=0.2)
    running = await server.ensure_running()
    await server.stop()
    assert not is_running(running.pid)


async def test_one_that_ended_is_started_again(make: MakeServer, tmp_path: Path) -> None:
    server = make("good")
    first = await server.ensure_running()
    os.kill(first.pid, signal.SIGKILL)
    await until(lambda: not server.is_running, "the end is noticed")
    second = await server.ensure_running()
    assert second.pid != first.pid
    assert starts(tmp_path) == [first.pid, second.pid]


async def give_up(server: EmbeddedServer) -> EmbeddedServerError:
    """Ask for the server until it is given up."""
    for _ in range(50):
        try:
            await server.ensure_running()
        except UnreachableError as again:
            last = again.problem.id
        except EmbeddedServerError as error:
            return error
        else:
            last = "embedded-ended"
        assert last == "embedded-ended"
        await until(lambda: not server.is_running, "the end is noticed")
    raise AssertionError("it is never given up")


@pytest.mark.parametrize("kind", ["crashing", "crashing-later"])
async def test_one_that_keeps_ending_is_given_up_with_the_end_of_its_log(
    kind: str, make: MakeServer, tmp_path: Path
) -> None:
    server = make(kind)
    error = await give_up(server)
    assert (error.message.id, error.message.parameters["count"]) == ("embedded-keeps-ending", 5)
    assert len(starts(tmp_path)) == 5
    assert error.detail
    if kind == "crashing":
        assert error.detail.splitlines()[-1] == "the very last line"
    # The person tries again: as many tries once more.
    server.forgive()
    await give_up(server)
    assert len(starts(tmp_path)) == 10


async def test_ends_that_lie_far_apart_are_forgiven(make: MakeServer, tmp_path: Path) -> None:
    server = make("crashing", within=0.0)
    for _ in range(7):
        with pytest.raises(UnreachableError):
            await server.ensure_running()
    assert len(starts(tmp_path)) == 7


async def test_a_taken_port_is_said_at_once_with_a_free_one(make: MakeServer, tmp_path: Path) -> None:
    with pytest.raises(EmbeddedServerError) as refused:
        await make("port-taken").ensure_running()
    error = refused.value
    assert (error.message.id, error.free_port) == ("port-taken", 13457)
    assert error.message.parameters["holder"] == "python3"
    assert error.message.parameters["text"] == "Taken."
    assert len(starts(tmp_path)) == 1


@pytest.mark.parametrize("kind", ["silent", "endless-line"])
async def test_one_that_never_says_it_is_ready_is_ended_and_counts_as_crashed(
    kind: str, make: MakeServer, tmp_path: Path
) -> None:
    server = make(kind, ready=0.5)
    with pytest.raises(UnreachableError):
        await server.ensure_running()
    assert not is_running(starts(tmp_path)[0])


async def test_a_start_that_is_given_up_leaves_no_child(make: MakeServer, tmp_path: Path) -> None:
    server = make("silent")
    start = asyncio.create_task(server.ensure_running())
    await until((tmp_path / "starts").exists, "the child was started")
    await until(lambda: starts(tmp_path), "the child was started")
    start.cancel()
    await asyncio.gather(start, return_exceptions=True)
    assert not is_running(starts(tmp_path)[0])
    await server.stop()


async def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    server = EmbeddedServer(("/nonexistent/program",), ServerLog(tmp_path / "log"))
    with pytest.raises(EmbeddedServerError) as refused:
        await server.ensure_running()
    assert refused.value.message.id == "embedded-not-started"
    await server.stop()


async def test_one_that_runs_but_stays_silent_too_long_is_ended(make: MakeServer) -> None:
    server = make("good", silent=0.05)
    running = await server.ensure_running()
    await server.not_answering()
    assert server.is_running
    server.answering()
    await server.not_answering()
    assert server.is_running
    for _ in range(1000):
        if not server.is_running:
            break
        await asyncio.sleep(0.005)
        await server.not_answering()
    assert not is_running(running.pid)
    assert (await server.ensure_running()).pid != running.pid


async def test_a_log_that_cannot_be_written_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "server.log").mkdir()
    server = EmbeddedServer((sys.executable, str(CHILD), "good"), ServerLog(tmp_path / "server.log"))
    assert isinstance(await server.ensure_running(), RunningServer)
    await server.stop()


PARENT = """
import asyncio, pathlib, sys
from nixforhumanity.client.embedded import EmbeddedServer
from nixforhumanity.client.server_log import ServerLog
async def main():
    server = EmbeddedServer(sys.argv[2:], ServerLog(pathlib.Path(sys.argv[1])))
    print((await server.ensure_running()).pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def test_the_child_ends_when_the_window_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log"), sys.executable, str(CHILD), "good"]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
        parent.wait(10)
        wait_until(lambda: not is_running(child), "the child has ended", 5)


def test_the_command_is_this_program_with_this_python() -> None:
    assert server_command() == (sys.executable, "-m", "nixforhumanity", "serve", "--embedded")
