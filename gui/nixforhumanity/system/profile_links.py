"""A person's profile on disk: where it is, its generations, and which command it belongs to."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.generations import GenerationLink, generation_number
from nixforhumanity.nix.profiles import ProfileTool, tool_of_manifest


@dataclass(frozen=True, slots=True)
class ProfileLinks:
    """The link `PROFILE` and its generations `PROFILE-N-link` beside it."""

    path: Path

    def current(self) -> int | None:
        """Return the number of the current generation; None when there is none yet."""
        try:
            return generation_number(self.path.name, Path(self.path.readlink()).name)
        except OSError:
            return None

    def generations(self) -> list[GenerationLink]:
        """Return the generations, newest first; raises UserError `profile-unreadable`."""
        found = []
        try:
            with os.scandir(self.path.parent) as entries:
                for entry in entries:
                    number = generation_number(self.path.name, entry.name)
                    if number is None or not entry.is_symlink():
                        continue
                    made = entry.stat(follow_symlinks=False).st_mtime
                    found.append(
                        GenerationLink(
                            number,
                            datetime.fromtimestamp(made, UTC),
                            str(Path(entry.path).readlink()),
                            entry.path,
                        )
                    )
        except FileNotFoundError:
            return []
        except OSError as error:
            raise UserError("profile-unreadable", detail=error.strerror or str(error)) from error
        return sorted(found, key=lambda one: one.number, reverse=True)

    def generation(self, number: int) -> GenerationLink | None:
        """Return one generation."""
        return next((one for one in self.generations() if one.number == number), None)

    def tool(self) -> ProfileTool | None:
        """Return which command the profile belongs to; None while it is new."""
        return tool_of_folder(self.path)


def tool_of_folder(folder: Path) -> ProfileTool | None:
    """Return which command made a profile's content."""
    return tool_of_manifest({name for name in ("manifest.json", "manifest.nix") if (folder / name).exists()})


def find_profile(environment: Mapping[str, str], root: Path = Path("/")) -> Path:
    """Return where the person's profile is, or where Nix would make it."""
    home = Path(environment.get("HOME", "/"))
    state_home = Path(environment.get("XDG_STATE_HOME") or home / ".local/state")
    for link in (home / ".nix-profile", state_home / "nix/profile"):
        if link.is_symlink():
            # One step only: the next one leads to a generation.
            return Path(os.path.normpath(link.parent / link.readlink()))
    state = Path(environment.get("NIX_STATE_DIR") or root / "nix/var/nix")
    user = environment.get("USER", "")
    by_user = state / "profiles/per-user" / user / "profile"
    if user and by_user.is_symlink():
        return by_user
    if os.getuid() == 0:
        return state / "profiles/default"
    return state_home / "nix/profiles/profile"
