"""Programs are run without a shell, and always to their end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.system.processes import Finished, OutputTooLongError, Patience, TooSlowError, run_program
from processes import is_running, marked
from waiting import wait_until

QUICK = Patience(interrupt=0.2, terminate=0.2)
ENVIRONMENT = {"PATH": os.environ["PATH"]}


async def shell(script: str, **options: object) -> Finished:
    command = ("sh", "-c", script)
    return await run_program(command, environment=ENVIRONMENT, patience=QUICK, **options)  # type: ignore[arg-type]


async def test_output_errors_and_status_are_told() -> None:
    done = await shell("echo out; echo err >&2; exit 3")
    assert done == Finished(3, b"out\n", "err\n")


async def test_arguments_are_not_read_by_a_shell() -> None:
    done = await run_program(("printf", "%s", "$(id); `id` && id"), environment=ENVIRONMENT)
    assert done.output == b"$(id); `id` && id"


async def test_there_is_no_input_and_no_terminal() -> None:
    done = await shell("cat; ps -o tty= -p $$ | tr -d ' '")
    assert done.output.strip() in (b"?", b"")


async def test_lines_come_as_they_are_printed() -> None:
    lines: list[str] = []
    done = await shell("printf 'one\\ntwo\\nthr'; printf ee", take_output=lines.append)
    assert lines == ["one", "two", "three"]
    assert done.output == b""


async def test_a_line_without_end_takes_no_memory() -> None:
    lines: list[str] = []
    await shell("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo short", take_output=lines.append)
    assert lines[1] == "short"
    assert len(lines[0]) <= 2 * 64 * 1024


async def test_only_the_end_of_the_errors_is_kept() -> None:
    done = await shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo line $i >&2; done")
    assert len(done.errors) <= 64 * 1024
    assert done.errors.endswith("line 20000\n")


async def test_a_program_that_does_not_exist() -> None:
    with pytest.raises(UserError) as caught:
        await run_program(("no-such-program",), environment=ENVIRONMENT)
    assert caught.value.message.id == "nix-cannot-start"


async def test_too_slow_and_too_long() -> None:
    with pytest.raises(TooSlowError):
        await shell("sleep 1000", seconds=0.1)
    with pytest.raises(OutputTooLongError):
        await shell("yes", output_limit=10_000)


async def test_those_that_do_not_listen_are_killed_with_their_children(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "STUBBORN": str(tmp_path)}
    script = "trap '' INT TERM; sleep 1000 & sleep 1001 & touch $STUBBORN/runs; while :; do sleep 1000; done"
    run = run_program(("sh", "-c", script), environment=environment, patience=QUICK)
    task = asyncio.create_task(run)
    await asyncio.to_thread(wait_until, (tmp_path / "runs").exists, "it runs")
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()  # also when asked twice
    with pytest.raises(asyncio.CancelledError):
        await task
    assert marked("STUBBORN", str(tmp_path)) == []


async def test_an_interrupt_comes_first(tmp_path: Path) -> None:
    script = f"trap 'echo interrupted > {tmp_path}/how; exit' INT; touch {tmp_path}/runs"
    script += "; while :; do sleep 0.05; done"
    task = asyncio.create_task(run_program(("sh", "-c", script), environment=ENVIRONMENT))
    await asyncio.to_thread(wait_until, (tmp_path / "runs").exists, "it runs")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (tmp_path / "how").read_text() == "interrupted\n"


async def test_cancelling_at_once_leaves_nothing(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "AT_ONCE": str(tmp_path)}
    for turns in range(12):
        run = run_program(("sh", "-c", "sleep 1000 & sleep 1000"), environment=environment, patience=QUICK)
        task = asyncio.create_task(run)
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert marked("AT_ONCE", str(tmp_path)) == []


async def test_a_child_that_left_the_group_and_holds_the_pipe_holds_up_nobody(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "LEFT_GROUP": str(tmp_path)}
    script = "setsid sleep 20 & sleep 1000"
    began = time.monotonic()
    with pytest.raises(TooSlowError):
        await run_program(("sh", "-c", script), environment=environment, seconds=0.3, patience=QUICK)
    assert time.monotonic() - began < 10
    for process in marked("LEFT_GROUP", str(tmp_path)):
        os.kill(process.number, signal.SIGKILL)


def test_programs_end_when_this_program_is_killed(tmp_path: Path) -> None:
    script = f"""
import asyncio, os
from nixforhumanity.system.processes import run_program
asyncio.run(run_program(("sh", "-c", "echo $$ > {tmp_path}/number; exec sleep 1000"), environment=os.environ))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment)
    file = tmp_path / "number"
    number = int(wait_until(lambda: file.exists() and file.read_text().strip(), "it runs"))
    process.kill()
    process.wait()
    wait_until(lambda: not is_running(number), "its program has ended too")
