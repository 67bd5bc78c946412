"""Names of store paths, dry runs, closures, clean texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.nix.closures import VersionChange, closure_changes, element_changes
from nixforhumanity.nix.dry_run import DryRun, parse_dry_run
from nixforhumanity.nix.profiles import ProfileElement
from nixforhumanity.nix.store_names import PackageName, main_path, package_of_path, split_package_name
from nixforhumanity.nix.text import clean, clean_line

HASH = "w18ixwcnhm1sazgsdyn6px3hqsrsjkaa"


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("hello-2.12.1", "hello", "2.12.1"),
        ("gtk+3-3.24.49", "gtk+3", "3.24.49"),
        ("python3.13-numpy-2.3.1", "python3.13-numpy", "2.3.1"),
        ("source", "source", ""),
        ("font-awesome", "font-awesome", ""),
        ("trailing-", "trailing-", ""),
    ],
)
def test_names_split_as_nix_does(text: str, name: str, version: str) -> None:
    assert split_package_name(text) == PackageName(name, version)


def test_outputs_belong_to_one_package() -> None:
    paths = tuple(f"/nix/store/{HASH}-curl-8.5.0{output}" for output in ("-man", "-bin", ""))
    assert {package_of_path(path) for path in paths} == {PackageName("curl", "8.5.0")}
    assert main_path(paths).endswith("curl-8.5.0")


def test_dry_runs() -> None:
    both = """these 2 derivations will be built:
  /nix/store/a.drv
  /nix/store/b.drv
these 37 paths will be fetched (52.50 MiB download, 1.25 GiB unpacked):
  /nix/store/c
"""
    assert parse_dry_run(both) == DryRun(2, 37, round(52.5 * 2**20), round(1.25 * 2**30))
    assert parse_dry_run(both).disk_bytes is None
    one = "this path will be fetched (12.3 KiB download, 99.0 KiB unpacked):\n  /nix/store/c\n"
    assert parse_dry_run(one).disk_bytes == (99 * 1024)
    assert parse_dry_run("this derivation will be built:\n  /nix/store/a.drv").builds == 1
    assert parse_dry_run("") == DryRun()


def element(attribute: str, version: str) -> ProfileElement:
    return ProfileElement(attribute, attribute, version, ())


def test_what_a_person_installed_is_compared() -> None:
    before = [element("hello", "1"), element("vlc", "3"), element("same", "1")]
    after = [element("hello", "2"), element("htop", "5"), element("same", "1")]
    assert element_changes(before, after) == [
        VersionChange("hello", "1", "2"),
        VersionChange("htop", None, "5"),
        VersionChange("vlc", "3", None),
    ]


def test_closures_are_compared_by_version() -> None:
    def path(name: str) -> str:
        return f"/nix/store/{HASH}-{name}"

    before = [path("zlib-1.2"), path("glibc-2.40"), path("old-1.drv"), path("profile")]
    after = [path("zlib-1.3"), path("glibc-2.40"), path("new-1.drv"), path("user-environment")]
    assert closure_changes(before, after) == [VersionChange("zlib", "1.2", "1.3")]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31;1merror:\x1b[0m no", "error: no"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("10%\r20%\r30%", "30%"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\u202eb\u2066c", "abc"),
        ("half \x1b", "half "),
    ],
)
def test_texts_are_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.sampled_from("\x1b[]0;mH\x07\\\x9babc \n\r\x00")))
def test_no_control_character_survives(text: str) -> None:
    assert not set(clean(text)) & set("\x1b\x07\x9b\x00\r")
    assert "\n" not in clean_line(text)
    assert clean(clean(text)) == clean(text)
