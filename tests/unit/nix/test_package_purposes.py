"""The shipped purposes, and finding the one that is meant."""

from pathlib import Path

import pytest

from nixforhumanity.nix.package_index import PackageIndex, shipped_folder
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.programs import load_programs
from nixforhumanity.nix.purposes import Purpose, PurposeBook, Suggestion, load_purposes

PURPOSES = load_purposes(shipped_folder() / "purposes.toml")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("cache"))


def test_there_are_enough() -> None:
    assert len(PURPOSES) >= 90
    assert all(len(purpose.say) >= 2 and 1 <= len(purpose.suggestions) <= 4 for purpose in PURPOSES)


def test_every_suggestion_is_a_known_program_with_a_reason() -> None:
    programs = load_programs(shipped_folder() / "programs.toml")
    suggestions = [suggestion for purpose in PURPOSES for suggestion in purpose.suggestions]
    assert [one.attribute for one in suggestions if one.attribute not in programs] == []
    assert [one.attribute for one in suggestions if not 4 <= len(one.why.split()) <= 12] == []
    assert [one.why for one in suggestions if len(one.why) > 60 or one.why.endswith(".")] == []


def test_no_phrase_stands_for_two_purposes() -> None:
    phrases = [phrase for purpose in PURPOSES for phrase in purpose.say]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("purpose", PURPOSES, ids=lambda purpose: purpose.key)
def test_every_phrase_leads_to_the_first_program(index: PackageIndex, purpose: Purpose) -> None:
    led = {phrase: index.suggest(phrase)[0] for phrase in purpose.say}
    assert led == dict.fromkeys(purpose.say, purpose.suggestions[0])


@pytest.mark.parametrize(
    ("words", "attribute"),
    [
        ("I would like to see my grandchildren", "zoom-us"),
        ("something for editing my photos", "gimp"),
        ("how can I write letters?", "libreoffice"),
        ("lern to type", "kdePackages.ktouch"),
        ("pasword safe", "keepassxc"),
        ("Recording the Screen", "obs-studio"),
        ("a program that reads the screen aloud", "orca"),
        ("compress video files", "handbrake"),
    ],
)
def test_other_words_for_it(index: PackageIndex, words: str, attribute: str) -> None:
    assert index.suggest(words)[0].attribute == attribute


def test_without_a_purpose_descriptions_help(index: PackageIndex) -> None:
    assert index.suggest("periodic table of the elements")[0] == Suggestion(
        "kdePackages.kalzium", "Periodic table of the elements"
    )


@pytest.mark.parametrize("words", ["", "   ", "qwxzv blorgh", "cut my hair", "\x00\x01", "?!"])
def test_nothing_is_made_up(index: PackageIndex, words: str) -> None:
    assert index.suggest(words) == []


def test_only_as_many_as_asked_for(index: PackageIndex) -> None:
    assert len(index.suggest("play music", limit=2)) == 2


def test_only_packages_that_exist_are_suggested() -> None:
    index = PackageIndex.from_facts(
        [PackageFacts("krita", "5", "", "krita"), PackageFacts("vlc", "3", "", "vlc")]
    )
    assert index.suggest("edit photos") == [Suggestion("krita", "paints over photos with strong brushes")]
    assert index.suggest("read pdf") == []


def test_rare_words_count_more_than_common_ones() -> None:
    gimp, vlc = (Suggestion("gimp", ""),), (Suggestion("vlc", ""),)
    book = PurposeBook(
        [
            Purpose("photo", ("edit photo", "edit portrait"), gimp),
            Purpose("film", ("edit film", "watch film"), vlc),
        ]
    )
    assert book.matches("edit a portrait")[0].purpose.key == "photo"
    assert [match.purpose.key for match in book.matches("watch a film")] == ["film"]


def test_the_file_is_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "purposes.toml"
    path.write_text(
        '[b]\nsay = ["x", "y"]\ntry = { vlc = "one", mpv = "two" }\n'
        '[a]\nsay = ["z"]\ntry = { mpv = "three" }\n'
    )
    assert [purpose.key for purpose in load_purposes(path)] == ["b", "a"]
    assert load_purposes(path)[0].suggestions == (Suggestion("vlc", "one"), Suggestion("mpv", "two"))
