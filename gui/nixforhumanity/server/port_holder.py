"""Which program listens on a port of this computer, as far as /proc lets us see."""

from dataclasses import dataclass
from pathlib import Path

_LISTEN = "0A"
_PROC = Path("/proc")
_STATE_COLUMN, _INODE_COLUMN = 3, 9


@dataclass(frozen=True, slots=True)
class PortHolder:
    """A program that listens on a port."""

    pid: int
    name: str


def holder_of_port(port: int, proc: Path = _PROC) -> PortHolder | None:
    """Return who listens on the TCP port, or None when that cannot be known (another user's program)."""
    wanted = {f"socket:[{inode}]" for inode in _listening_inodes(port, proc)}
    if not wanted:
        return None
    for process in proc.iterdir():
        if process.name.isdecimal() and _holds(process, wanted):
            try:
                name = (process / "comm").read_text(errors="replace").strip()
            except OSError:
                continue
            return PortHolder(int(process.name), name)
    return None


def _listening_inodes(port: int, proc: Path) -> set[str]:
    inodes: set[str] = set()
    for table in ("tcp", "tcp6"):
        try:
            rows = (proc / "net" / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            columns = row.split()
            if columns[_STATE_COLUMN] == _LISTEN and int(columns[1].rpartition(":")[2], 16) == port:
                inodes.add(columns[_INODE_COLUMN])
    return inodes - {"0"}


def _holds(process: Path, wanted: set[str]) -> bool:
    try:
        return any(_target(descriptor) in wanted for descriptor in (process / "fd").iterdir())
    except OSError:
        return False


def _target(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:
        return ""
