"""What window and server use while nobody does anything: CPU, wake-ups, memory. Run: make bench"""

import os
import sys
import tempfile
import time
from pathlib import Path

from desktop import PrivateDesktop
from processes import descendants
from project import SOURCE_ROOT
from removing import remove_tree
from waiting import wait_until

SETTLE_SECONDS = 15.0
WATCH_SECONDS = 20.0
MOST_MEMORY_MB = 90.0


def used(pid: int) -> tuple[float, int]:
    """CPU seconds and voluntary switches (wake-ups) so far, over all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    switches = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                switches += int(line.split()[1])
    return seconds, switches


def memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> int:
    """Watch both and print what they used; 1 when the window takes more than it may."""
    folder = Path(tempfile.mkdtemp(prefix="nix-bench-"))
    try:
        with PrivateDesktop((1280, 900)) as desktop:
            program = desktop.start_program(
                [sys.executable, "-m", "nixforhumanity", "--practice", str(folder)],
                {"PYTHONPATH": str(SOURCE_ROOT)},
            )
            desktop.wait_for_window("Nix for Humanity")

            def server() -> int:
                return next((one.number for one in descendants(program.pid) if " serve " in one.command), 0)

            pids = {"window": program.pid, "server": wait_until(server, "the server runs")}
            time.sleep(SETTLE_SECONDS)
            before = {name: used(pid) for name, pid in pids.items()}
            time.sleep(WATCH_SECONDS)
            for name, pid in pids.items():
                seconds, switches = used(pid)
                cpu = 100 * (seconds - before[name][0]) / WATCH_SECONDS
                wakes = (switches - before[name][1]) / WATCH_SECONDS
                print(f"{name}: {cpu:.2f} % CPU, {wakes:.1f} wake-ups/s, {memory_mb(pid):.0f} MB")
            memory = memory_mb(pids["window"])
            met = memory <= MOST_MEMORY_MB
            print(f"window, memory: bar {MOST_MEMORY_MB:.0f} MB: {'ok' if met else 'MISSED'}")
            return 0 if met else 1
    finally:
        remove_tree(folder)


if __name__ == "__main__":
    sys.exit(main())
