"""Opening the window: without a display, twice, and ended by a signal; each in a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from project import SOURCE_ROOT
from waiting import wait_until

OPEN = """
import sys
from pathlib import Path
from nixforhumanity.compose.window import WindowOptions, open_window
from nixforhumanity.core.folders import Folders
code = open_window(WindowOptions(folders=Folders.below(Path(sys.argv[1])), new_window="new" in sys.argv))
print("Qt was loaded" if any(name.startswith("PySide6") for name in sys.modules) else "no Qt")
sys.exit(code)
"""


def start(folder: Path, *arguments: str, display: bool = True) -> "subprocess.Popen[str]":
    """Start a window that talks to a server that is not there."""
    config = folder / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text('[server]\nplace = "running"\n')
    environment = {**os.environ, "PYTHONPATH": str(SOURCE_ROOT)}
    environment.pop("QT_QPA_PLATFORM", None)
    if display:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(folder), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def opened(folder: Path) -> bool:
    """The outbox is made when the window is painted and begins to connect."""
    return any((folder / part / "outbox.db").exists() for part in ("state", "data"))


def test_without_a_display_it_says_what_to_do_and_loads_no_qt(tmp_path: Path) -> None:
    process = start(tmp_path, display=False)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert output == "no Qt\n"
    assert "nix-for-humanity ask" in errors
    assert "ssh -X" in errors


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path)
    wait_until(lambda: opened(tmp_path), "the window connects")
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert "Qt was loaded" in output
    assert not (tmp_path / "run" / "window.socket").exists()


def test_a_second_start_hands_over_without_qt_and_new_window_opens_one(tmp_path: Path) -> None:
    first = start(tmp_path)
    try:
        wait_until(lambda: opened(tmp_path), "the window connects")
        second = start(tmp_path)
        output, errors = second.communicate(timeout=30)
        assert second.returncode == 0, errors
        assert output == "no Qt\n"
        third = start(tmp_path, "new")
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                third.communicate(timeout=1)  # it stays open
        finally:
            third.send_signal(signal.SIGTERM)
            third.communicate(timeout=30)
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=30)
    assert first.returncode == 0
