"""The word to explain: a known idea as a whole, whatever part of it was chosen, or the person's words."""

import pytest

from nixforhumanity.core.concepts import concept_meant
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.extraction.ideas import whole_idea
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.words import line_of
from nixforhumanity.understanding.requests import NameMatch


class NoNames:
    """An index that knows no name."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return []


@pytest.mark.parametrize(
    ("language", "text", "chosen", "idea"),
    [
        ("en", "what is a profile", "a", "profile"),
        ("en", "what is a profile", "a profile", "profile"),
        ("en", "explain garbage collection", "garbage", "garbage collection"),
        ("en", "explain the store path", "store", "store path"),
        ("en", "what is a frobnicator", "a", "a"),
        ("en", "what are fixed-output derivations", "fixed-output derivations", "fixed-output derivations"),
        ("en", "what is a profile and a flake", "a", "a"),  # which of the two, nobody knows
        ("de", "was ist ein Profil", "ein", "Profil"),
        ("de", "was ist eine Garbage Collection", "Collection", "Garbage Collection"),
        ("fr", "c'est quoi une génération", "une", "génération"),
    ],
)
def test_what_was_chosen_is_made_whole(language: str, text: str, chosen: str, idea: str) -> None:
    line = line_of(text, language)
    count = len(chosen.split())
    raws = [word.raw for word in line.words]
    first = next(at for at in range(len(raws)) if raws[at : at + count] == chosen.split())
    assert whole_idea(line, Candidate(first, first + count, chosen)) == idea


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("en", "what is a profile", "profile"),
        ("en", "tell me what a generation is please", "generation"),
        ("en", "what does flake mean", "flake"),
        ("de", "was ist ein Profil?", "profile"),
        ("de", "erkläre mir den Kanal", "channel"),
        ("fr", "qu'est-ce qu'un profil ?", "profile"),
        ("es", "¿qué es un perfil?", "profile"),
        ("ru", "что такое профиль", "profile"),
        ("ja", "プロファイルとは何ですか", "profile"),
    ],
)
def test_the_concept_of_a_question_is_known(language: str, text: str, concept: str) -> None:
    words = str(extract("explain_concept", text, NoNames(), language).values["concept"])
    found = concept_meant(words, language)
    assert found is not None, words
    assert found.id == concept
