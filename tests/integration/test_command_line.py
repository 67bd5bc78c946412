"""The command line, as a process of its own, in folders of its own."""

import json
import os
import pty
import socket
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from project import SOURCE_ROOT
from removing import remove_tree
from waiting import wait_until


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folders = {
        name: str(tmp_path / name.lower())
        for name in (
            "HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_RUNTIME_DIR",
        )
    }
    for folder in folders.values():
        Path(folder).mkdir(mode=0o700)
    return {**os.environ, **folders, "PYTHONPATH": str(SOURCE_ROOT), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def practice() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nix-cli-"))
    yield folder
    remove_tree(folder)


def run(environment: dict[str, str], *arguments: str, source: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "nixforhumanity", *arguments],
        env=environment,
        input=source,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def ask_at_terminal(environment: dict[str, str], typed: str, *arguments: str) -> tuple[int, str]:
    """Run `ask` on a terminal and type once it asks."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "nixforhumanity", "ask", *arguments],
        env=environment, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    said, deadline, answered = b"", time.monotonic() + 60, False
    try:
        while time.monotonic() < deadline:
            try:
                chunk = os.read(ours, 4096)
            except OSError:
                break
            if not chunk:
                break
            said += chunk
            if not answered and b"anything else not to:" in said:
                os.write(ours, f"{typed}\n".encode())
                answered = True
        return process.wait(30), said.decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.nix
def test_ask_installs_after_a_yes_at_the_terminal(environment: dict[str, str], practice: Path) -> None:
    code, said = ask_at_terminal(environment, "yes", "--practice", str(practice), "install", "hello")
    assert code == 0, said
    assert "GNU Hello is installed." in said
    listed = run(environment, "ask", "--practice", str(practice), "what is installed?")
    assert "GNU Hello" in listed.stdout


@pytest.mark.nix
def test_ask_does_nothing_after_anything_but_yes(environment: dict[str, str], practice: Path) -> None:
    code, said = ask_at_terminal(environment, "yup", "--practice", str(practice), "install", "hello")
    assert code == 1
    assert "Not done. Nothing was changed." in said


@pytest.mark.nix
def test_ask_without_a_terminal_changes_nothing(environment: dict[str, str], practice: Path) -> None:
    ran = run(environment, "ask", "--practice", str(practice), "install hello")
    assert ran.returncode == 1
    assert "no terminal" in ran.stdout


@pytest.mark.nix
def test_words_right_after_practice_are_words(environment: dict[str, str]) -> None:
    ran = run(environment, "ask", "--practice", "what is installed?")
    assert ran.returncode == 0, ran.stderr
    assert "not installed any programs" in ran.stdout


def test_ask_reads_lines_from_standard_input(environment: dict[str, str]) -> None:
    ran = run(environment, "ask", source="hi\n\nwhat is a flake?\n")
    assert ran.returncode == 0, ran.stderr
    assert "exact versions" in ran.stdout


def test_nothing_is_printed_but_the_answer(environment: dict[str, str]) -> None:
    ran = run(environment, "ask", "hi")
    assert ran.stderr == ""
    assert "Traceback" not in ran.stdout


def test_data_is_listed_exported_and_deleted(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "ask", "hi, remember this secret sentence")
    rows = json.loads(run(environment, "data", "list", "--json").stdout)
    existing = {row["name"] for row in rows if row["exists"]}
    assert {"sessions", "journal"} <= existing
    assert all(row["holds"] and not row["holds"].startswith("store-") for row in rows)
    archive = tmp_path / "everything.tar.gz"
    assert run(environment, "data", "export", str(archive)).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as tar:
        assert "sessions/sessions.sqlite" in tar.getnames()
    assert run(environment, "data", "export", str(archive)).returncode == 1, "never overwrites"
    refused = run(environment, "data", "delete")
    assert refused.returncode == 1
    assert "--yes" in refused.stderr
    assert run(environment, "data", "delete", "--yes").returncode == 0
    archive.unlink()
    left = [
        path for path in tmp_path.rglob("*") if path.is_file() and b"secret sentence" in path.read_bytes()
    ]
    assert left == []
    rows = json.loads(run(environment, "data", "list", "--json").stdout)
    assert not any(row["exists"] for row in rows)


def test_every_file_that_is_written_is_declared(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "ask", "hi")
    run(environment, "data", "delete", "--yes")
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left <= {"change.lock", "presence.lock"}


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    server = subprocess.Popen(
        [sys.executable, "-m", "nixforhumanity", "serve", "--port", "0"],
        env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield server
    finally:
        server.terminate()
        server.wait(20)
        assert server.stderr is not None
        server.stderr.close()


def endpoints(environment: dict[str, str]) -> dict:
    path = Path(environment["XDG_RUNTIME_DIR"]) / "nix-for-humanity/endpoints.json"
    return wait_until(lambda: path.exists() and json.loads(path.read_text()), "the server has told its port")


def test_serve_tells_health_and_token_and_cleans_up(
    environment: dict[str, str], served: "subprocess.Popen[str]"
) -> None:
    told = endpoints(environment)
    port = told["ports"]["websocket"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        health = json.load(answer)
    assert health["status"] == "ok"
    assert {"version", "uptime_seconds", "checks"} <= set(health)
    assert run(environment, "token").stdout.strip() == told["token"]
    assert run(environment, "data", "delete", "--yes").returncode == 1, "not while it runs"
    served.terminate()
    assert served.wait(20) == 0
    assert not (Path(environment["XDG_RUNTIME_DIR"]) / "nix-for-humanity/endpoints.json").exists()


def test_serve_says_who_has_its_port_and_offers_another(environment: dict[str, str]) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        ran = run(environment, "serve", "--port", str(port))
    assert ran.returncode == 1
    assert str(port) in ran.stderr.replace(",", "")
    assert "python" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_token_without_a_server_says_so(environment: dict[str, str]) -> None:
    ran = run(environment, "token")
    assert ran.returncode == 1
    assert "serve" in ran.stderr


@pytest.mark.parametrize("port", ["99999", "abc", "-1", "٣٤٥٧"])
def test_a_bad_port_is_bad_input(environment: dict[str, str], port: str) -> None:
    ran = run(environment, "serve", f"--port={port}")
    assert ran.returncode == 2
    assert "not a port" in ran.stderr


@pytest.mark.nix
def test_ctrl_c_at_the_question_ends_the_program_at_once(environment: dict[str, str], practice: Path) -> None:
    pid, ours = pty.fork()
    if pid == 0:
        command = [
            sys.executable,
            "-m",
            "nixforhumanity",
            "ask",
            "--practice",
            str(practice),
            "install",
            "hello",
        ]
        os.execve(sys.executable, command, environment)
    said, pressed = b"", 0.0
    try:
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:
                break
            if not chunk:
                break
            said += chunk
            if not pressed and b"anything else not to:" in said:
                os.write(ours, b"\x03")
                pressed = time.monotonic()
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(ours)
    assert pressed
    assert time.monotonic() - pressed < 4
    assert os.waitstatus_to_exitcode(status) == 130, said.decode(errors="replace")


def test_an_export_of_a_database_in_use_is_whole_and_private(
    environment: dict[str, str], tmp_path: Path
) -> None:
    run(environment, "ask", "hello")
    database = next(Path(environment["XDG_DATA_HOME"]).rglob("sessions*"))
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("CREATE TABLE fresh (x)")
        writer.execute("INSERT INTO fresh VALUES (7)")
        writer.commit()
        assert database.with_name(database.name + "-wal").stat().st_size
        target = tmp_path / "all.tar.gz"
        assert run(environment, "data", "export", str(target)).returncode == 0
    assert target.stat().st_mode & 0o777 == 0o600
    with tarfile.open(target) as archive:
        names = archive.getnames()
        assert not [name for name in names if name.endswith(("-wal", "-shm"))]
        copied = archive.extractfile(f"sessions/{database.name}")
        assert copied is not None
        (tmp_path / "sessions").mkdir()
        (tmp_path / "sessions" / database.name).write_bytes(copied.read())
    with closing(sqlite3.connect(tmp_path / "sessions" / database.name)) as copy:
        assert copy.execute("SELECT x FROM fresh").fetchall() == [(7,)]


def test_files_that_cannot_be_written_are_told_and_not_a_traceback(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "xdg_state_home" / "nix-for-humanity").write_text("in the way")
    ran = run(environment, "ask", "hi")
    assert ran.returncode == 1
    assert "cannot use its files" in ran.stderr
    told = run(environment, "serve", "--embedded", "--port", "0")
    assert json.loads(told.stdout)["error"]["messageId"] == "files-not-usable"
