"""The words of short answers: no word is both a yes and a no, and each can be found in a normalised line."""

import pytest

from nixforhumanity.understanding.answer_words_of_languages import AnswerWords, answer_words
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.normalise import normalise

OTHERS = [language for language in LANGUAGES if language != "en"]
THANKED = {
    "ar": ("نعم شكرا", "تمام شكرا"), "de": ("ja danke", "ok danke"), "es": ("sí, gracias", "vale, gracias"),
    "fr": ("oui merci", "ok merci"), "hi": ("हाँ धन्यवाद", "ठीक धन्यवाद"),
    "ja": ("はいありがとう", "了解ありがとう"),
    "pt_BR": ("sim, obrigado", "ok, obrigado"), "ru": ("да, спасибо", "ладно, спасибо"),
    "zh_CN": ("好的谢谢", "没问题谢谢"),
}  # fmt: skip
"""Of each language a yes with thanks, and thanks that end a talk."""


def words(language: str) -> AnswerWords:
    found = answer_words(language)
    assert found is not None
    return found


def test_english_and_unknown_languages_have_none() -> None:
    assert answer_words("en") is None
    assert answer_words("tlh") is None


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_a_language_is_yes_and_no(language: str) -> None:
    known = words(language)
    assert known.yes
    assert known.no
    assert known.yes & known.no == set()
    assert known.clear <= known.yes
    assert known.thanks <= known.beside
    assert known.thanks <= known.polite
    assert known.thanks & (known.yes | known.no) == set()


def test_no_word_is_a_yes_in_one_language_and_a_no_in_another() -> None:
    both = {
        (word, one, other) for one in OTHERS for other in OTHERS for word in words(one).yes & words(other).no
    }
    assert both == set()


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_is_found_in_a_line(language: str) -> None:
    known = words(language)
    unreachable = {
        word for word in known.yes | known.no if not known.is_answer(normalise(word, language=language))
    }
    assert unreachable == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_no_beside_any_yes_is_a_no(language: str) -> None:
    known = words(language)
    for yes in known.yes:
        for no in known.no:
            line = f"{yes} {no}"
            assert known.says_no(line), line
            assert not known.says_yes(line), line


@pytest.mark.parametrize("language", OTHERS)
def test_no_question_is_a_yes(language: str) -> None:
    known = words(language)
    for yes in known.yes:
        assert not any(known.says_yes(f"{yes}{mark}") for mark in ("?", "？", "؟", " ?"))


@pytest.mark.parametrize("language", OTHERS)
def test_thanks_leave_only_a_clear_yes(language: str) -> None:
    clear, ends = (normalise(line, language=language) for line in THANKED[language])
    assert words(language).says_yes(clear)
    assert not words(language).says_yes(ends)
    assert not words(language).says_no(ends)


@pytest.mark.parametrize("language", OTHERS)
def test_a_yes_inside_of_other_words_is_none(language: str) -> None:
    known = words(language)
    for yes in known.yes:
        assert not known.is_answer(f"{yes} firefox")
        assert not known.is_answer(f"firefox {yes}")
        assert not known.is_answer(" ".join([yes] * 9))
