"""Ideas by what people call them: in several languages, with small words around, and misspelt."""

import pytest

from nixforhumanity.core.concepts import concept_meant, concepts, near_concepts, without_small_words


@pytest.mark.parametrize(
    ("language", "words", "concept"),
    [
        ("en", "a profile", "profile"),
        ("en", "the Nix store", "store"),
        ("en", "garbage-collection", "garbage-collection"),
        ("en", "profile mean", "profile"),
        ("de", "ein Profil", "profile"),
        ("de", "Generationen", "generation"),
        ("de", "flake", "flake"),
        ("fr", "les générations", "generation"),
        ("fr", "le profil", "profile"),
        ("es", "un perfil", "profile"),
        ("ru", "профиль", "profile"),
        ("ja", "プロファイル", "profile"),
        ("zh_CN", "世代", "generation"),
        ("en", "Profil", "profile"),  # the window's language is another one than the person's
    ],
)
def test_a_concept_is_known_by_its_names(language: str, words: str, concept: str) -> None:
    found = concept_meant(words, language)
    assert found is not None
    assert found.id == concept


@pytest.mark.parametrize("words", ["a", "", "frobnicator", "fixed-output derivations", "die", "???"])
def test_what_is_no_concept_is_none(words: str) -> None:
    assert concept_meant(words, "en") is None


@pytest.mark.parametrize(
    ("words", "near"),
    [("falke", "flake"), ("fixed-output derivations", "derivation"), ("Generationnen", "generation")],
)
def test_what_comes_near_is_found(words: str, near: str) -> None:
    assert near_concepts(words, "en")[0].id == near


def test_nothing_comes_near_to_a_word_from_elsewhere() -> None:
    assert near_concepts("frobnicator", "en") == []


def test_small_words_alone_leave_nothing() -> None:
    assert without_small_words("a") == without_small_words("ein") == without_small_words("of the") == ""


def test_names_of_other_languages_are_of_concepts_that_exist() -> None:
    from nixforhumanity.core.concepts import _other_names

    assert {one for rows in _other_names().values() for one in rows} <= set(concepts("en"))
