"""What people say for the purposes in other languages, and finding the one that is meant."""

import tomllib
from pathlib import Path

import pytest

from nixforhumanity.nix.package_index import PackageIndex, shipped_folder
from nixforhumanity.nix.purpose_phrases import PhraseBook
from nixforhumanity.nix.purposes import PurposeBook, load_purposes
from nixforhumanity.nix.spoken_words import LANGUAGES, are_forms_of_one, languages_of, pieces_of

PURPOSES = load_purposes(shipped_folder() / "purposes.toml")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def book() -> PurposeBook:
    return PurposeBook(PURPOSES, shipped_folder())


def phrases_of(language: str) -> dict[str, list[str]]:
    return tomllib.loads((shipped_folder() / "purposes" / f"{language}.toml").read_text(encoding="utf-8"))


def test_there_is_a_file_for_each_language() -> None:
    assert {path.stem for path in (shipped_folder() / "purposes").iterdir()} == set(LANGUAGES)
    small = tomllib.loads((shipped_folder() / "small_words.toml").read_text(encoding="utf-8"))
    assert set(small) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_has_phrases(language: str) -> None:
    phrases = phrases_of(language)
    assert set(phrases) == {purpose.key for purpose in PURPOSES}
    assert [key for key, said in phrases.items() if not 3 <= len(said) <= 7] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_for_two_purposes(language: str) -> None:
    every = [phrase for said in phrases_of(language).values() for phrase in said]
    assert sorted(every) == sorted(set(every))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_leads_to_its_purpose(language: str, book: PurposeBook) -> None:
    lost = []
    for key, said in phrases_of(language).items():
        for phrase in said:
            if language not in languages_of(phrase):
                continue  # foreign letters alone do not tell the language
            matches = book.matches(phrase)
            very = [one.purpose.key for one in matches if one.score >= 0.99]
            if not matches or key not in (matches[0].purpose.key, *very):
                lost.append((phrase, key))
    assert lost == []


@pytest.mark.parametrize(
    ("words", "attribute"),
    [
        ("Bilder von meinen Enkeln ansehen", "loupe"),
        ("fotos anschaun", "loupe"),
        ("un programa para editar mis fotos", "gimp"),
        ("ouvir musica", "rhythmbox"),
        ("retoucher mes photos de vacances", "gimp"),
        ("просмотра фотографий", "loupe"),
        ("看图片", "loupe"),
        ("写真を見たい", "loupe"),
        ("لعرض الصور", "loupe"),
        ("फोटो देखने", "loupe"),
    ],
)
def test_other_words_for_it(index: PackageIndex, words: str, attribute: str) -> None:
    assert index.suggest(words)[0].attribute == attribute
    assert index.search(words)[0].package.attribute == attribute


@pytest.mark.parametrize(
    "words", ["Bienen züchten", "mi gato duerme", "xqzt", "明天", "привет", "شكرا", "नमस्ते", "🙂"]
)
def test_other_words_name_no_purpose(index: PackageIndex, words: str) -> None:
    assert not index.names_purpose(words)


def test_other_languages_are_read_only_when_they_are_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = Path.read_text
    book = PurposeBook(PURPOSES, shipped_folder())

    def noted(path: Path, encoding: str | None = None, errors: str | None = None) -> str:
        read.append(path.stem)
        return whole(path, encoding, errors)

    monkeypatch.setattr(Path, "read_text", noted)
    assert book.matches("edit my photos")
    assert read == []
    assert book.matches("просмотр фото")
    assert set(read) == {"ru", "small_words"}
    del read[:]
    assert book.matches("смотреть фото")
    assert read == []


def test_forms_of_one_word_begin_alike() -> None:
    assert are_forms_of_one("bearbeiten", "bearbeitung")
    assert are_forms_of_one("jeu", "jeux")
    assert not are_forms_of_one("bildschirm", "bilder")
    assert not are_forms_of_one("編集", "編曲")


def test_pieces_are_words_or_two_letters() -> None:
    assert pieces_of("Für die Müller-Fotos", "de", {"fur", "die"}) == ["muller", "fotos"]
    assert pieces_of("देखने के लिए", "hi", {"के", "लिए"}) == ["देखने"]
    assert pieces_of("看图片的软件", "zh_CN", {"软件", "的"}) == ["看图", "图片", "看", "图", "片"]
    assert pieces_of("لعرض الصور", "ar", ()) == ["عرض", "صور"]
    assert pieces_of("die", "de", {"die"}) == ["die"]


def test_a_mistyped_word_is_known() -> None:
    book = PhraseBook("de", {"draw": ["malprogramm benutzen"]}, ())
    assert [near.key for near in book.near("malprogamm benutzen")] == ["draw"]
    assert book.near("") == []
