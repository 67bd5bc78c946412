"""The endpoints file, by which a window finds a running server of the same person."""

import os
from pathlib import Path

import msgspec

from nixforhumanity.core.atomic_files import write_atomically
from nixforhumanity.core.folders import make_private_folder

FILE_NAME = "endpoints.json"
WEBSOCKET = "websocket"
"""Key of the assistant's port in `Endpoints.ports`."""
_MOST_BYTES = 64 * 1024


class Endpoints(msgspec.Struct, frozen=True, kw_only=True):
    """What a running server tells the other programs of the same person."""

    pid: int
    token: str
    ports: dict[str, int]


def endpoints_path(runtime_folder: Path) -> Path:
    """Return where the file is in the runtime folder of the program."""
    return runtime_folder / FILE_NAME


def read_endpoints(path: Path) -> Endpoints | None:
    """Return what the file says; None when there is none, or when it is not ours alone or not readable.

    The server that wrote it may have ended since without taking it away.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            return None
        content = file.read(_MOST_BYTES)
    try:
        return msgspec.json.decode(content, type=Endpoints)
    except (ValueError, RecursionError):
        return None


def write_endpoints(path: Path, endpoints: Endpoints) -> None:
    """Write the file for its owner only (folder 0700, file 0600); OSError when that cannot be done."""
    folder = make_private_folder(path.parent)
    folder.chmod(0o700)
    write_atomically(path, msgspec.json.encode(endpoints), mode=0o600)


def remove_endpoints(path: Path, endpoints: Endpoints) -> bool:
    """Remove the file if it still says just that; return whether it did."""
    if read_endpoints(path) != endpoints:
        return False
    path.unlink(missing_ok=True)
    return True
