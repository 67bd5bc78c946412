"""Which processes run, read from /proc: children, and those that carry a mark in their environment."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from waiting import is_true

PROC = Path("/proc")
ENDED_STATES = {"Z", "X"}


@dataclass(frozen=True, slots=True)
class Process:
    """One running process; two with the same number but another start time are not the same."""

    number: int
    parent: int
    name: str
    started: int  # clock ticks since the machine started

    @property
    def command(self) -> str:
        """Its command line, or its name when it has none."""
        try:
            words = (PROC / str(self.number) / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        except OSError:
            return self.name
        return b" ".join(words).decode(errors="replace")[:200] or self.name


def read_process(number: int) -> Process | None:
    """Return the process of that number, or None when it is gone or only waits for its parent to notice."""
    try:
        text = (PROC / str(number) / "stat").read_text(errors="replace")
    except OSError:
        return None
    start, end = text.index("("), text.rindex(")")
    fields = text[end + 2 :].split()
    if fields[0] in ENDED_STATES:
        return None
    return Process(number=number, parent=int(fields[1]), name=text[start + 1 : end], started=int(fields[19]))


def is_running(number: int) -> bool:
    """Tell whether a process of that number runs."""
    return read_process(number) is not None


def running_processes() -> list[Process]:
    """Return every process that can be seen."""
    found = (read_process(int(entry)) for entry in os.listdir(PROC) if entry.isdigit())
    return [process for process in found if process is not None]


def descendants(number: int) -> list[Process]:
    """Return the children of a process, and theirs."""
    by_parent: dict[int, list[Process]] = {}
    for process in running_processes():
        by_parent.setdefault(process.parent, []).append(process)
    found: list[Process] = []
    waiting = [number]
    while waiting:
        children = by_parent.get(waiting.pop(), [])
        found += children
        waiting += [child.number for child in children]
    return found


def marked(name: str, value: str) -> list[Process]:
    """Return the processes that carry this environment variable, whoever their parent is by now."""
    mark = f"{name}={value}".encode()
    return [process for process in running_processes() if mark in _environment(process.number)]


def _environment(number: int) -> list[bytes]:
    try:
        return (PROC / str(number) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def end(processes: list[Process], patience_seconds: float = 2.0) -> None:
    """End these processes: ask first, then insist."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        alive = [process for process in processes if read_process(process.number) == process]
        for process in alive:
            try:
                os.kill(process.number, kind)
            except ProcessLookupError:
                continue
        if is_true(lambda: not any(read_process(one.number) == one for one in processes), patience_seconds):
            return
