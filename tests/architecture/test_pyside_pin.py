"""The installed PySide6 survives many calls: version 6.12.0 on Python 3.11 loses references and aborts."""

import subprocess
import sys

MANY_CALLS = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

class Source(QObject):
    changed = Signal(int)

application = QApplication([])
widget, source, heard = QWidget(), Source(), []
source.changed.connect(heard.append)
before = sys.getrefcount(None)
for number in range(10_000):
    widget.move(number % 50, 1)
for number in range(2_000):
    source.changed.emit(number)
assert len(heard) == 2_000
print(f"survived, None gained {sys.getrefcount(None) - before} references")
"""


def test_many_calls_and_emits_do_not_end_the_process() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found = ran.stdout.split()
    assert found[0] == "survived,"
    assert abs(int(found[3])) < 1_000, f"references to None leak: {ran.stdout}"
