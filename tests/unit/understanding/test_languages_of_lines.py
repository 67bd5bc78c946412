"""Which language a line is in: by its script, by its common words, and as expected where neither tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_lines import read_folder, single
from nixforhumanity.understanding.languages import LANGUAGES, nearest_language, spoken_language, with_umlauts
from nixforhumanity.understanding.normalise import normalise
from project import CHECKOUT

LINES = {
    "en": "please install the browser for me",
    "ar": "ثبت لي المتصفح من فضلك",
    "de": "bitte installiere mir den browser",
    "es": "por favor instálame el navegador",
    "fr": "installe-moi le navigateur s'il te plaît",
    "hi": "मेरे लिए ब्राउज़र इंस्टॉल कर दो",
    "ja": "ブラウザを入れてください",
    "pt_BR": "instala o navegador pra mim por favor",
    "ru": "установи мне браузер пожалуйста",
    "zh_CN": "请帮我安装浏览器",
}


def test_every_language_has_a_line() -> None:
    assert set(LINES) == set(LANGUAGES)


@pytest.mark.parametrize("expected", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_shows_its_language_whatever_is_expected(language: str, expected: str) -> None:
    # Without Kana, Chinese characters are of whichever of their two languages is expected.
    without_kana = language == "zh_CN" and expected == "ja"
    assert spoken_language(LINES[language], expected) == ("ja" if without_kana else language)


@pytest.mark.parametrize("expected", LANGUAGES)
@pytest.mark.parametrize("text", ["", " ", "firefox", "vlc", "8080", "?!", "😀", "a", "nix-env -iA hello"])
def test_what_shows_no_language_is_of_the_expected_one(text: str, expected: str) -> None:
    assert spoken_language(text, expected) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("установи firefox и libreoffice", "ru"),
        ("firefox установить", "ru"),
        ("install firefox и", "en"),  # one letter of another script is a slip of the keyboard
        ("请安装 visual studio code", "zh_CN"),
        ("visual studio code をインストールして", "ja"),
        ("漢字だけじゃない", "ja"),
        ("افتح libreoffice writer", "ar"),
        ("firefox खोलो", "hi"),
        ("mujhe firefox install karna hai", "hi"),
        ("ich möchte firefox und vlc installieren", "de"),
        ("quiero instalar firefox en mi ordenador", "es"),
    ],
)
def test_names_of_programs_do_not_hide_the_language(text: str, language: str) -> None:
    assert spoken_language(text, "en") == language


@pytest.mark.parametrize(("expected", "language"), [("ja", "ja"), ("zh_CN", "zh_CN"), ("de", "zh_CN")])
def test_chinese_characters_alone_are_of_the_expected_language(expected: str, language: str) -> None:
    assert spoken_language("安装", expected) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_strangers_wrote_is_taken_for_their_language(language: str) -> None:
    lines = single(read_folder(CHECKOUT / "tests/understanding/fresh" / language))
    found = [spoken_language(normalise(line.text, language=""), language) for line in lines]
    assert found.count(language) >= 0.97 * len(lines)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"), ("de_AT", "de"), ("pt", "pt_BR"), ("pt_PT", "pt_BR"), ("zh_TW", "zh_CN"),
        ("en_GB", "en"), ("it_IT", None), ("C", None), ("", None),
    ],
)  # fmt: skip
def test_a_locale_has_a_language_of_its_family(locale: str, language: str | None) -> None:
    assert nearest_language(locale) == language


@given(st.text(st.characters(exclude_categories=()), max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_has_a_language(text: str, expected: str) -> None:
    assert spoken_language(text, expected) in LANGUAGES


def test_german_without_umlauts_is_read_with_them() -> None:
    assert with_umlauts("koenntest du das rueckgaengig machen") == "könntest du das rückgängig machen"
    assert with_umlauts("neue steuer aktuell michael") == "neue steuer aktuell michael"
