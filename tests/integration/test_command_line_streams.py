"""The command line with every kind of standard input and output, and with Ctrl+C while a change runs."""

import json
import os
import pty
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nixforhumanity.compose.practice import PracticePlace
from project import SOURCE_ROOT
from removing import remove_tree

PROGRAM = [sys.executable, "-m", "nixforhumanity"]
LIMIT_SECONDS = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folders = {
        name: str(tmp_path / name.lower())
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME",
                     "XDG_RUNTIME_DIR")
    }  # fmt: skip
    for folder in folders.values():
        Path(folder).mkdir(mode=0o700)
    return {**os.environ, **folders, "PYTHONPATH": str(SOURCE_ROOT), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def practice() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nix-cli-"))
    yield folder
    remove_tree(folder)


def ran(
    environment: dict[str, str], *arguments: str, **streams: object
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [*PROGRAM, *arguments], env=environment, timeout=LIMIT_SECONDS, check=False, stderr=subprocess.PIPE,
        **{"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, **streams},
    )  # fmt: skip


def test_the_protocol_goes_from_a_file_into_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    messages = [
        {"method": "initialize", "params": {"protocolVersion": 1, "clientCapabilities": {}}},
        {"method": "session/new", "params": {"cwd": "/", "mcpServers": []}},
        {"method": "session/list", "params": {}},
    ]
    lines = [json.dumps({"jsonrpc": "2.0", "id": at, **one}) for at, one in enumerate(messages)]
    (tmp_path / "in").write_text("\n".join(lines) + "\n")
    with (tmp_path / "in").open("rb") as source, (tmp_path / "out").open("wb") as target:
        ended = ran(environment, "acp", stdin=source, stdout=target)
    assert (ended.returncode, ended.stderr) == (0, b"")
    answers = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]
    assert {one["id"] for one in answers if "result" in one} == {0, 1, 2}


def test_the_protocol_with_nothing_to_read_ends(environment: dict[str, str]) -> None:
    ended = ran(environment, "acp")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_a_full_disk_ends_the_protocol_without_a_traceback(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "in").write_text('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\n')
    with (tmp_path / "in").open("rb") as source, Path("/dev/full").open("wb") as target:
        ended = ran(environment, "acp", stdin=source, stdout=target)
    assert b"Traceback" not in ended.stderr


def test_ask_with_nothing_said_says_so(environment: dict[str, str]) -> None:
    ended = ran(environment, "ask")
    assert ended.returncode == 2
    assert b"Nothing was said" in ended.stderr


def test_bytes_that_are_no_text_are_read_all_the_same(environment: dict[str, str]) -> None:
    piped = subprocess.run(
        [*PROGRAM, "ask"], env=environment, input=b"caf\xe9 \xff\xfe\nwhat is a flake?\n",
        capture_output=True, timeout=LIMIT_SECONDS, check=False,
    )  # fmt: skip
    assert piped.returncode == 0
    assert b"exact versions" in piped.stdout
    assert piped.stderr == b""
    typed = subprocess.run(
        [*[os.fsencode(word) for word in PROGRAM], b"ask", b"quoi de n\xe9uf \xff"], env=environment,
        capture_output=True, timeout=LIMIT_SECONDS, check=False,
    )  # fmt: skip
    assert (typed.returncode, typed.stderr) == (0, b"")


def test_an_encoding_without_our_letters_is_no_error(environment: dict[str, str]) -> None:
    ended = ran({**environment, "PYTHONIOENCODING": "ascii"}, "ask", "help")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Install hello" in ended.stdout


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_is_no_error(environment: dict[str, str], closed: int) -> None:
    shell = f'"$@" {closed}>&-' if closed else '"$@" <&-'
    ended = subprocess.run(
        ["sh", "-c", shell, "sh", *PROGRAM, "ask", "what is a flake?"], env=environment,
        capture_output=True, timeout=LIMIT_SECONDS, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (b"exact versions" in ended.stdout) is (closed != 1)


def test_a_reader_that_goes_away_ends_it_quietly(environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = ran(environment, "ask", "what is a flake?", stdout=writing)
    finally:
        os.close(writing)
    assert ended.stderr == b""


def test_nothing_drives_a_pipe_or_draws_colours(environment: dict[str, str]) -> None:
    ended = ran({**environment, "TERM": "xterm-256color", "NO_COLOR": "1"}, "ask", "help")
    assert b"\x1b" not in ended.stdout
    assert b"\r" not in ended.stdout


@pytest.mark.nix
def test_practice_right_before_an_unquoted_request(environment: dict[str, str], tmp_path: Path) -> None:
    ended = ran(environment, "ask", "--practice", "install", "hello", cwd=tmp_path)
    assert b"Install GNU Hello" in ended.stdout
    assert ended.returncode == 1
    assert not (tmp_path / "install").exists()


@pytest.mark.nix
def test_yes_on_the_command_line_does_what_can_be_undone(environment: dict[str, str], practice: Path) -> None:
    ended = ran(environment, "ask", "--practice", str(practice), "--yes", "install", "hello")
    assert ended.returncode == 0, ended.stdout
    assert b"GNU Hello is installed." in ended.stdout
    ran(environment, "ask", "--practice", str(practice), "--yes", "remove", "hello")
    final = ran(environment, "ask", "--practice", str(practice), "--yes", "delete old generations")
    assert final.returncode == 1
    assert b"only done at a terminal" in final.stdout


@pytest.mark.nix
def test_ctrl_c_while_it_runs_stops_it_and_says_what_became_of_it(
    environment: dict[str, str], practice: Path
) -> None:
    PracticePlace(practice).prepare().set_phase_seconds(30)
    pid, ours = pty.fork()
    if pid == 0:
        command = [*PROGRAM, "ask", "--practice", str(practice), "install", "hello"]
        os.execve(sys.executable, command, {**environment, "TERM": "xterm"})
    said, answered, pressed = b"", False, 0.0
    try:
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:
                break
            said += chunk
            if not answered and b"anything else not to:" in said:
                os.write(ours, b"yes\n")
                answered = True
                said = b""
            elif answered and not pressed and b"\x1b[K" in said:  # it shows how far it is: it runs
                os.write(ours, b"\x03")
                pressed = time.monotonic()
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(ours)
    assert pressed
    assert time.monotonic() - pressed < 20
    assert os.waitstatus_to_exitcode(status) == 130, said.decode(errors="replace")
    assert b"Stopping" in said
    assert b"Nothing was changed." in said
    listed = ran(environment, "ask", "--practice", str(practice), "what is installed?")
    assert b"not installed any programs" in listed.stdout
