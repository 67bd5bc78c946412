"""Everything the program keeps is declared here as a store: to see, export and delete it."""

from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.core.text import Message


@dataclass(frozen=True, slots=True)
class Store:
    """One thing that is kept: a file with its SQLite companions, or a folder."""

    name: str
    path: Path
    holds: Message
    """What it holds, in plain words (a message id such as `store-sessions`)."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that exist now, a database's `-wal` and `-shm` and kept-aside copies included."""
        if self.path.is_dir():
            return tuple(sorted(p for p in self.path.rglob("*") if p.is_file()))
        if not self.path.parent.is_dir():
            return ()
        name = self.path.name
        names = {name, f"{name}-wal", f"{name}-shm", f"{name}.damaged"}
        return tuple(
            sorted(
                path
                for path in self.path.parent.iterdir()
                if path.name in names or path.name.startswith(f"{name}.damaged-")
            )
        )

    @property
    def kept_aside(self) -> tuple[Path, ...]:
        """Damaged files that a new one took the place of."""
        return tuple(path for path in self.files if path.name.startswith(f"{self.path.name}.damaged"))

    @property
    def size_bytes(self) -> int:
        """Bytes on disk now."""
        return sum(p.stat().st_size for p in self.files)
