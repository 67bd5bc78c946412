"""The index as a whole: built once, then asked by name, command and words."""

import sqlite3
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.nix.package_index import (
    PackageIndex,
    build_index,
    shipped_fingerprint,
    shipped_folder,
    shipped_stock,
)
from nixforhumanity.nix.package_tables import Stock
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.purposes import PurposeBook
from project import CHECKOUT

QUERIES = tomllib.loads((CHECKOUT / "tests/bench/finder_queries.toml").read_text("utf-8"))
FACTS = [
    PackageFacts("vlc", "3.0", "Plays media", "vlc", main_program="vlc"),
    PackageFacts("ripgrep", "14", "Searches text", "ripgrep", main_program="rg"),
    PackageFacts("hello-world", "1", "Greets the moon", "hello-world"),
]
HOSTILE = [
    '"',
    '""" OR 1=1 --',
    "a* NEAR(b c)",
    "name:firefox",
    "^(",
    "'; DROP TABLE package;--",
    "{x}:y",
    "+ - AND OR NOT",
    "\x00\x1b[31m\u202e",
    "*",
    "\ud800",
    "%_%",
    "💾",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    build_index(PackageIndex.file_in(folder))
    return folder


@pytest.fixture(scope="module")
def whole(cache: Path) -> Iterator[PackageIndex]:
    index = PackageIndex.open(cache)
    assert index.complete
    yield index
    index.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackageIndex]:
    index = PackageIndex.open(tmp_path_factory.mktemp("empty"))
    assert not index.complete
    yield index
    index.close()


@pytest.fixture(scope="module", params=["whole", "small"])
def index(request: pytest.FixtureRequest) -> PackageIndex:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, PackageIndex)
    return found


def small_file(path: Path, fingerprint: str = "one") -> Path:
    build_index(path, stock=Stock(FACTS, {}, [("rg", ["ripgrep"])], fingerprint))
    return path


@pytest.mark.parametrize(
    ("said", "attribute"),
    [
        ("firefox", "firefox"),
        ("Firefox", "firefox"),
        ("chrome", "google-chrome"),
        ("vs code", "vscode"),
        ("visual studio code", "vscode"),
        ("libre office", "libreoffice"),
        ("fire fox", "firefox"),
        ("rip grep", "ripgrep"),
        ("rg", "ripgrep"),
        ("python", "python3"),
        ("node", "nodejs"),
        ("curl", "curl"),
        ("ls", "coreutils"),
        ("v l c", "vlc"),
        ("VLC media player", "vlc"),
        ("the firefox browser", "firefox"),
        ("okular", "kdePackages.okular"),
        ("numpy", "python3Packages.numpy"),
        ("nodejs_22", "nodejs_22"),
        ("python3Packages.numpy", "python3Packages.numpy"),
    ],
)
def test_names_that_are_sure(index: PackageIndex, said: str, attribute: str) -> None:
    (match,) = index.resolve(said)
    assert match.attribute == attribute
    assert match.score >= 0.9


@pytest.mark.parametrize(
    ("said", "attribute"),
    [
        ("photoshop", "gimp"),
        ("microsoft word", "libreoffice"),
        ("firefix", "firefox"),
        ("fierfox", "firefox"),
        ("libreofice", "libreoffice"),
        ("thunderbrid", "thunderbird"),
        ("gimpp", "gimp"),
        ("libreof", "libreoffice"),
        ("zoom", "zoom-us"),
    ],
)
def test_names_that_must_be_asked_about(index: PackageIndex, said: str, attribute: str) -> None:
    matches = index.resolve(said)
    assert matches[0].attribute == attribute
    assert all(0 < match.score < 0.9 for match in matches)


@pytest.mark.parametrize("said", ["", " ", "qqxyzzy", "wont exist at all", "!!!", "\x07"])
def test_unknown_names_give_nothing(index: PackageIndex, said: str) -> None:
    assert index.resolve(said) == ()


