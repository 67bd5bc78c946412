"""What the window remembers of itself: its size and place, and the conversation that was open."""

import contextlib
import json
from pathlib import Path

from nixforhumanity.core.atomic_files import write_atomically
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.stores import Store
from nixforhumanity.core.text import message

FILE_NAME = "window.json"


class WindowState:
    """A small file; when it is missing, damaged or not writable the window opens as on the first day."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            read = json.loads(path.read_text("utf-8"))
            if isinstance(read, dict):
                self._values = {key: text for key, text in read.items() if isinstance(text, str)}

    @classmethod
    def in_folders(cls, folders: Folders) -> "WindowState":
        """Return the state of a person's window."""
        return cls(folders.state / FILE_NAME)

    @property
    def geometry(self) -> str:
        """Size and place as the window wrote them, or an empty text."""
        return self._values.get("geometry", "")

    def remember_geometry(self, geometry: str) -> None:
        """Keep size and place."""
        self._keep("geometry", geometry)

    def last_session(self) -> str:
        """Return the id of the conversation that was open last, or an empty text."""
        return self._values.get("session", "")

    def remember_session(self, session_id: str) -> None:
        """Keep which conversation is open."""
        self._keep("session", session_id)

    def _keep(self, key: str, value: str) -> None:
        if self._values.get(key) == value:
            return
        self._values[key] = value
        content = json.dumps(self._values, ensure_ascii=False, indent=1)
        with contextlib.suppress(OSError):  # the window works without its memory
            write_atomically(self.path, content.encode())


def window_store(folders: Folders) -> Store:
    """Declare the file among the things that are kept."""
    return Store("window", folders.state / FILE_NAME, message("store-window"))
