"""The desktop that window tests run on."""

import subprocess
import sys
from pathlib import Path

import pytest

import processes
from desktop import MARK, DesktopError, PrivateDesktop
from removing import remove_tree
from waiting import wait_until

pytestmark = pytest.mark.display

LINE = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
line = QLineEdit()
line.setWindowTitle(sys.argv[1])
line.returnPressed.connect(lambda: (print(line.text(), flush=True), application.quit()))
line.show()
application.exec()
"""
KILLED = """
import os, signal
from desktop import MARK, PrivateDesktop
desktop = PrivateDesktop()
desktop.start()
print(desktop.environment[MARK], desktop.root, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_person_types_and_the_program_hears(desktop: PrivateDesktop, tmp_path: Path) -> None:
    program = desktop.start_program([sys.executable, "-c", LINE, "A line to fill"])
    window = desktop.wait_for_window("A line .*")
    desktop.activate(window)
    desktop.type_text("größe Привет 8080")
    picture = desktop.screenshot(tmp_path / "picture.png", window)
    desktop.press_keys("Return")
    assert program.wait(10) == 0
    assert desktop.log(Path(sys.executable).name).read_text().strip() == "größe Привет 8080"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert window.number not in {one.number for one in desktop.windows()}


def test_of_two_windows_with_one_title_the_one_of_the_program_is_waited_for(desktop: PrivateDesktop) -> None:
    command = [sys.executable, "-c", LINE, "The same"]
    first = desktop.start_program(command)
    window = desktop.wait_for_window("The same", process=first.pid)
    second = desktop.start_program(command)
    other = desktop.wait_for_window("The same", process=second.pid)
    assert other.number != window.number
    assert [desktop.process_of(one) for one in (window, other)] == [first.pid, second.pid]
    for one in (window, other):
        desktop.activate(one)
        desktop.press_keys("Return")
    assert [program.wait(10) for program in (first, second)] == [0, 0]


def test_geometry_scale_and_empty_folders() -> None:
    with PrivateDesktop((800, 600), scale=2) as desktop:
        assert desktop.run("xdotool", "getdisplaygeometry").split() == ["800", "600"]
        assert desktop.environment["QT_SCALE_FACTOR"] == "2"
        assert list(Path(desktop.environment["HOME"]).iterdir()) == []
        root = desktop.root
    assert not root.exists()


def test_nothing_runs_after_it_is_closed() -> None:
    with PrivateDesktop() as desktop:
        desktop.start_program([sys.executable, "-c", LINE, "Left open"])
        desktop.wait_for_window("Left open")
        mark = desktop.environment[MARK]
        names = {process.name for process in processes.marked(MARK, mark)}
        assert {"Xvfb", "openbox", "dbus-daemon"} <= names
    assert processes.marked(MARK, mark) == []


def test_nothing_runs_after_a_part_failed_to_start() -> None:
    desktop = PrivateDesktop(window_manager="no-such-window-manager")
    with pytest.raises(DesktopError, match="no-such-window-manager"):
        desktop.start()
    assert processes.marked(MARK, desktop.environment[MARK]) == []


def test_nothing_runs_after_the_test_run_was_killed() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stdout, ran.stderr
    mark, root = ran.stdout.split()
    wait_until(lambda: not processes.marked(MARK, mark), "all parts ended")
    remove_tree(Path(root))
