"""All but the window works where PySide6 is not installed."""

import os
import re
import subprocess
import sys

from project import SOURCE_ROOT, modules

WITHOUT_QT = """
import importlib.abc, runpy, sys

class NotInstalled(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qasync"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotInstalled())
"""
NEEDS_QT = ("nixforhumanity.ui", "nixforhumanity.compose.window")
WINDOW_COMMANDS = {"window"}


def run_without_qt(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_QT + code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(SOURCE_ROOT)},
    )


def run_program(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return run_without_qt('runpy.run_module("nixforhumanity", run_name="__main__")', *arguments)


def test_qt_is_really_out_of_reach() -> None:
    assert "No module named 'PySide6'" in run_without_qt("import PySide6.QtCore").stderr


def test_every_module_but_the_window_can_be_imported() -> None:
    names = [
        module.dotted_name
        for module in modules()
        if not module.dotted_name.startswith(NEEDS_QT) and not module.dotted_name.endswith("__main__")
    ]
    ran = run_without_qt("import importlib\nfor name in sys.argv[1:]: importlib.import_module(name)", *names)
    assert ran.returncode == 0, ran.stderr


def test_every_command_explains_itself() -> None:
    listing = run_program("--help")
    assert listing.returncode == 0, listing.stderr
    groups = re.findall(r"\{([a-z][a-z0-9-]*(?:,[a-z][a-z0-9-]*)+)\}", listing.stdout)
    assert groups, f"no list of commands in:\n{listing.stdout}"
    commands = set(max(groups, key=len).split(",")) - WINDOW_COMMANDS
    assert commands, "the help names no command but the window"
    failed = {}
    for command in sorted(commands):
        ran = run_program(command, "--help")
        if ran.returncode != 0:
            failed[command] = ran.stderr
    assert failed == {}