def test_the_first_letter_must_be_right(index: PackageIndex) -> None:
    assert "firefox" not in [match.attribute for match in index.resolve("girefox")]


def test_at_most_as_many_as_asked_for(index: PackageIndex) -> None:
    assert len(index.resolve("libreof", limit=2)) == 2
    assert len(index.search("editor", limit=3)) == 3


def test_names_inside_sets_and_rare_commands_need_the_whole_index(whole: PackageIndex) -> None:
    assert whole.resolve("haskellPackages.aeson")[0].score == 1.0
    assert whole.resolve("dash-to-dock")[0].attribute == "gnomeExtensions.dash-to-dock"
    assert whole.resolve("dash-to-dock")[0].score < 0.9
    assert whole.providers("pdftotext")[0] == "poppler-utils"


def test_providers_of_a_command(whole: PackageIndex) -> None:
    assert whole.providers("rg") == ["ripgrep"]
    assert whole.providers("RG") == ["ripgrep"]
    assert whole.providers("ls")[0] == "coreutils"
    assert whole.providers("python3")[0] == "python3"
    assert whole.providers("no-such-command") == []


def test_facts(index: PackageIndex) -> None:
    vscode = index.facts("vscode")
    assert vscode is not None
    assert (vscode.name, vscode.unfree, vscode.main_program) == ("Visual Studio Code", True, "code")
    gimp = index.facts("gimp")
    assert gimp is not None
    assert gimp.version
    assert gimp.category == "graphics"
    assert index.facts("no-such-package") is None
    assert index.facts("GIMP") is None


def test_did_you_mean(index: PackageIndex) -> None:
    assert index.similar("fotoshop")[0] == "gimp"
    assert index.similar("htpo")[0] == "htop"
    assert index.similar("qqqqqqqqqqqq") == []
    assert len(index.similar("libreof", limit=2)) == 2


def test_hits_are_in_order_and_between_0_and_1(index: PackageIndex) -> None:
    scores = [hit.score for hit in index.search("video editor", 30)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_packages_with_every_word_come_first(whole: PackageIndex) -> None:
    hits = [hit.package.attribute for hit in whole.search("kubernetes terminal")]
    assert hits[0] == "k9s"


def test_search_finds_what_was_meant(index: PackageIndex) -> None:
    places = {
        query: next(
            (place for place, hit in enumerate(index.search(query), 1) if hit.package.attribute in expected),
            0,
        )
        for queries in QUERIES.values()
        for query, expected in queries.items()
    }
    assert len(places) >= 60
    missed = [query for query, place in places.items() if not place]
    assert len(missed) <= 0.05 * len(places), missed
    assert sum(1 / place for place in places.values() if place) / len(places) > 0.9


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(index: PackageIndex, text: str) -> None:
    index.search(text)
    index.resolve(text)
    index.suggest(text)
    index.similar(text)
    index.providers(text)
    assert index.facts(text) is None
    assert index.resolve("firefox")[0].score == 1.0


@given(text=st.text(max_size=60))
def test_no_text_raises(whole: PackageIndex, text: str) -> None:
    whole.search(text)
    whole.resolve(text)
    whole.suggest(text)
    whole.similar(text)
    whole.providers(text)
    whole.facts(text)


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "ab " * 33_000, '"' * 100_000, "\x00" * 100_000, "é" * 50_000]
)
def test_very_long_text_is_quick(index: PackageIndex, text: str) -> None:
    begun = time.process_time()
    index.search(text)
    index.resolve(text)
    index.suggest(text)
    index.similar(text)
    index.providers(text)
    assert time.process_time() - begun < 0.5


def test_questions_are_quick(whole: PackageIndex) -> None:
    """Generous bounds; the bench shows the real times."""
    whole.resolve("firefox")
    begun = time.process_time()
    for _ in range(200):
        whole.resolve("firefox")
    assert (time.process_time() - begun) / 200 < 0.001


