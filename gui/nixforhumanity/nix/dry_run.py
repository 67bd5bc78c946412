"""What a dry run says: how much would be downloaded, and what must be built here."""

import re
from dataclasses import dataclass

from nixforhumanity.nix.text import clean

_BUILT = re.compile(r"^(?:these (\d+) derivations|this derivation) will be built:", re.MULTILINE)
_FETCHED = re.compile(
    r"^(?:these (\d+) paths|this path) will be fetched "
    r"\(([\d.]+) ([KMGT]i)?B download, ([\d.]+) ([KMGT]i)?B unpacked\)",
    re.MULTILINE,
)
_UNITS = {"": 1, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would happen; bytes are as exact as Nix prints them (two decimals)."""

    builds: int = 0
    fetched_paths: int = 0
    download_bytes: int = 0
    unpacked_bytes: int = 0

    @property
    def disk_bytes(self) -> int | None:
        """Growth of the store; None when something must be built, whose size nobody knows before."""
        return None if self.builds else self.unpacked_bytes


def parse_dry_run(text: str) -> DryRun:
    """Read what `--dry-run` prints on its error output."""
    text = clean(text)
    built, fetched = _BUILT.search(text), _FETCHED.search(text)
    return DryRun(
        builds=int(built[1] or 1) if built else 0,
        fetched_paths=int(fetched[1] or 1) if fetched else 0,
        download_bytes=_bytes(fetched[2], fetched[3]) if fetched else 0,
        unpacked_bytes=_bytes(fetched[4], fetched[5]) if fetched else 0,
    )


def parse_size(number: str, unit: str | None) -> int:
    """Return the bytes of a size as Nix prints it: `1.50` and `Mi`."""
    return _bytes(number, unit)


def _bytes(number: str, unit: str | None) -> int:
    return round(float(number) * _UNITS[unit or ""])
