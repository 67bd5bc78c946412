"""Time and memory to the first painted window, against a bare window with the same widgets imported.

Both are started in turns under a private X display; medians of several runs. Run: make bench
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop import PrivateDesktop

RUNS = 9

REPORT = """
import json, os, resource, sys, time
def report():
    used = resource.getrusage(resource.RUSAGE_SELF)
    memory = {}
    for line in open("/proc/self/smaps_rollup"):
        parts = line.split()
        if parts[0] in ("Rss:", "Pss:"): memory[parts[0][:-1]] = int(parts[1]) / 1024
    print(json.dumps({"cpu_ms": (used.ru_utime + used.ru_stime) * 1e3,
        "wall_ms": (time.monotonic() - float(os.environ["STARTED"])) * 1e3, "rss_mb": memory["Rss"]}))
    sys.stdout.flush(); os._exit(0)
"""

BARE = (
    REPORT
    + """
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import (QApplication, QMainWindow, QWidget, QLabel, QPushButton, QPlainTextEdit,
    QTextBrowser, QAbstractScrollArea, QListView, QDialog, QStackedWidget, QVBoxLayout, QHBoxLayout, QFrame)
application = QApplication([])
window = QWidget(); window.resize(1100, 760); window.show()
while not window.windowHandle().isExposed():
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
application.processEvents()
report()
"""
)

OURS = (
    REPORT
    + """
import pathlib, tempfile
from nixforhumanity.core.folders import Folders
import nixforhumanity.compose.window as window
window._run = lambda *_: report()
window.open_window(window.WindowOptions(folders=Folders.below(pathlib.Path(tempfile.mkdtemp()))))
"""
)


def measured(desktop: PrivateDesktop, code: str) -> dict[str, float]:
    import time

    environment = {
        **desktop.environment,
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "gui"),
        "STARTED": str(time.monotonic()),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(ran.stdout.splitlines()[-1])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, PrivateDesktop((1280, 900)) as desktop:
        del folder
        bare, ours = [], []
        for _ in range(RUNS):
            bare.append(measured(desktop, BARE))
            ours.append(measured(desktop, OURS))
    print("first painted window, medians of", RUNS, "runs in turns")
    print(f"{'':<10}{'bare':>10}{'ours':>10}{'ratio':>8}")
    for key in ("cpu_ms", "wall_ms", "rss_mb"):
        one = statistics.median(row[key] for row in bare)
        two = statistics.median(row[key] for row in ours)
        print(f"{key:<10}{one:>10.1f}{two:>10.1f}{two / one:>8.2f}")


if __name__ == "__main__":
    main()
