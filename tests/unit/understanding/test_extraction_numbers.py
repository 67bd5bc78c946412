"""Numbers in digits and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.numbers import number_of, numbers_in
from nixforhumanity.understanding.extraction.words import line_of


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("thirty four fifty seven", 3457),
        ("eighty eighty", 8080),
        ("eight zero eight zero", 8080),
        ("five one eight two zero", 51820),
        ("two thousand and one", 2001),
        ("nine thousand ninety", 9090),
        ("one hundred and twelve", 112),
        ("eight double zero eight", 8008),
        ("twenty two", 22),
        ("four four three", 443),
        ("eight thousand one hundred", 8100),
    ],
)
def test_number_words_are_read_as_people_say_ports(said: str, number: int) -> None:
    assert number_of(said.split()) == number


def test_words_that_say_no_number_are_none() -> None:
    assert number_of(("blue",)) is None
    assert number_of(()) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("is port 6060 taken?", [6060]),
        ("activate system-17-link please", [17]),
        ("let 9001/tcp through", [9001]),
        ("generation forty-two", [42]),
        ("the one with python 3.12", []),
        ("0x1f or v2", []),
    ],
)
def test_whole_numbers_are_found_and_versions_are_not(text: str, values: list[int]) -> None:
    assert [number.value for number in numbers_in(line_of(text))] == values


@given(st.text(max_size=400))
def test_any_text_gives_numbers_in_their_places(text: str) -> None:
    line = line_of(text)
    for number in numbers_in(line):
        assert number.value >= 0
        assert 0 <= number.first < number.last <= len(line.words)
