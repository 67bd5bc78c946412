"""Versions of Nix and what they can do."""

import pytest

from nixforhumanity.nix.version import NixFamily, capabilities_of, parse_nix_version


@pytest.mark.parametrize(
    ("text", "family", "numbers", "shown"),
    [
        ("nix (Nix) 2.8.0\n", NixFamily.NIX, (2, 8, 0), "2.8.0"),
        ("nix (Nix) 2.31.2+1", NixFamily.NIX, (2, 31, 2), "2.31.2"),
        ("nix (Nix) 2.24.0pre20240723_d1f8e29", NixFamily.NIX, (2, 24, 0), "2.24.0"),
        ("nix (Lix, like Nix) 2.91.1\nSystem type: x86_64-linux", NixFamily.LIX, (2, 91, 1), "Lix 2.91.1"),
        ("nix (Determinate Nix 3.6.2) 2.29.0", NixFamily.DETERMINATE, (2, 29, 0), "Determinate Nix 2.29.0"),
    ],
)
def test_versions_are_read(text: str, family: NixFamily, numbers: tuple[int, int, int], shown: str) -> None:
    version = parse_nix_version(text)
    assert version is not None
    assert (version.family, version.numbers, version.text) == (family, numbers, shown)


@pytest.mark.parametrize("text", ["", "\n", "bash: nix: command not found", "nix", "git version 2.8"])
def test_other_texts_are_not_versions(text: str) -> None:
    assert parse_nix_version(text) is None


@pytest.mark.parametrize(
    ("text", "names", "verb", "config"),
    [
        ("nix (Nix) 2.8.0", False, "install", ("show-config",)),
        ("nix (Nix) 2.18.1", False, "install", ("show-config",)),
        ("nix (Nix) 2.20.0", True, "install", ("config", "show")),
        ("nix (Nix) 2.31.0", True, "add", ("config", "show")),
        ("nix (Lix, like Nix) 2.91.1", True, "install", ("show-config",)),
    ],
)
def test_what_they_can_do(text: str, names: bool, verb: str, config: tuple[str, ...]) -> None:
    version = parse_nix_version(text)
    assert version is not None
    able = capabilities_of(version)
    assert (able.profile_names, able.profile_add_verb, able.show_config) == (names, verb, config)
