"""Which computer this is, where the profile is, and where packages come from."""

import os
from pathlib import Path

import pytest

from nixforhumanity.assistant.host import HostKind
from nixforhumanity.nix.profiles import ProfileTool
from nixforhumanity.nix.sources import ChannelSource, FlakeSource, FolderSource
from nixforhumanity.system.host_detection import host_of_this_computer, read_operating_system
from nixforhumanity.system.nix_machine import NixMachine, Place
from nixforhumanity.system.nix_runner import NixRunner, TimeLimits, nix_environment
from nixforhumanity.system.profile_links import ProfileLinks, find_profile


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def nix_in(folder: Path) -> Path:
    write(folder / "nix", "#!/bin/sh\necho 'nix (Nix) 2.18.1'\n").chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("file", "text", "name", "is_nixos"),
    [
        ("etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', "Debian GNU/Linux 12", False),
        ("usr/lib/os-release", "NAME=Fedora\nID=fedora\n", "Fedora", False),
        ("etc/os-release", "ID=nixos\nPRETTY_NAME='NixOS 26.05'\n", "NixOS 26.05", True),
        ("etc/NIXOS", "", "Linux", True),
        ("etc/other", "", "Linux", False),
    ],
)
def test_operating_systems(tmp_path: Path, file: str, text: str, name: str, is_nixos: bool) -> None:
    write(tmp_path / file, text)
    system = read_operating_system(tmp_path)
    assert (system.name, system.is_nixos) == (name, is_nixos)


@pytest.mark.parametrize(
    ("mark", "kind"), [("etc/NIXOS", HostKind.NIXOS), ("etc/none", HostKind.OTHER_LINUX)]
)
async def test_kinds_of_computer(tmp_path: Path, mark: str, kind: HostKind) -> None:
    write(tmp_path / mark)
    environment = {"PATH": str(nix_in(tmp_path / "bin")), "HOME": str(tmp_path)}
    host = host_of_this_computer(tmp_path / "run", environment=environment, root=tmp_path)
    assert (await host.describe()).kind is kind


async def test_nix_is_found_when_started_from_a_menu(tmp_path: Path) -> None:
    folder = nix_in(tmp_path / "nix/var/nix/profiles/default/bin")
    environment = {"PATH": "/nowhere", "HOME": str(tmp_path)}
    assert nix_environment(environment, tmp_path)["PATH"] == f"/nowhere:{folder}"
    host = host_of_this_computer(tmp_path / "run", environment=environment, root=tmp_path)
    assert (await host.describe()).kind is HostKind.OTHER_LINUX


def test_the_profile_is_where_the_home_says(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "USER": "me"}
    (tmp_path / ".nix-profile").symlink_to("/elsewhere/profile")
    assert find_profile(environment, tmp_path) == Path("/elsewhere/profile")
    (tmp_path / ".nix-profile").unlink()
    (tmp_path / "state/nix").mkdir(parents=True)
    (tmp_path / "state/nix/profile").symlink_to("profiles/profile")
    assert find_profile({**environment, "XDG_STATE_HOME": str(tmp_path / "state")}, tmp_path) == (
        tmp_path / "state/nix/profiles/profile"
    )
    by_user = tmp_path / "nix/var/nix/profiles/per-user/me"
    by_user.mkdir(parents=True)
    (by_user / "profile").symlink_to("profile-1-link")
    assert find_profile(environment, tmp_path) == by_user / "profile"


def test_a_new_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"HOME": str(tmp_path), "USER": "me"}
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert find_profile(environment, tmp_path) == tmp_path / "nix/var/nix/profiles/default"
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert find_profile(environment, tmp_path) == tmp_path / ".local/state/nix/profiles/profile"


def test_links_of_a_profile(tmp_path: Path) -> None:
    profile = ProfileLinks(tmp_path / "profile")
    assert profile.current() is None
    assert profile.generations() == []
    for number in (1, 2, 10):
        (tmp_path / f"profile-{number}-link").symlink_to(f"/nix/store/{number}-profile")
    (tmp_path / "profile-2-extra-3-link").symlink_to("/nix/store/other")
    write(tmp_path / "profile-4-link", "not a link")
    profile.path.symlink_to("profile-2-link")
    assert profile.current() == 2
    assert [one.number for one in profile.generations()] == [10, 2, 1]
    link = profile.generation(10)
    assert link is not None
    assert (link.target, link.link) == ("/nix/store/10-profile", str(tmp_path / "profile-10-link"))
    assert profile.tool() is None


def machine(home: Path, profile: Path, **variables: str) -> NixMachine:
    environment = {"HOME": str(home), "PATH": "/nowhere", **variables}
    place = Place(HostKind.OTHER_LINUX, "Test", home / "run", profile=profile)
    return NixMachine(place, NixRunner(environment, TimeLimits()), environment)


def test_packages_come_from_what_the_command_knows(tmp_path: Path) -> None:
    looked = machine(tmp_path, tmp_path / "profile")
    assert looked.source(ProfileTool.NIX_PROFILE) == FlakeSource("nixpkgs")
    assert looked.source(ProfileTool.NIX_ENV) == FlakeSource("nixpkgs")
    folder = write(tmp_path / "pkgs/default.nix").parent
    searched = machine(tmp_path, tmp_path / "profile", NIX_PATH=f"other=/x:nixpkgs={folder}")
    assert searched.source(ProfileTool.NIX_ENV) == FolderSource(str(folder))
    channel = write(tmp_path / ".nix-defexpr/channels_root/nixos/default.nix").parent
    assert searched.source(ProfileTool.NIX_ENV) == ChannelSource("nixos", str(channel))


def test_the_command_follows_what_the_profile_holds(tmp_path: Path) -> None:
    looked = machine(tmp_path, tmp_path / "profile")
    assert looked.tool() is ProfileTool.NIX_PROFILE
    write(tmp_path / "profile/manifest.nix")
    assert looked.tool() is ProfileTool.NIX_ENV
    write(tmp_path / "profile/manifest.json")
    assert looked.tool() is ProfileTool.NIX_PROFILE
