"""The folders that hold what the program keeps (XDG base directories)."""

import warnings
from dataclasses import dataclass
from pathlib import Path

APPLICATION = "nix-for-humanity"


@dataclass(frozen=True, slots=True)
class Folders:
    """Absolute paths; a folder is made, private to its owner, when it is first written to."""

    config: Path
    data: Path
    state: Path
    cache: Path
    runtime: Path

    @classmethod
    def of_this_user(cls) -> "Folders":
        """Return the usual folders of the person who runs the program."""
        from platformdirs import PlatformDirs

        folders = PlatformDirs(APPLICATION, appauthor=False)
        with warnings.catch_warnings():
            # Without XDG_RUNTIME_DIR it warns about the folder that it falls back to; ours in it is private.
            warnings.simplefilter("ignore")
            runtime_path = folders.user_runtime_path
        return cls(
            config=folders.user_config_path,
            data=folders.user_data_path,
            state=folders.user_state_path,
            cache=folders.user_cache_path,
            runtime=runtime_path,
        )

    @classmethod
    def below(cls, root: Path) -> "Folders":
        """Return folders that all lie below one folder: practice systems and tests use this."""
        root = root.absolute()
        return cls(
            config=root / "config",
            data=root / "data",
            state=root / "state",
            cache=root / "cache",
            runtime=root / "run",
        )


def make_private_folder(path: Path) -> Path:
    """Make the folder with mode 0700 (parents as they come) and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
