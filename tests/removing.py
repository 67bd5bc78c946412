"""Removing what a test left, also folders that nobody may write to, as in a Nix store."""

import os
import shutil
import stat
from pathlib import Path


def remove_tree(root: Path) -> None:
    """Remove a folder and all below it; a folder that is not there is no error."""
    if not root.exists():
        return
    for folder, _, _ in os.walk(root):
        mode = os.lstat(folder).st_mode
        if not mode & stat.S_IWUSR:
            os.chmod(folder, mode | stat.S_IRWXU)
    shutil.rmtree(root)
