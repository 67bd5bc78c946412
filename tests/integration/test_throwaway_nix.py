"""The Nix that tests may use as they like."""

import os
import subprocess
from pathlib import Path

import pytest

from nixforhumanity.nix.practice import PracticeSystem
from removing import remove_tree

pytestmark = pytest.mark.nix


def run(environment: dict[str, str], *command: str) -> str:
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    ).stdout


def test_a_program_can_be_installed(practice_system: PracticeSystem, throwaway_nix: dict[str, str]) -> None:
    run(throwaway_nix, "nix-env", "-f", str(practice_system.packages), "-iA", "hello")
    program = practice_system.profile / "bin" / "hello"
    assert program.resolve().is_relative_to(practice_system.root.resolve() / "store")
    assert run(throwaway_nix, str(program), "--version").strip()


def test_the_home_of_this_run_is_not_used(
    practice_system: PracticeSystem, throwaway_nix: dict[str, str]
) -> None:
    assert Path(throwaway_nix["HOME"]).is_relative_to(practice_system.root)
    assert throwaway_nix["PATH"] == os.environ["PATH"]


def test_folders_that_nobody_may_write_to_can_be_removed(tmp_path: Path) -> None:
    closed = tmp_path / "store" / "closed"
    closed.mkdir(parents=True)
    (closed / "file").touch(0o444)
    closed.chmod(0o555)
    remove_tree(tmp_path / "store")
    assert not (tmp_path / "store").exists()
    remove_tree(tmp_path / "store")
