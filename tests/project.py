"""This checkout as data: its folders, its modules and the files that belong to it."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE_ROOT = CHECKOUT / "gui"
PACKAGE = SOURCE_ROOT / "nixforhumanity"


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    path: Path

    @property
    def dotted_name(self) -> str:
        """The name it is imported by."""
        parts = self.path.relative_to(SOURCE_ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def label(self) -> str:
        """Its path inside the package, for messages."""
        return self.path.relative_to(PACKAGE).as_posix()

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """What it says, parsed."""
        return ast.parse(self.text, str(self.path))


def modules() -> Iterator[Module]:
    """Return every module of the package, in a fixed order."""
    found = [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]
    assert len(found) > 10, f"the package is not in {PACKAGE}"
    yield from found


def own_files() -> list[Path]:
    """Return the files that are or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (CHECKOUT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]
