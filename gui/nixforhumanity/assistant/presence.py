"""Whether another process of the same person works on the same files: a window, a terminal, an editor."""

import fcntl
import os
from pathlib import Path

from nixforhumanity.core.folders import make_private_folder


class Presence:
    """A locked file, held until the process ends; the kernel lets go of it however the process ends.

    Who is alone may settle what an earlier process left behind: nothing of it can still be going on.
    """

    def __init__(self, path: Path) -> None:
        make_private_folder(path.parent)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.alone = True
        except BlockingIOError:
            self.alone = False
            self.settle()

    def settle(self) -> None:
        """Stay present beside others; waits for one that is just settling."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def end(self) -> None:
        """Be gone."""
        os.close(self._descriptor)
