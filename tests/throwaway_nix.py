"""A real Nix whose store, profiles, packages and settings lie in a throwaway folder."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import PracticeSystem, prepare_practice
from removing import remove_tree


@pytest.fixture
def practice_system() -> Iterator[PracticeSystem]:
    """Give a practice system with an empty store and all practice packages; it is removed afterwards."""
    assert shutil.which("nix"), "Nix is not installed; 'make test' installs it"
    # Not below tmp_path: a store path in a script's first line may only have so many letters.
    root = Path(tempfile.mkdtemp(prefix="nix-"))
    try:
        yield prepare_practice(root, resource("practice"))
    finally:
        remove_tree(root)


@pytest.fixture
def throwaway_nix(practice_system: PracticeSystem) -> dict[str, str]:
    """Give the whole environment for a Nix that knows nothing but the practice system."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("NIX_", "NIXPKGS_"))}
    kept = {name: value for name, value in os.environ.items() if name.startswith("NIX_FOR_HUMANITY_")}
    return {**outside, **kept, **practice_system.environment}
