"""Time and memory to the first painted window, against a bare window with the same widgets imported.

Both are started in turns under a private X display, ours by its command line; medians of several runs. Both
have their bytecode, as an installed program has. Exits with 1 below a bar. Run: make bench
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop import PrivateDesktop

RUNS = 9
TIMES_A_BARE_WINDOW = 2.0
MOST_MEMORY_MB = 90.0

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
from nixforhumanity.cli.program import run
import nixforhumanity.compose.window as window
window._run = lambda *_: report()
run([])
"""
)


def measured(desktop: PrivateDesktop, code: str, bytecode: str) -> dict[str, float]:
    """Start one of them and return what it used up to its first paint."""
    environment = {
        **desktop.environment,
        "PYTHONPYCACHEPREFIX": bytecode,
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "gui"),
        "STARTED": str(time.monotonic()),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(ran.stdout.splitlines()[-1])


def main() -> int:
    """Measure both and print a table."""
    with tempfile.TemporaryDirectory() as bytecode, PrivateDesktop((1280, 900)) as desktop:
        for code in (BARE, OURS):
            measured(desktop, code, bytecode)
        bare, ours = [], []
        for _ in range(RUNS):
            bare.append(measured(desktop, BARE, bytecode))
            ours.append(measured(desktop, OURS, bytecode))
    print("first painted window, medians of", RUNS, "runs in turns")
    print(f"{'':<10}{'bare':>10}{'ours':>10}{'ratio':>8}   bar")
    kept = True
    for key in ("cpu_ms", "wall_ms", "rss_mb"):
        one = statistics.median(row[key] for row in bare)
        two = statistics.median(row[key] for row in ours)
        of_memory = key == "rss_mb"
        met = two <= MOST_MEMORY_MB if of_memory else two / one <= TIMES_A_BARE_WINDOW
        bar = f"{MOST_MEMORY_MB:.0f} MB" if of_memory else f"{TIMES_A_BARE_WINDOW} times"
        print(f"{key:<10}{one:>10.1f}{two:>10.1f}{two / one:>8.2f}   {bar}: {'ok' if met else 'MISSED'}")
        kept = kept and met
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