def test_a_few_packages_alone() -> None:
    index = PackageIndex.from_facts(FACTS)
    assert [match.attribute for match in index.resolve("vlc media player")] == ["vlc"]
    assert [match.attribute for match in index.resolve("rg")] == ["ripgrep"]
    assert index.resolve("firefox") == ()
    assert [hit.package.attribute for hit in index.search("moon")] == ["hello-world"]
    assert [hit.package.attribute for hit in index.search("media player")] == ["vlc"]
    vlc = index.facts("vlc")
    assert vlc is not None
    assert (vlc.name, vlc.version, vlc.description) == ("VLC media player", "3.0", "Plays media")


def test_building_reports_progress_and_can_run_in_a_thread(tmp_path: Path) -> None:
    index = PackageIndex.open(tmp_path)
    assert not index.complete
    reported: list[float] = []
    builder = threading.Thread(target=build_index, args=(PackageIndex.file_in(tmp_path), reported.append))
    builder.start()
    while builder.is_alive():
        assert index.resolve("firefox")[0].score == 1.0
    builder.join()
    assert reported == sorted(reported)
    assert reported[-1] == 1.0
    assert len(reported) > 5
    assert index.attach(PackageIndex.file_in(tmp_path))
    assert index.complete
    assert index.facts("haskellPackages.aeson") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["packages.sqlite"]
    index.close()


def test_a_stopped_build_leaves_nothing(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(part: float) -> None:
        if part > 0.1:
            raise StoppedError

    with pytest.raises(StoppedError):
        build_index(tmp_path / "index", stop)
    assert list(tmp_path.iterdir()) == []


def test_an_outdated_file_is_not_used(tmp_path: Path) -> None:
    small_file(PackageIndex.file_in(tmp_path), "of another release")
    index = PackageIndex.open(tmp_path)
    assert not index.complete
    assert index.resolve("firefox")[0].score == 1.0
    assert index.attach(PackageIndex.file_in(tmp_path), fingerprint="of another release")
    assert index.resolve("firefox") == ()
    index.close()


def test_the_fingerprint_changes_with_the_content(tmp_path: Path) -> None:
    for path in shipped_folder().iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    before = shipped_fingerprint(tmp_path)
    assert before == shipped_fingerprint() == shipped_stock(tmp_path).fingerprint
    with (tmp_path / "programs.toml").open("a") as file:
        file.write("\n# changed\n")
    assert shipped_fingerprint(tmp_path) != before


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x01" * 5000])
def test_a_damaged_file_is_refused_and_built_again(tmp_path: Path, content: bytes) -> None:
    path = PackageIndex.file_in(tmp_path)
    path.write_bytes(content)
    index = PackageIndex.open(tmp_path)
    assert not index.complete
    small_file(path)
    assert index.attach(path)
    index.close()


def test_damage_that_shows_late_falls_back_to_memory(tmp_path: Path) -> None:
    path = PackageIndex.file_in(tmp_path)
    build_index(path)
    index = PackageIndex.open(tmp_path)
    assert index.complete
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * (path.stat().st_size - 4 * 4096))
    assert index.resolve("firefox")[0].score == 1.0
    assert index.search("photo editor")[0].package.attribute == "gimp"
    assert not index.complete
    assert not path.exists()


def test_other_mistakes_are_not_hidden() -> None:
    def broken() -> sqlite3.Connection:
        return sqlite3.connect(":memory:")

    with pytest.raises(sqlite3.OperationalError):
        PackageIndex(broken, PurposeBook([])).resolve("firefox")


def test_several_threads_may_ask(whole: PackageIndex) -> None:
    answers: list[str] = []

    def ask() -> None:
        for _ in range(50):
            answers.append(whole.resolve("gimp")[0].attribute)
            answers.append(whole.search("edit photos", 1)[0].package.attribute)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["gimp"] * 400
