"""From Enter to the plan card on the screen, in the real window over a real Nix (practice packages).

Also prints the memory of the window and of its server afterwards. Run: make bench
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from desktop import PrivateDesktop
from processes import descendants
from removing import remove_tree

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("hello", "cowsay", "htop", "vlc", "gimp", "krita", "jq", "tree", "firefox", "inkscape")
ROUNDS = 4


def memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def in_window() -> None:
    """Run inside the window's process: drive it by key events and time what comes."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    import nixforhumanity.compose.window as compose
    from nixforhumanity.cli.program import run

    original = compose._listen_at
    tasks = []

    async def until(condition: object, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not happen"
            await asyncio.sleep(0.001)

    async def drive(window: object) -> None:
        model = window.conversation.model
        editor = window.prompt.editor

        def waiting() -> object:
            return model.latest_plan(waiting=True)

        await asyncio.sleep(2)
        times = []
        for number in range(ROUNDS * len(NAMES)):
            editor.setPlainText(f"install {NAMES[number % len(NAMES)]}")
            begin = time.perf_counter()
            QTest.keyClick(editor, Qt.Key.Key_Return)
            await until(lambda: waiting() is not None)
            window.conversation.transcript.viewport().repaint()
            times.append((time.perf_counter() - begin) * 1e3)
            window.conversation._reject_latest()
            await until(lambda: waiting() is None)
        times.sort()
        p95 = times[int(len(times) * 0.95) - 1]
        print(
            f"Enter to plan card, {len(times)} plans: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms"
        )
        print(f"memory: window {memory_mb(os.getpid()):.0f} MB", end="")
        for one in descendants(os.getpid()):
            if " serve " in one.command:
                print(f", server {memory_mb(one.number):.0f} MB", end="")
        print(flush=True)
        window.close()

    def listen(door: object, window: object) -> object:
        tasks.append(asyncio.get_running_loop().create_task(drive(window)))
        return original(door, window)

    compose._listen_at = listen
    sys.exit(run(["--practice", sys.argv[2]]))


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="nix-bench-"))
    try:
        with PrivateDesktop((1280, 900)) as desktop:
            program = desktop.start_program(
                [sys.executable, str(Path(__file__).resolve()), "--in-window", str(folder)],
                {"PYTHONPATH": f"{ROOT / 'gui'}:{ROOT / 'tests'}"},
            )
            code = program.wait(180)
            print(desktop.log(Path(sys.executable).name).read_text().strip())
            assert code == 0, code
    finally:
        remove_tree(folder)


if __name__ == "__main__":
    in_window() if sys.argv[1:2] == ["--in-window"] else main()
