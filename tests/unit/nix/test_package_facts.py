"""Reading the shipped lists, and what Nix prints about the packages of a machine."""

import json
import lzma
from pathlib import Path

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_facts import parse_available, read_commands, read_packages, usual_attribute
from nixforhumanity.nix.packages import PackageFacts

AVAILABLE = {
    "vlc": {
        "name": "vlc-3.0.21",
        "pname": "vlc",
        "version": "3.0.21",
        "system": "x86_64-linux",
        "outputName": "",
        "meta": {"description": "Media  player\n", "mainProgram": "vlc", "unfree": False, "position": "x:1"},
    },
    "discord": {
        "name": "discord-0.0.5",
        "meta": {"description": "Chat", "license": {"free": False, "shortName": "unfree"}},
    },
    "python3Packages.numpy": {
        "name": "python3.13-numpy-2.1",
        "version": "2.1",
        "meta": {"license": [{"free": True}]},
    },
    "odd": {"name": "odd", "version": None, "meta": None},
}


def facts_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "facts.tsv.xz"
    path.write_bytes(lzma.compress(text.encode()))
    return path


def test_what_nix_prints_becomes_facts() -> None:
    assert parse_available(json.dumps(AVAILABLE).encode()) == [
        PackageFacts("discord", "0.0.5", "Chat", "discord", unfree=True),
        PackageFacts("odd", "", "", "odd"),
        PackageFacts("python3Packages.numpy", "2.1", "", "python3Packages.numpy"),
        PackageFacts("vlc", "3.0.21", "Media player", "vlc", main_program="vlc"),
    ]


def test_the_channel_before_an_attribute_is_removed() -> None:
    content = json.dumps({"nixpkgs.vlc": AVAILABLE["vlc"]}).encode()
    assert [facts.attribute for facts in parse_available(content, prefix="nixpkgs.")] == ["vlc"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"vlc": 1}', b"\xff\xfe", b"error: out of memory"])
def test_anything_else_is_said_to_be_unreadable(content: bytes) -> None:
    with pytest.raises(UserError) as raised:
        parse_available(content)
    assert raised.value.message.id == "packages-unreadable"


def test_versions_of_inner_parts_are_dropped(tmp_path: Path) -> None:
    path = facts_file(
        tmp_path,
        "gimp\t3.0.8\t\ninkscape\t3.13.12-env\tpython3\npython312\t3.12.13\tpython3\nkdePackages.ark\t25.1\tark\n",
    )
    versions = {facts.attribute: facts.version for facts in read_packages(path)}
    assert versions == {"gimp": "3.0.8", "inkscape": "", "python312": "3.12.13", "kdePackages.ark": "25.1"}


def test_words_of_the_build_are_no_part_of_a_version(tmp_path: Path) -> None:
    path = facts_file(tmp_path, "libreoffice\t25.2.6.2-wrapped\t\n")
    assert [facts.version for facts in read_packages(path)] == ["25.2.6.2"]


def test_python_libraries_have_their_usual_name_too(tmp_path: Path) -> None:
    path = facts_file(tmp_path, "python313Packages.numpy\t2.1\tpython3.13-numpy\ntests.cc\t1\t\n")
    assert [facts.attribute for facts in read_packages(path)] == [
        "python313Packages.numpy",
        "python3Packages.numpy",
    ]
    assert list(read_packages(path, only_top_level=True)) == []


def test_commands_without_inner_files(tmp_path: Path) -> None:
    path = facts_file(tmp_path, ".rg-wrapped\tripgrep\nf2py\tpython313Packages.numpy other\nrg\tripgrep\n")
    assert list(read_commands(path)) == [("f2py", ["python3Packages.numpy", "other"]), ("rg", ["ripgrep"])]


def test_other_attributes_stay_as_they_are() -> None:
    assert usual_attribute("python312Packages.numpy") == "python312Packages.numpy"
    assert usual_attribute("firefox") == "firefox"
