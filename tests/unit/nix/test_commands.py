"""Commands: right for each version and profile, and never bent by what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.commands import NixCommands
from nixforhumanity.nix.profiles import ProfileTool
from nixforhumanity.nix.sources import ChannelSource, FlakeSource, FolderSource, PackageSource
from nixforhumanity.nix.version import NixFamily, NixVersion, capabilities_of

HASH = "w18ixwcnhm1sazgsdyn6px3hqsrsjkaa"
PATH = f"/nix/store/{HASH}-hello-2.12.1"


def commands(
    minor: int = 8,
    tool: ProfileTool = ProfileTool.NIX_PROFILE,
    source: PackageSource | None = None,
    *,
    profile: str | None = None,
    enable: bool = False,
) -> NixCommands:
    capabilities = capabilities_of(NixVersion(NixFamily.NIX, (2, minor, 0)))
    return NixCommands(capabilities, tool, source or FlakeSource(), "/nix/store", profile, enable)


def env(source: PackageSource | None = None) -> NixCommands:
    return commands(tool=ProfileTool.NIX_ENV, source=source or ChannelSource("nixos", "/channels/nixos"))


def test_installing() -> None:
    assert commands().install("hello") == ("nix", "profile", "install", "nixpkgs#hello")
    assert commands(31).install("hello") == ("nix", "profile", "add", "nixpkgs#hello")
    folder = FolderSource("/home/me/packages")
    assert commands(source=folder).install("a.b") == (
        "nix",
        "profile",
        "install",
        "path:/home/me/packages#a.b",
    )
    assert env().install("hello") == ("nix-env", "-iA", "nixos.hello")
    assert env(folder).install("hello") == ("nix-env", "-f", "/home/me/packages", "-iA", "hello")
    assert commands().install_path(PATH) == ("nix", "profile", "install", PATH)
    assert env().install_path(PATH) == ("nix-env", "-i", PATH)


def test_an_explicit_profile_and_forbidden_commands() -> None:
    written = commands(profile="/p/profile", enable=True).remove("packages.x86_64-linux.hello")
    assert written[:3] == ("nix", "--extra-experimental-features", "nix-command flakes")
    assert written[3:] == ("profile", "remove", "--profile", "/p/profile", r"packages\.x86_64-linux\.hello")


@pytest.mark.parametrize(
    ("minor", "element", "matcher"),
    [
        (8, "packages.x86_64-linux.gtk+", r"packages\.x86_64-linux\.gtk\+"),
        (8, "0", "(0)"),
        (8, f"{HASH}-hello-2.12.1", PATH),
        (20, "hello", "hello"),
        (20, "hello-1", "hello-1"),
    ],
)
def test_removing_one_element(minor: int, element: str, matcher: str) -> None:
    assert commands(minor).remove(element) == ("nix", "profile", "remove", matcher)


@pytest.mark.parametrize(
    ("element", "selector"),
    [("hello-2.12.1", "hello-2.12.1"), ("gtk+3-3.24.49", r"gtk\+3-3.24.49"), ("noname", "noname")],
)
def test_nix_env_reads_names_as_patterns(element: str, selector: str) -> None:
    assert env().remove(element) == ("nix-env", "-e", selector)


def test_emptying() -> None:
    assert commands(8).remove_all((PATH,)) == ("nix", "profile", "remove", PATH)
    assert commands(20).remove_all((PATH,)) == ("nix", "profile", "remove", "--all")
    assert env().remove_all(()) == ("nix-env", "-e", "*")


def test_generations() -> None:
    assert commands().switch_generation(3) == ("nix", "profile", "rollback", "--to", "3")
    assert env().switch_generation(3) == ("nix-env", "--switch-generation", "3")
    assert commands().delete_generations(None) == ("nix", "profile", "wipe-history")
    assert commands().delete_generations("14d")[-2:] == ("--older-than", "14d")
    assert commands().delete_generations("+5") == ("nix-env", "--delete-generations", "+5")
    assert env().delete_generations(None) == ("nix-env", "--delete-generations", "old")
    for number in (0, -1, 10**9):
        with pytest.raises(UserError):
            commands().switch_generation(number)


def test_starting_without_installing() -> None:
    assert commands().run_by_hand("hello", "hello") == ("nix", "shell", "nixpkgs#hello", "-c", "hello")
    assert env().run_by_hand("hello", "hello") == ("nix-shell", "-p", "hello", "--run", "hello")
    assert env().realise("hello", "/run/link")[:2] == ("nix-build", "/channels/nixos")


def test_nix_env_needs_a_channel() -> None:
    with pytest.raises(UserError) as caught:
        commands(tool=ProfileTool.NIX_ENV).install("hello")
    assert caught.value.message.id == "no-channel"


@given(st.text(min_size=1, max_size=40), st.sampled_from([8, 20, 31]), st.sampled_from(list(ProfileTool)))
def test_no_text_becomes_an_option_or_another_source(text: str, minor: int, tool: ProfileTool) -> None:
    writer = commands(minor, tool, FolderSource("/packages"))
    for write in (
        writer.install,
        writer.install_path,
        writer.remove,
        writer.delete_generations,
        writer.dry_run,
    ):
        try:
            written = write(text)
        except UserError:
            continue
        last = written[-1]
        assert not last.startswith("-")
        assert "\n" not in last
        assert "#" not in text
        assert " " not in text
