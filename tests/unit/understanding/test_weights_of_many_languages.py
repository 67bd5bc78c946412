"""The first weights of the model of many languages: how their file is read, and what of it is kept."""

import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from e5_weights import E5, read_e5
from nixforhumanity.understanding.model.unigram import Unigram
from trimmed_vocabulary import chosen_pieces, every_piece, trimmed_words, write_pieces
from written_whole import replacing

WIDTH, INNER, POSITIONS = 32, 64, 2
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "a",
    "安",
    "ab",
    "Ж",
    "ж",
    "ა",
    "▁firefox",
    "x" * 17,
    "\u200b",
    "é",
]
WORDS = len(PIECES)
FULL = 0.5
"""The scale of each block in the file."""
ATTENTION = ("q", "k", "v", "ao")


def matrix(rows: int, columns: int, seed: int) -> tuple[bytes, NDArray[np.float32]]:
    """Return a matrix of 4 bits as it is stored, and what it means."""
    numbers = np.random.default_rng(seed).integers(0, 16, (rows * columns // 32, 32))
    packed = (numbers[:, :16] | numbers[:, 16:] << 4).astype(np.uint8)
    scale = np.float16(FULL).tobytes()
    stored = b"".join(scale + row.tobytes() for row in packed)
    return stored, ((numbers - 8) * FULL).astype(np.float32).reshape(rows, columns)


def vector(length: int, seed: int) -> tuple[bytes, NDArray[np.float32]]:
    numbers = np.random.default_rng(seed).random(length, np.float32)
    return numbers.tobytes(), numbers


def tensors() -> dict[str, tuple[bytes, NDArray[np.float32]]]:
    """Return all tensors of a model with one layer."""
    found = {
        "emb.word": matrix(WORDS, WIDTH, 1), "emb.pos": vector(POSITIONS * WIDTH, 2),
        "emb.type": vector(WIDTH, 3), "emb.ln.w": vector(WIDTH, 4), "emb.ln.b": vector(WIDTH, 5),
        "l0.fi.w": matrix(INNER, WIDTH, 6), "l0.fo.w": matrix(WIDTH, INNER, 7), "l0.fi.b": vector(INNER, 8),
        "l0.fo.b": vector(WIDTH, 9),
    }  # fmt: skip
    for seed, name in enumerate(ATTENTION, 10):
        found[f"l0.{name}.w"], found[f"l0.{name}.b"] = matrix(WIDTH, WIDTH, seed), vector(WIDTH, 20 + seed)
    for seed, name in enumerate(("aln", "oln"), 30):
        found[f"l0.{name}.w"], found[f"l0.{name}.b"] = vector(WIDTH, seed), vector(WIDTH, 40 + seed)
    return found


def write_model(path: Path, stored: Mapping[str, bytes]) -> None:
    letters = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, letters)]).astype("<u4")
    scores = (-np.arange(len(PIECES), dtype="<f4")).tobytes()
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7ifi", WIDTH, 1, 12, INNER, WORDS, POSITIONS, 1, 1e-12, 0)
    head += struct.pack("<5iQ", len(PIECES), 0, 0, 0, 0, int(ends[-1]))
    head += ends.tobytes() + scores + b"".join(letters) + struct.pack("<iI", 0, 5) + b"table"
    head += struct.pack("<i", len(stored))
    sizes = sum(2 + len(name) + struct.calcsize("<BIQQ") for name in stored)
    place = len(head) + sizes
    for name, content in stored.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, place, len(content))
        place += len(content)
    path.write_bytes(head + b"".join(stored.values()))


@pytest.fixture
def model(tmp_path: Path) -> E5:
    write_model(tmp_path / "tiny.e5", {name: stored for name, (stored, _) in tensors().items()})
    return read_e5(tmp_path / "tiny.e5")


