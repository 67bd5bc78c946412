"""The shipped supplement: popular programs and what people say for them."""

from collections import Counter
from pathlib import Path

import pytest

from nixforhumanity.nix.package_facts import read_packages
from nixforhumanity.nix.package_index import shipped_folder
from nixforhumanity.nix.package_words import name_key
from nixforhumanity.nix.programs import Program, load_programs

# Attributes of nixpkgs that packages.tsv.xz lacks: unfree ones, and some made in other ways than most.
KNOWN_BUT_NOT_LISTED = frozenset(
    """
    _1password-gui android-studio anydesk anytype aseprite bitwig-studio calibre cheese cmake
    code-cursor corefonts curl davinci-resolve discord drawio dropbox dwarf-fortress elixir erlang
    fbreader ferdium flightgear geekbench geogebra gitkraken gnome-terminal google-chrome
    googleearth-pro helvum jdk jdk17 jdk21 jetbrains.clion jetbrains.webstorm kicad llvm lutris makemkv
    megasync microsoft-edge mixxx mongodb nh nheko ninja nodejs nvtopPackages.full obsidian openshot-qt
    openssl opentoonz opera pkg-config plex-desktop postman python3 reaper rstudio rustdesk slack solaar
    spotify spyder steam sublime4 teamspeak6-client teamviewer terraform thunderbird turbowarp-desktop
    typora unrar vagrant ventoy veracrypt vivaldi vscode waybar wire-desktop wpsoffice xonotic yed
    zeroad zoom-us
    """.split()  # noqa: SIM905
)


@pytest.fixture(scope="module")
def programs() -> dict[str, Program]:
    return load_programs(shipped_folder() / "programs.toml")


def test_there_are_enough(programs: dict[str, Program]) -> None:
    assert len(programs) >= 400


def test_every_attribute_exists(programs: dict[str, Program]) -> None:
    listed = {facts.attribute for facts in read_packages(shipped_folder() / "packages.tsv.xz")}
    assert set(programs) - listed == KNOWN_BUT_NOT_LISTED


def test_descriptions_are_one_plain_line(programs: dict[str, Program]) -> None:
    odd = [
        program.attribute
        for program in programs.values()
        if not 8 <= len(program.about) <= 80 or program.about.endswith(".") or "\n" in program.about
    ]
    assert odd == []


def test_descriptions_say_what_one_does_with_it(programs: dict[str, Program]) -> None:
    assert [one.about for one in programs.values() if not 4 <= len(one.about.split()) <= 12] == []


def test_a_name_means_one_program(programs: dict[str, Program]) -> None:
    said = Counter(
        key
        for program in programs.values()
        for key in {name_key(text) for text in (program.name, *program.also)}
    )
    assert [key for key, times in said.items() if times > 1] == []


def test_no_program_stands_in_for_one_that_exists(programs: dict[str, Program]) -> None:
    attributes = {name_key(attribute) for attribute in programs}
    stand_ins = {name_key(other) for program in programs.values() for other in program.like}
    assert stand_ins & attributes == set()


@pytest.mark.parametrize(
    "attribute", ["python3", "nodejs", "curl", "vscode", "discord", "spotify", "steam", "google-chrome"]
)
def test_what_the_list_lacks_is_there(programs: dict[str, Program], attribute: str) -> None:
    assert attribute in programs


def test_unfree_programs_are_marked(programs: dict[str, Program]) -> None:
    unfree = {"vscode", "discord", "spotify", "steam", "google-chrome", "zoom-us", "slack", "obsidian"}
    assert {attribute for attribute in unfree if not programs[attribute].unfree} == set()
    assert not programs["firefox"].unfree


@pytest.mark.parametrize(
    "line",
    ['firefox = { name = "Firefox" }', 'firefox = { name = "F", about = "x", alias = ["y"] }', "firefox = 1"],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "programs.toml").write_text(f"[web]\n{line}\n")
    with pytest.raises(ValueError, match="firefox"):
        load_programs(tmp_path / "programs.toml")


def test_a_program_may_stand_in_one_category_only(tmp_path: Path) -> None:
    line = 'gimp = { name = "GIMP", about = "Edit photos" }'
    (tmp_path / "programs.toml").write_text(f"[photo]\n{line}\n[graphics]\n{line}\n")
    with pytest.raises(ValueError, match="gimp"):
        load_programs(tmp_path / "programs.toml")
