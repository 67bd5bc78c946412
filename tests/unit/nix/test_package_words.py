"""Words, keys and distances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.nix.package_words import (
    LONGEST_QUERY,
    allowed_slips,
    cleaned,
    content_words,
    distance,
    name_key,
    stem,
)


@pytest.mark.parametrize("spelled", ["VS Code", "vs-code", "v s code", "vs_code", "VSCODE"])
def test_spellings_of_a_name_have_one_key(spelled: str) -> None:
    assert name_key(spelled) == "vscode"


def test_signs_that_matter_stay_in_the_key() -> None:
    assert len({name_key("c"), name_key("c++"), name_key("c#")}) == 3


def test_cleaning_removes_control_characters_and_cuts() -> None:
    assert cleaned("a\x00b\x1b[31m\n\tc") == "a b [31m c"
    assert len(cleaned("x" * 100_000)) == LONGEST_QUERY


def test_small_words_are_dropped_unless_there_are_no_others() -> None:
    assert content_words("I want a program to edit my photos, please") == ["edit", "photos"]
    assert content_words("what is this") == ["what", "is", "this"]


@pytest.mark.parametrize(
    "forms",
    [("edit", "edits", "editing", "edited"), ("photo", "photos"), ("write", "writing"), ("diary", "diaries")],
)
def test_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(word) for word in forms}) == 1


def test_different_words_stay_apart() -> None:
    assert len({stem(word) for word in ("pass", "paste", "paint", "print", "process")}) == 5


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("firefox", "firefox", 0),
        ("firefox", "firefix", 1),
        ("firefox", "fierfox", 1),
        ("firefox", "fireox", 1),
        ("firefox", "firefoxx", 1),
        ("gimp", "pmig", 3),
        ("", "ab", 2),
    ],
)
def test_distance_counts_slips(first: str, second: str, slips: int) -> None:
    assert distance(first, second, 3) == slips
    assert distance(second, first, 3) == slips


def test_distance_gives_up_beyond_the_most() -> None:
    assert distance("firefox", "libreoffice", 2) == 3
    assert distance("abcd", "efgh", 1) == 2


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 7))
def test_the_limit_never_changes_a_distance_below_it(first: str, second: str, most: int) -> None:
    assert distance(first, second, most) == min(distance(first, second, 20), most + 1)


def test_short_words_may_have_no_slips() -> None:
    assert [allowed_slips("x" * length) for length in (3, 4, 7, 8)] == [0, 1, 1, 2]
