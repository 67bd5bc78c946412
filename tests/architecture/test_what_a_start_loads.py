"""The window is painted before anything is loaded that it does not need for that; each in a fresh process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from project import SOURCE_ROOT

HEAVY = {"asyncio", "fluent", "hassil", "msgspec", "sqlite3", "ssl", "tomlkit", "websockets", "yaml"}

PARSED = """
import json, sys
from nixforhumanity.cli.program import parser
chosen = parser(sys.argv[1:]).parse_args(sys.argv[1:])
print(json.dumps({"modules": sorted(sys.modules)}))
"""

PAINTED = """
import json, linecache, sys
import nixforhumanity.compose.window as window
from nixforhumanity.cli.program import run

def painted(*_):
    import PySide6.QtWidgets as widgets
    print(json.dumps({"modules": sorted(sys.modules), "sources": len(linecache.cache),
        "unused widget": "QWizard" in vars(widgets)}))
    return 0

window._run = painted
sys.exit(run(sys.argv[1:]))
"""


def loaded(code: str, folder: Path, *arguments: str) -> dict[str, object]:
    """Run the code and return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE_ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
        environment[f"XDG_{name}"] = str(folder / name.lower())
    (folder / "runtime_dir").mkdir(mode=0o700)
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def packages(found: dict[str, object]) -> set[str]:
    """Return the top-level packages among the modules."""
    modules = found["modules"]
    assert isinstance(modules, list)
    return {str(name).partition(".")[0] for name in modules}


@pytest.mark.parametrize("arguments", [(), ("--new-window",), ("--practice=./here", "--new-window")])
def test_the_command_line_of_a_window_loads_no_assistant(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    found = loaded(PARSED, tmp_path, *arguments)
    assert not packages(found) & (HEAVY | {"PySide6"})
    assert "nixforhumanity.assistant" not in str(found["modules"])


def test_a_command_loads_the_assistant(tmp_path: Path) -> None:
    """Or the test above would look for the wrong names."""
    found = loaded(PARSED, tmp_path, "ask", "--", "help")
    assert {"asyncio", "hassil", "msgspec"} <= packages(found)


def test_the_first_paint_needs_neither_the_connection_nor_messages_nor_every_widget(tmp_path: Path) -> None:
    found = loaded(PAINTED, tmp_path)
    assert "PySide6" in packages(found)
    assert not packages(found) & HEAVY
    assert found["sources"] == 0  # PySide has read the source of every module of ours, and keeps it
    assert found["unused widget"] is False  # the first bare QWidget that Qt hands out loads them all
