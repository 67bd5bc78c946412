"""Writing our own files so that a reader or a crash sees the old content or the new, never a mix."""

import os
import tempfile
from pathlib import Path

from nixforhumanity.core.folders import make_private_folder


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write to a temporary file beside `path`, sync it, and rename it over `path`.

    Raises OSError when the folder cannot be written; the old content is then untouched.
    """
    make_private_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
