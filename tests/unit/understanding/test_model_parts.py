"""The small parts of the trained stage, each on its own."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.model.features import BUCKETS, WORD_BUCKETS, counted_features, damped
from nixforhumanity.understanding.model.ngram_model import log_softmax
from nixforhumanity.understanding.model.spelling import Speller, words_that_exist
from nixforhumanity.understanding.model.tensors import mapped_tensors
from nixforhumanity.understanding.model.wordpieces import WordPieces

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "install", "fire", "##fox", "fire##", ".", "cafe", "你"]


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    path = tmp_path / "pieces.txt"
    path.write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return WordPieces(path)


def test_words_and_pairs_are_counted_apart_from_pieces() -> None:
    words, pieces = counted_features("go go back")
    assert sum(words.values()) == 3 + 2
    assert max(words.values()) == 2
    assert max(words) < WORD_BUCKETS <= min(pieces)
    assert max(pieces) < BUCKETS
    assert damped(words)[max(words, key=lambda one: words[one])] == pytest.approx(1 + np.log(2))


@given(st.text(max_size=3000))
@settings(max_examples=60, deadline=None)
def test_any_text_has_features_in_bounds(text: str) -> None:
    for counts in counted_features(text):
        assert all(0 <= bucket < BUCKETS and count > 0 for bucket, count in counts.items())


def test_a_long_text_costs_no_more_than_a_page() -> None:
    words, _ = counted_features("word " * 100_000)
    assert sum(words.values()) < 300


def test_the_longest_known_pieces_are_taken(pieces: WordPieces) -> None:
    assert pieces.numbers("Install FIREFOX.", 64) == [2, 4, 5, 6, 8, 3]


def test_accents_go_and_chinese_stands_alone(pieces: WordPieces) -> None:
    assert pieces.numbers("café你你", 64) == [2, 9, 10, 10, 3]


def test_what_is_not_known_is_one_unknown_word(pieces: WordPieces) -> None:
    assert pieces.numbers("xyz " + "fire" * 40, 64) == [2, 1, 1, 3]


def test_a_long_line_is_cut_and_still_ended(pieces: WordPieces) -> None:
    numbers = pieces.numbers("install " * 500, 64)
    assert len(numbers) == 64
    assert numbers[-1] == 3


def test_the_shipped_pieces_are_those_of_the_encoder() -> None:
    # What the tokenizer that came with the weights says.
    pieces = WordPieces(resource("models", "en", "wordpieces.txt"))
    assert pieces.numbers("install ripgrep", 64) == [101, 16500, 10973, 17603, 2361, 102]


def write_tensors(path: Path, header: dict[str, object], data: bytes) -> None:
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def test_arrays_are_mapped_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    numbers = np.array([[1.5, -2.0]], np.float32)
    header = {
        "x": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
        "y": {"dtype": "I8", "shape": [3], "data_offsets": [8, 11]},
        "__metadata__": {"format": "np"},
    }
    write_tensors(path, header, numbers.tobytes() + bytes([1, 2, 255]))
    arrays = mapped_tensors(path)
    assert arrays["x"].tolist() == [[1.5, -2.0]]
    assert arrays["y"].tolist() == [1, 2, -1]
    assert isinstance(arrays["x"], np.memmap)


@pytest.mark.parametrize(
    "content", [b"", b"\xff" * 8, (9).to_bytes(8, "little"), (2).to_bytes(8, "little") + b"{"]
)
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.safetensors"
    path.write_bytes(content)
    with pytest.raises(ValueError):
        mapped_tensors(path)


def test_an_array_that_is_too_small_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.safetensors"
    write_tensors(path, {"x": {"dtype": "I8", "shape": [4], "data_offsets": [0, 3]}}, b"abcd")
    with pytest.raises(ValueError, match="wrong size"):
        mapped_tensors(path)


def test_log_softmax_does_not_overflow() -> None:
    found = log_softmax(np.array([1000.0, 999.0, -1000.0], np.float32))
    assert np.exp(found).sum() == pytest.approx(1)
    assert found[0] > found[1] > found[2]


@pytest.fixture(scope="module")
def speller() -> Speller:
    used = {"install": 90, "remove": 50, "please": 40, "printer": 12, "once": 9, "unique": 1}
    return Speller(used, frozenset({"painter"}), lambda word: word == "remov")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("instal", "install"),
        ("isntall vlc plaese", "install vlc please"),
        ("ermove", "remove"),
        ("painter", "painter"),  # a word that exists is no slip, though "printer" is near
        ("remov", "remov"),  # nor is a name
        ("oncee,", "once,"),
        ("uniqe", "uniqe"),  # what was seen once is no target
        ("v1c /nix/store x", "v1c /nix/store x"),
        ("", ""),
    ],
)
def test_slips_are_repaired_and_words_left_alone(speller: Speller, typed: str, meant: str) -> None:
    assert speller.repaired(typed) == meant


def test_short_pieces_do_not_count_as_words(tmp_path: Path) -> None:
    path = tmp_path / "pieces.txt"
    path.write_text("teh\nhouse\n##ing\n[UNK]\n", encoding="utf-8")
    assert words_that_exist(path) == {"house"}
