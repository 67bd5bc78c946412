"""The embedded server's log file: kept small, one old copy, its end shown when the server fails."""

import os
import re
from pathlib import Path

from nixforhumanity.core.folders import Folders, make_private_folder
from nixforhumanity.core.stores import Store
from nixforhumanity.core.text import message

FILE_NAME = "server.log"
MOST_BYTES = 1024 * 1024
SHOWN_BYTES = 4096
SHOWN_LINES = 30
TAIL_BYTES = 64 * 1024
_LEVEL = re.compile(r"^\S+ \S+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) ")


class ServerLog:
    """The server writes into the file by itself (appending), so it never waits for the window."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        self.path = path
        self._most_bytes = most_bytes
        self._begin = 0
        """Where the lines of the server that was started last begin."""

    def open(self) -> int:
        """Return a descriptor to hand to the server; the caller closes its own copy."""
        make_private_folder(self.path.parent)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self.path, flags, 0o600)
        self._begin = os.fstat(descriptor).st_size
        return descriptor

    def rotate(self) -> bool:
        """Move the content to `server.log.1` when it is too long; return whether it was.

        The file is emptied in place because the server has it open. Lines written in that instant are lost.
        """
        try:
            if self.path.stat().st_size <= self._most_bytes:
                return False
            with self.path.open("r+b") as log:
                size = log.seek(0, os.SEEK_END)
                log.seek(max(0, size - self._most_bytes))
                content = log.read(self._most_bytes)
                self._write_old(content)
                log.truncate(0)
                self._begin = max(0, self._begin - size)
        except OSError:
            return False
        return True

    def _write_old(self, content: bytes) -> None:
        old = self.path.with_name(self.path.name + ".1")
        descriptor = os.open(old, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)

    def end(self) -> str:
        """Return the last lines of the server that was started last, to show: its errors first."""
        lines = self._last_bytes(self._begin).decode(errors="replace").splitlines()
        errors, rest = _parted(lines)
        return "\n".join([*errors[-SHOWN_LINES:], *rest[-SHOWN_LINES:]][:SHOWN_LINES])

    def tail(self) -> str:
        """Return the end of the file as it is, whichever server wrote it."""
        return self._last_bytes(0, TAIL_BYTES).decode(errors="replace")

    def _last_bytes(self, begin: int, most: int = SHOWN_BYTES) -> bytes:
        try:
            with self.path.open("rb") as log:
                size = log.seek(0, os.SEEK_END)
                log.seek(max(begin, size - most, 0))
                return log.read(most)
        except OSError:
            return b""


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part errors, with the lines that belong to them, from notes of everyday things."""
    errors: list[str] = []
    rest: list[str] = []
    into = errors  # lines without a level at the beginning are those of a program that did not get far
    for line in lines:
        if (found := _LEVEL.match(line)) is not None:
            into = rest if found[1] in {"DEBUG", "INFO"} else errors
        elif line.startswith("Traceback "):
            into = errors
        into.append(line)
    return errors, rest


def server_log_stores(folders: Folders) -> tuple[Store, ...]:
    """Declare the file and its old copy among the things that are kept."""
    path = folders.state / FILE_NAME
    return (
        Store("server-log", path, message("store-server-log")),
        Store("server-log-old", path.with_name(path.name + ".1"), message("store-server-log")),
    )
