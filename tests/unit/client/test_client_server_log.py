"""The log of the embedded server stays small while the server writes into it."""

import os
import stat
from pathlib import Path

import pytest

from nixforhumanity.client.server_log import ServerLog, server_log_stores
from nixforhumanity.core.folders import Folders


def test_it_is_moved_aside_once_it_is_too_long_and_writing_goes_on(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    log = ServerLog(folders.state / "server.log", most_bytes=100)
    descriptor = log.open()
    os.write(descriptor, b"a" * 100)
    assert not log.rotate()
    os.write(descriptor, b"b" * 50)
    assert log.rotate()
    os.write(descriptor, b"c\n")
    assert log.path.read_bytes() == b"c\n"
    assert (log.path.parent / "server.log.1").read_bytes() == b"a" * 50 + b"b" * 50
    os.write(descriptor, b"d" * 200)
    assert log.rotate()
    assert (log.path.parent / "server.log.1").read_bytes() == b"d" * 100
    os.close(descriptor)
    files = [file for store in server_log_stores(folders) for file in store.files]
    assert sorted(file.name for file in files) == ["server.log", "server.log.1"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_its_end_is_shown_not_all_of_it(tmp_path: Path) -> None:
    log = ServerLog(tmp_path / "server.log")
    assert log.end() == ""
    assert not log.rotate()
    log.path.write_bytes(b"\xff" * 10_000 + b"\n" + b"\n".join(b"line %d" % n for n in range(1000)))
    lines = log.end().splitlines()
    assert (len(lines), lines[-1]) == (30, "line 999")


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "server.log").symlink_to(precious)
    with pytest.raises(OSError):
        ServerLog(tmp_path / "server.log").open()
    assert precious.read_text() == "mine"


def test_only_the_last_attempt_is_shown_and_its_errors_first(tmp_path: Path) -> None:
    log = ServerLog(tmp_path / "server.log")
    log.path.write_text("2026-01-01 10:00:00,000 ERROR old: of an earlier run\n")
    os.close(log.open())
    with log.path.open("a") as file:
        file.write(
            "2026-01-01 11:00:00,000 INFO nixforhumanity: everyday\n"
            "2026-01-01 11:00:01,000 ERROR nixforhumanity: it broke\n"
            "Traceback (most recent call last):\n"
            "OSError: disk\n"
            "2026-01-01 11:00:02,000 INFO nixforhumanity: everyday again\n"
        )
    lines = [line.split(": ")[-1] for line in log.end().splitlines()]
    assert lines == [
        "it broke",
        "Traceback (most recent call last):",
        "disk",
        "everyday",
        "everyday again",
    ]
    assert "of an earlier run" in log.tail()
