"""Practice: a throwaway Nix with its own programs, conversations and journal, in one folder."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nixforhumanity.core.folders import Folders
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import PracticeSystem, prepare_practice


@dataclass(frozen=True, slots=True)
class PracticePlace:
    """Where a practice system lies."""

    root: Path

    @property
    def folders(self) -> Folders:
        """The program's own folders for this practice system."""
        return Folders.below(self.root / "app")

    def prepare(self) -> PracticeSystem:
        """Make the practice system, or find it as it was left."""
        return prepare_practice(self.root / "system", resource("practice"))


@contextmanager
def practice_place(chosen: str | None) -> Iterator[PracticePlace]:
    """Give the chosen folder, which stays; or, for an empty choice, one that is removed at the end."""
    if chosen:
        yield PracticePlace(Path(chosen).absolute())
        return
    root = Path(tempfile.mkdtemp(prefix="nix-for-humanity-practice-"))
    place = PracticePlace(root)
    try:
        yield place
    finally:
        system = place.root / "system"
        if system.is_dir():
            place.prepare().remove()
        shutil.rmtree(root, ignore_errors=True)
