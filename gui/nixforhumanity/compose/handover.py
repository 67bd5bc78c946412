"""One window a person: a second start asks the first window to come to the front. Needs no Qt."""

import contextlib
import fcntl
import os
import socket
import time
from pathlib import Path

from nixforhumanity.core.folders import make_private_folder

RAISE = b"raise"
HEARD = b"ok\n"
PATIENCE_SECONDS = 3.0
LONGEST_MESSAGE = 4096


class WindowDoor:
    """The socket at which the first window can be asked to come to the front; held as long as it is open."""

    def __init__(self, path: Path, lock: int) -> None:
        self._path = path
        self._lock = lock
        self._open = True
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        path.unlink(missing_ok=True)  # of a window that was killed: the lock says that it is gone
        self._listener.bind(str(path))
        path.chmod(0o600)
        self._listener.listen(8)

    def fileno(self) -> int:
        """Return what to watch for being readable."""
        return self._listener.fileno()

    def answer(self) -> str | None:
        """Answer one caller; return the token by which the desktop lets it be raised, None if none asked."""
        try:
            caller, _ = self._listener.accept()
        except OSError:
            return None
        with caller:
            caller.settimeout(0.05)  # the caller writes before it waits; the window must not
            with contextlib.suppress(OSError):
                word, _, token = caller.recv(LONGEST_MESSAGE).partition(b" ")
                if word.strip() == RAISE:
                    caller.sendall(HEARD)
                    return token.decode("utf-8", "replace").strip()
        return None

    def close(self) -> None:
        """Let another window be the first; more often does no harm."""
        if not self._open:
            return
        self._open = False
        self._path.unlink(missing_ok=True)
        os.close(self._lock)
        self._listener.close()  # last: who waits for an answer hears of the end, and can be the first then


def claim_door(folder: Path, name: str = "window") -> WindowDoor | None:
    """Become the first window; None when there is one already.

    Raises OSError when the folder cannot be used: the window then opens without a door.
    """
    make_private_folder(folder)
    lock = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return WindowDoor(folder / f"{name}.socket", lock)
    except BlockingIOError:
        os.close(lock)
        return None
    except OSError:
        os.close(lock)
        raise


def raise_first_window(folder: Path, name: str = "window", activation_token: str = "") -> bool:
    """Ask the first window to come to the front; False when it does not answer."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    path = folder / f"{name}.socket"
    while True:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
                caller.settimeout(PATIENCE_SECONDS)
                caller.connect(str(path))
                caller.sendall(RAISE + b" " + activation_token.encode() + b"\n")
                return caller.recv(len(HEARD)) == HEARD
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > deadline:  # it has the lock and not yet the socket: it is just starting
                return False
            time.sleep(0.02)
        except OSError:
            return False
