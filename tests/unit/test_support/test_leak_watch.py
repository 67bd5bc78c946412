"""A run fails when a process outlives its tests, or a test is skipped for a reason that is not listed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import processes
from skip_ledger import LEDGER, AllowedSkip, read_ledger

TESTS = LEDGER.parent
LEAK = """
import subprocess
def test_leaves_a_process():
    print(subprocess.Popen(["sleep", "300"], start_new_session=True).pid, flush=True)
"""
ORPHAN = """
import subprocess
def test_leaves_a_grandchild():
    subprocess.run(["sh", "-c", "sleep 300 & echo $!"])
"""
TIDY = """
import subprocess
def test_ends_what_it_starts():
    subprocess.run(["true"], check=True)
"""
SKIP = """
import pytest
@pytest.mark.skip(reason="because I say so")
def test_nothing(): ...
"""
SKIPPED_FILE = "import pytest; pytest.importorskip('no_such_module', reason='no such module')"


def run_inner(folder: Path, source: str) -> "subprocess.CompletedProcess[str]":
    """Run one test file by itself, with the plugins."""
    (folder / "test_inner.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", folder, "-s"]
    command += ["-p", "no:cacheprovider", "-p", "leak_watch", "-p", "skip_ledger"]
    return subprocess.run(
        [*command, folder / "test_inner.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("source", "seen"),
    [(LEAK, "test_inner.py::test_leaves_a_process"), (ORPHAN, "no known test")],
    ids=["child", "orphan"],
)
def test_a_process_that_is_left_is_named_and_ended(tmp_path: Path, source: str, seen: str) -> None:
    ran = run_inner(tmp_path, source)
    assert ran.returncode == 1, ran.stdout
    assert "processes that outlived the tests" in ran.stdout
    number = next(int(word) for word in ran.stdout.split() if word.isdigit() and int(word) > 1)
    assert f"{number} sleep 300 (first seen after {seen})" in ran.stdout
    assert not processes.is_running(number)


def test_a_tidy_run_passes(tmp_path: Path) -> None:
    ran = run_inner(tmp_path, TIDY)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    ("source", "reason"), [(SKIP, "because I say so"), (SKIPPED_FILE, "no such module")], ids=["test", "file"]
)
def test_a_skip_that_is_not_listed_fails_the_run(tmp_path: Path, source: str, reason: str) -> None:
    ran = run_inner(tmp_path, source)
    assert ran.returncode != 0
    assert "skips that tests/skips.toml does not list" in ran.stdout
    assert f": {reason}" in ran.stdout


def test_a_listed_skip_needs_both_the_name_and_the_reason() -> None:
    allowed = AllowedSkip("tests/a/*::test_one*", "no microphone*")
    assert allowed.allows("tests/a/test_x.py::test_one[big]", "no microphone here")
    assert not allowed.allows("tests/b/test_x.py::test_one", "no microphone here")
    assert not allowed.allows("tests/a/test_x.py::test_one", "another reason")


def test_every_listed_skip_is_about_a_file_that_is_there() -> None:
    gone = [one.tests for one in read_ledger(LEDGER) if not list(TESTS.parent.glob(one.tests.split("::")[0]))]
    assert gone == []
