"""Pieces of a vocabulary: the likeliest way to cut a line, whatever letters it has."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.model.unigram import END, START, UNKNOWN, Unigram

ROWS = (
    *("0\t<s>", "0\t</s>", "0\t<unk>"),
    *(
        "-2\t▁",
        "-1\t▁in",
        "-2.5\tstall",
        "-4\t▁install",
        "-3\tst",
        "-3\tall",
        "-1.5\ta",
        "-6\tas",
        "-3\t安装",
    ),
)
"""Numbers 3 to 11."""


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Unigram:
    path = tmp_path_factory.mktemp("pieces") / "pieces.txt"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return Unigram(path)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [3]),
        ("install", [4, 5]),  # -1 - 2.5 is more than -4
        ("in", [4]),
        ("a", [3, 9]),
        ("aas", [3, 9, 10]),
        ("安装", [3, 11]),
        ("安装 install", [3, 11, 4, 5]),
        ("in in", [4, 4]),
        ("stall", [3, 5]),
        ("stal", [3, 7, 9, UNKNOWN]),
    ],
)
def test_the_likeliest_pieces_are_taken(pieces: Unigram, text: str, numbers: list[int]) -> None:
    assert pieces.numbers(text, 64) == [START, *numbers, END]


@pytest.mark.parametrize("text", ["q", "я", "😀", "\ud800", "\x00", "\u0301"])
def test_a_letter_that_is_in_no_piece_is_unknown(pieces: Unigram, text: str) -> None:
    assert pieces.numbers(text, 64) == [START, 3, UNKNOWN, END]


def test_the_marks_are_no_pieces(pieces: Unigram) -> None:
    assert pieces.numbers("<s></s><unk>", 64).count(START) == 1
    assert pieces.numbers("<s></s><unk>", 64).count(END) == 1


@given(st.text(st.characters(exclude_categories=()), max_size=300), st.integers(3, 70))
def test_no_line_is_longer_than_allowed(pieces: Unigram, text: str, longest: int) -> None:
    numbers = pieces.numbers(text, longest)
    assert 3 <= len(numbers) <= longest
    assert (numbers[0], numbers[-1]) == (START, END)
    assert all(UNKNOWN <= number < len(ROWS) for number in numbers[1:-1])


def test_a_huge_line_costs_no_more_than_what_is_kept_of_it(pieces: Unigram) -> None:
    pieces.numbers("install", 64)
    before = time.thread_time()
    assert len(pieces.numbers("安装" * 500_000, 64)) == 64
    assert time.thread_time() - before < 1  # it takes milliseconds


def test_the_shipped_vocabulary_cuts_words_of_all_scripts() -> None:
    shipped = Unigram(resource("models", "many", "pieces.txt"))
    for text in ("installiere", "установи", "安装火狐", "インストール", "ثبت", "खोलो", "instálame"):
        numbers = shipped.numbers(text, 64)
        assert UNKNOWN not in numbers, text
        assert len(numbers) < 2 + len(text) + 1, text
