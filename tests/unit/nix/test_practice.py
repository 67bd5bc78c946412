"""Practice systems: which folders and settings they get, and that only they are ever removed."""

import json
import os
from pathlib import Path

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import practice_environment, prepare_practice


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A package set that cannot be written to, as when it is installed."""
    folder = tmp_path / "source"
    (folder / "programs" / "__pycache__").mkdir(parents=True)
    (folder / "programs" / "__pycache__" / "left.pyc").write_bytes(b"")
    (folder / "programs" / "games.nix").write_text("{ }")
    (folder / "default.nix").write_text("{ }")
    (folder / "RELEASE").write_text("a")
    (folder / "PHASE_SECONDS").write_text("0.5")
    for path in folder.rglob("*.nix"):
        path.chmod(0o444)
    return folder


def files_below(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return content and time of change of every file."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_folder_in_the_environment_lies_below_the_root() -> None:
    root = Path("/somewhere/practice")
    environment = practice_environment(root)
    folders = {name: value for name, value in environment.items() if value.startswith("/")}
    assert {"HOME", "TMPDIR", "XDG_CACHE_HOME", "NIX_STORE_DIR", "NIX_STATE_DIR", "NIX_PROFILE"} <= set(
        folders
    )
    assert all(Path(value).is_relative_to(root) for value in folders.values())
    assert environment["NIX_PATH"] == f"nixpkgs={root}/packages"


def test_nix_is_told_to_stay_offline_and_without_a_daemon() -> None:
    environment = practice_environment(Path("/p"))
    settings = environment["NIX_CONFIG"].splitlines()
    assert "experimental-features = nix-command flakes" in settings
    assert "substituters =" in settings
    assert "flake-registry = /p/registry.json" in settings
    assert environment["NIX_REMOTE"] == "local"


def test_the_callers_leave_for_unfree_packages_does_not_reach_practice() -> None:
    caller = {"NIXPKGS_ALLOW_UNFREE": "1"}
    assert (caller | practice_environment(Path("/p")))["NIXPKGS_ALLOW_UNFREE"] == ""


def test_prepare_copies_the_packages_and_writes_the_registry(tmp_path: Path, source: Path) -> None:
    practice = prepare_practice(tmp_path / "root", source)
    assert {str(p.relative_to(practice.packages)) for p in practice.packages.rglob("*") if p.is_file()} == {
        "PHASE_SECONDS",
        "RELEASE",
        "default.nix",
        "programs/games.nix",
    }
    assert os.access(practice.packages / "default.nix", os.W_OK)
    registry = json.loads((practice.root / "registry.json").read_text())
    assert registry["flakes"][0]["from"]["id"] == "nixpkgs"
    assert registry["flakes"][0]["to"] == {"type": "path", "path": str(practice.packages)}
    assert practice.profile.parent.is_dir()
    assert not practice.profile.exists()
    assert (practice.root / "home/.nix-profile").readlink() == practice.profile
    assert practice.environment == practice_environment(practice.root)


def test_preparing_twice_changes_nothing(tmp_path: Path, source: Path) -> None:
    first = prepare_practice(tmp_path / "root", source)
    before = files_below(first.root)
    assert prepare_practice(tmp_path / "root", source) == first
    assert files_below(first.root) == before


def test_preparing_again_brings_new_packages_and_keeps_what_was_chosen(tmp_path: Path, source: Path) -> None:
    practice = prepare_practice(tmp_path / "root", source)
    practice.set_release("b")
    practice.set_phase_seconds(0.05)
    (practice.packages / "own.nix").write_text("mine")
    (source / "default.nix").chmod(0o644)
    (source / "default.nix").write_text("{ newer = true; }")
    again = prepare_practice(tmp_path / "root", source)
    assert again.release == "b"
    assert (again.packages / "PHASE_SECONDS").read_text() == "0.050"
    assert (again.packages / "own.nix").read_text() == "mine"
    assert (again.packages / "default.nix").read_text() == "{ newer = true; }"


def test_the_root_is_given_without_links_since_nix_refuses_them(tmp_path: Path, source: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert prepare_practice(tmp_path / "link" / "root", source).root == tmp_path / "real" / "root"


@pytest.mark.parametrize("name", ["two words", "jürgen", "a:b", "a#b", "a%20b", "a?b", "it's", "new\nline"])
def test_names_that_nix_cannot_use_are_refused(tmp_path: Path, source: Path, name: str) -> None:
    with pytest.raises(UserError) as caught:
        prepare_practice(tmp_path / name, source)
    assert caught.value.message.id == "practice-folder-name"
    assert not (tmp_path / name).exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, source: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-anna.txt").write_text("dear Anna")
    with pytest.raises(UserError) as caught:
        prepare_practice(tmp_path / "letters", source)
    assert caught.value.message.id == "practice-folder-in-use"
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["to-anna.txt"]


def test_remove_deletes_read_only_folders_and_nothing_behind_a_link(tmp_path: Path, source: Path) -> None:
    practice = prepare_practice(tmp_path / "root", source)
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o755)
    (kept / "file").write_text("stay")
    locked = practice.root / "store/hash-name/bin"
    locked.mkdir(parents=True)
    (locked / "program").write_text("")
    (locked / "link").symlink_to(kept)
    (practice.root / "link").symlink_to(kept)
    for folder in (locked, locked.parent, locked.parent.parent):
        folder.chmod(0o555)
    mode = kept.stat().st_mode
    practice.remove()
    assert not practice.root.exists()
    assert (kept / "file").read_text() == "stay"
    assert kept.stat().st_mode == mode
    practice.remove()  # a second time does nothing


def test_remove_leaves_a_folder_that_is_no_practice_system(tmp_path: Path, source: Path) -> None:
    practice = prepare_practice(tmp_path / "root", source)
    practice.remove()
    practice.root.mkdir()
    (practice.root / "letter").write_text("dear Anna")
    practice.remove()
    assert (practice.root / "letter").read_text() == "dear Anna"


def test_the_shipped_packages_are_complete() -> None:
    practice = resource("practice")
    assert (practice / "RELEASE").read_text() == "a"
    assert float((practice / "PHASE_SECONDS").read_text()) == 0.5
    assert (practice / "default.nix").is_file()
    assert (practice / "flake.nix").is_file()