def test_pieces_and_scores_are_read(model: E5) -> None:
    assert model.pieces == PIECES
    assert model.scores.tolist() == [-number for number in range(len(PIECES))]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("embeddings.word_embeddings.weight", "emb.word"),
        ("embeddings.position_embeddings.weight", "emb.pos"),
        ("embeddings.token_type_embeddings.weight", "emb.type"),
        ("embeddings.LayerNorm.bias", "emb.ln.b"),
        ("encoder.layer.0.attention.self.query.weight", "l0.q.w"),
        ("encoder.layer.0.attention.output.dense.bias", "l0.ao.b"),
        ("encoder.layer.0.attention.output.LayerNorm.weight", "l0.aln.w"),
        ("encoder.layer.0.intermediate.dense.weight", "l0.fi.w"),
        ("encoder.layer.0.output.dense.weight", "l0.fo.w"),
        ("encoder.layer.0.output.LayerNorm.bias", "l0.oln.b"),
    ],
)
def test_weights_are_what_was_stored(model: E5, long: str, short: str) -> None:
    expected = tensors()[short][1]
    assert model.arrays[long].reshape(-1).tolist() == expected.reshape(-1).tolist()


def test_shapes_are_those_of_the_model(model: E5) -> None:
    assert model.arrays["embeddings.word_embeddings.weight"].shape == (WORDS, WIDTH)
    assert model.arrays["embeddings.position_embeddings.weight"].shape == (POSITIONS, WIDTH)
    assert model.arrays["encoder.layer.0.intermediate.dense.weight"].shape == (INNER, WIDTH)
    assert model.arrays["encoder.layer.0.output.dense.weight"].shape == (WIDTH, INNER)
    assert len(model.arrays) == 5 + 8 * 2


@pytest.mark.parametrize("content", [b"", b"E5S", b"GGUF" + bytes(200)])
def test_another_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.e5"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"other\.e5"):
        read_e5(path)


def kept(model: E5, numbers: list[int]) -> list[str]:
    return [model.pieces[number] for number in numbers]


def test_pieces_of_our_scripts_in_small_letters_are_ours(model: E5) -> None:
    assert kept(model, every_piece(model)) == [
        *("<s>", "</s>", "<unk>"), "▁", "a", "安", "ab", "ж", "▁firefox", "é",
    ]  # fmt: skip


def test_used_pieces_and_letters_are_kept_then_the_frequent_ones(model: E5) -> None:
    letters = ["▁", "a", "安", "ж", "é"]
    marks = ["<s>", "</s>", "<unk>"]
    assert kept(model, chosen_pieces(model, [], 0)) == [*marks, *letters]
    used = kept(model, chosen_pieces(model, ["▁firefox", "ა", "Ж"], 0))
    assert sorted(used) == sorted([*marks, *letters, "▁firefox"])
    assert "ab" in kept(model, chosen_pieces(model, [], len(letters) + 1))


def test_what_is_written_is_what_the_program_reads(model: E5, tmp_path: Path) -> None:
    numbers = every_piece(model)
    write_pieces(model, numbers, tmp_path / "pieces.txt")
    cut = Unigram(tmp_path / "pieces.txt").numbers("firefox安", 64)
    assert [kept(model, numbers)[number] for number in cut] == ["<s>", "▁firefox", "安", "</s>"]
    words = trimmed_words(model, numbers)
    assert words.shape == (len(numbers), WIDTH)
    assert words[cut[2]].tolist() == tensors()["emb.word"][1][PIECES.index("安")].tolist()


def test_who_reads_a_model_while_it_is_made_anew_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "ngrams.safetensors"
    path.write_bytes(b"old" * 100_000)
    mapped = np.memmap(path, np.uint8, "r")
    with replacing(path) as beside:
        beside.write_bytes(b"new")
    assert bytes(mapped[-3:]) == b"old"  # a file that was cut short would end this test run
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_model_that_could_not_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "encoder.safetensors"
    path.write_bytes(b"old")
    with pytest.raises(OSError), replacing(path) as beside:
        (beside / "nowhere").write_bytes(b"new")
    assert path.read_bytes() == b"old"
