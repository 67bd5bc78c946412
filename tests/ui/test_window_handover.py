"""A second start brings the first window to the front."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from nixforhumanity.compose.handover import claim_door, raise_first_window
from project import SOURCE_ROOT


def test_the_second_is_heard_with_its_token(tmp_path: Path) -> None:
    door = claim_door(tmp_path / "run")
    assert door is not None
    assert claim_door(tmp_path / "run") is None
    heard: list[bool] = []
    caller = threading.Thread(
        target=lambda: heard.append(raise_first_window(tmp_path / "run", activation_token="token-7"))
    )
    caller.start()
    token = None
    while token is None:
        token = door.answer()
    caller.join(5)
    assert token == "token-7"
    assert heard == [True]
    door.close()


def test_windows_of_other_names_are_other_windows(tmp_path: Path) -> None:
    doors = [claim_door(tmp_path, name) for name in ("window", "practice")]
    assert None not in doors
    for door in doors:
        assert door is not None
        door.close()


def test_the_door_of_a_killed_window_is_taken_over(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from nixforhumanity.compose.handover import claim_door\n"
        "assert claim_door(pathlib.Path(sys.argv[1])) is not None; os._exit(9)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(SOURCE_ROOT)},
        check=False,
        timeout=30,
    )
    assert ran.returncode == 9
    assert (tmp_path / "window.socket").exists()
    door = claim_door(tmp_path)
    assert door is not None
    door.close()
    assert not (tmp_path / "window.socket").exists()


def test_a_caller_that_says_nothing_does_not_block(tmp_path: Path) -> None:
    door = claim_door(tmp_path)
    assert door is not None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.connect(str(tmp_path / "window.socket"))
        assert door.answer() is None
    assert door.answer() is None
    door.close()


def test_only_the_person_can_reach_the_door(tmp_path: Path) -> None:
    door = claim_door(tmp_path / "run")
    assert door is not None
    assert (tmp_path / "run").stat().st_mode & 0o077 == 0
    assert (tmp_path / "run" / "window.socket").stat().st_mode & 0o077 == 0
    door.close()


def test_who_asks_a_window_that_closes_can_be_the_first_at_once(tmp_path: Path) -> None:
    door = claim_door(tmp_path)
    assert door is not None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(tmp_path / "window.socket"))
        caller.sendall(b"raise token\n")
        door.close()
        caller.settimeout(5)
        with contextlib.suppress(ConnectionResetError):
            assert caller.recv(16) == b""
        following = claim_door(tmp_path)
    assert following is not None
    door.close()  # once more: the one that follows keeps its socket
    assert (tmp_path / "window.socket").exists()
    following.close()
