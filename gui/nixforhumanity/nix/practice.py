"""A practice system: a Nix store and profile of its own below one folder, with the practice packages.

Nothing outside the folder is read or written by Nix when it is given the environment from here.
"""

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from nixforhumanity.core.atomic_files import write_atomically
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import make_private_folder

Release = Literal["a", "b"]

_MARK = ".practice-system"
_CHOSEN_HERE = ("RELEASE", "PHASE_SECONDS")
"""Files of the package set whose content a practice system may change; they are copied only once."""
_USABLE_PATH = re.compile(r"/[\w./+=@~-]*", re.ASCII)
"""Paths that NIX_PATH, nix.conf and flake addresses accept; Nix 2.8 crashes on a blank
and cannot read back a profile whose address holds letters such as `ü`."""


@dataclass(frozen=True, slots=True)
class PracticeSystem:
    """A practice system that has been prepared."""

    root: Path
    packages: Path
    """The writable copy of the practice packages; absolute, and always the same."""
    profile: Path
    """The profile to install into; Nix makes it with the first package."""
    environment: Mapping[str, str]
    """What to add to the environment of every call of Nix. Programs are started without it: HOME differs."""

    @property
    def release(self) -> str:
        """The release of the packages, `a` or `b`."""
        return (self.packages / "RELEASE").read_text(encoding="ascii").strip()

    def set_release(self, release: Release) -> None:
        """Choose the release: `b` has newer versions of many packages than `a`."""
        write_atomically(self.packages / "RELEASE", release.encode("ascii"))

    def set_phase_seconds(self, seconds: float) -> None:
        """Choose how long each of the four phases of the package `slow` takes."""
        write_atomically(self.packages / "PHASE_SECONDS", f"{seconds:.3f}".encode("ascii"))

    def remove(self) -> None:
        """Delete the whole practice system; no Nix may be running in it. Does nothing when it is gone."""
        mark = self.root / _MARK
        if not mark.is_file():
            return
        for entry in self.root.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                _make_writable(entry)
                shutil.rmtree(entry)
            elif entry != mark:
                entry.unlink()
        # Last, so that a removal that was interrupted can be taken up again.
        mark.unlink()
        self.root.rmdir()


def practice_environment(root: Path) -> dict[str, str]:
    """Return the variables that keep every call of Nix below `root`, an absolute path without links."""
    home = root / "home"
    settings = {
        "experimental-features": "nix-command flakes",
        "sandbox": "false",
        "substituters": "",
        "build-users-group": "",
        "fsync-metadata": "false",
        "flake-registry": str(root / "registry.json"),
        "connect-timeout": "1",
    }
    return {
        "HOME": str(home),
        "TMPDIR": str(root / "tmp"),
        # Without these, the caller's own values would win over HOME.
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "NIX_CACHE_HOME": str(home / ".cache/nix"),
        "NIX_CONFIG_HOME": str(home / ".config/nix"),
        "NIX_DATA_HOME": str(home / ".local/share/nix"),
        "NIX_STATE_HOME": str(home / ".local/state/nix"),
        "NIX_USER_CONF_FILES": str(home / ".config/nix/nix.conf"),
        # No daemon: the store is the caller's own.
        "NIX_REMOTE": "local",
        "NIX_STORE_DIR": str(root / "store"),
        "NIX_STATE_DIR": str(root / "var"),
        "NIX_LOG_DIR": str(root / "var/log"),
        "NIX_DATA_DIR": str(root / "share"),
        "NIX_CONF_DIR": str(root / "etc"),
        "NIX_CONFIG": "\n".join(f"{name} = {value}".rstrip() for name, value in settings.items()),
        "NIX_PATH": f"nixpkgs={root / 'packages'}",
        "NIX_PROFILE": str(_profile(root)),
        "NIXPKGS_CONFIG": str(home / ".config/nixpkgs/config.nix"),
        "NIXPKGS_ALLOW_UNFREE": "",
        "NIXPKGS_ALLOW_BROKEN": "",
        "NIXPKGS_ALLOW_INSECURE": "",
    }


def prepare_practice(root: Path, source: Path) -> PracticeSystem:
    """Make or complete the practice system below `root`, with the packages in `source`; keeps what is there.

    Raises UserError `practice-folder-in-use` when `root` holds something else, `practice-folder-name` when
    Nix cannot work below a path of that name, and OSError when the folder cannot be written.
    """
    root = root.resolve()  # Nix refuses a store below a symbolic link
    if not _USABLE_PATH.fullmatch(str(root)):
        raise UserError("practice-folder-name", path=str(root))
    mark = root / _MARK
    if not mark.is_file() and root.exists() and any(root.iterdir()):
        raise UserError("practice-folder-in-use", path=str(root))
    _write_when_different(mark, b"")

    packages = root / "packages"
    profile = _profile(root)
    for folder in (root / "home", root / "tmp", root / "etc", profile.parent):
        make_private_folder(folder)
    for name in _files_below(source):
        if name.name not in _CHOSEN_HERE or not (packages / name).exists():
            _write_when_different(packages / name, (source / name).read_bytes())
    _write_when_different(root / "registry.json", _registry(packages))
    default_profile = root / "home/.nix-profile"
    if not default_profile.is_symlink():
        default_profile.symlink_to(profile)
    return PracticeSystem(root, packages, profile, MappingProxyType(practice_environment(root)))


def _profile(root: Path) -> Path:
    # Below the state folder, where the garbage collector looks for what is still needed.
    return root / "var/profiles/per-user/me/profile"


def _registry(packages: Path) -> bytes:
    nixpkgs = {
        "from": {"type": "indirect", "id": "nixpkgs"},
        "to": {"type": "path", "path": str(packages)},
    }
    return json.dumps({"version": 2, "flakes": [nixpkgs]}).encode()


def _files_below(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if path.is_file() and "__pycache__" not in name.parts:
            yield name


def _write_when_different(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)


def _make_writable(folder: Path) -> None:
    """Give back the right to delete: Nix takes it away from everything in a store."""
    folder.chmod(stat.S_IRWXU)
    for parent, names, _ in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(stat.S_IRWXU)
