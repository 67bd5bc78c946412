"""A question about a plan must never allow it, even when it is made of the words of a yes."""

import pytest

from nixforhumanity.understanding.answer_words import says_yes


@pytest.mark.parametrize(
    "words",
    [
        "why do you want to do that",
        "do you want to do it",
        "ok why do that",
        "is that fine",
        "should i do it",
        "is it ok to go ahead",
        "so do i want that for sure",
        "how do you do that",
        "what do you want to do",
        "are you sure",
        "well, is this all right",
    ],
)
def test_questions(words: str) -> None:
    assert not says_yes(words)


@pytest.mark.parametrize(
    "words", ["yes do that", "why not", "sure, why not", "do it", "do that please", "ok go ahead", "so do it"]
)
def test_answers(words: str) -> None:
    assert says_yes(words)
