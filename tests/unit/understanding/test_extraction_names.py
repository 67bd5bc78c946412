"""Names of programs in a line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.extraction.names import NamesInLine, is_attribute
from nixforhumanity.understanding.extraction.words import line_of


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    folder: Path = tmp_path_factory.mktemp("index")
    return PackageIndex.open(folder)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("put chrome on", "google-chrome"),
        ("I like vs code best", "vscode"),
        ("spell it m p v", "mpv"),
        ("the fire fox", "firefox"),
        ("remove inksacpe", "inkscape"),
        ("nix shell nixpkgs#ripgrep.version", "ripgrep"),
        ("with java twenty one", "jdk21"),
        ("node 22 please", "nodejs_22"),
        ("python3Packages.requests", "python3Packages.requests"),
    ],
)
def test_names(text: str, attribute: str, index: PackageIndex) -> None:
    assert attribute in [one.value for one in NamesInLine(line_of(text), index).candidates()]


@pytest.mark.parametrize("text", ["please show me the picture", "what is it for", "wehn is it doen"])
def test_everyday_words_are_no_slips_of_names(text: str, index: PackageIndex) -> None:
    found = NamesInLine(line_of(text), index).candidates()
    assert [one.value for one in found if "slip" in one.marks] == []


@given(st.text(max_size=120))
def test_any_text_gives_attributes(text: str) -> None:
    class Odd:
        def resolve(self, name: str, limit: int = 5) -> list[object]:
            from nixforhumanity.understanding.requests import NameMatch

            return [NameMatch(name, 1.0)]

    for one in NamesInLine(line_of(text), Odd()).candidates():  # type: ignore[arg-type]
        assert is_attribute(one.value)
