"""Writes the trained encoder in the form that the program maps: int8 with one scale a row."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from encoder_training import LONGEST, Trained, layer_of
from written_whole import replacing

_LARGEST = 127
_NAMES = {
    "attention_out": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def export_encoder(trained: Trained, path: Path) -> None:
    """Write `encoder.safetensors`."""
    source = trained.arrays
    found: dict[str, NDArray] = {}

    def add(name: str, matrix: NDArray) -> None:
        scale = np.abs(matrix).max(1, keepdims=True) / _LARGEST
        scale[scale == 0] = 1
        found[name] = np.round(matrix / scale).astype(np.int8)
        found[name + ".scale"] = scale.astype(np.float32)

    add("words", source["embeddings.word_embeddings.weight"])
    found["words.scale"] = found["words.scale"].astype(np.float16)
    positions = source["embeddings.position_embeddings.weight"][:LONGEST]
    found["positions"] = positions + source["embeddings.token_type_embeddings.weight"][0]
    for end in ("weight", "bias"):
        found[f"norm.{end}"] = source[f"embeddings.LayerNorm.{end}"]
    for number in range(1 + max(map(layer_of, source))):
        start = f"encoder.layer.{number}."
        parts = [f"{start}attention.self.{part}" for part in ("query", "key", "value")]
        add(f"{number}.attention_in", np.concatenate([source[part + ".weight"] for part in parts]))
        found[f"{number}.attention_in.bias"] = np.concatenate([source[part + ".bias"] for part in parts])
        for ours, theirs in _NAMES.items():
            weight = source[f"{start}{theirs}.weight"]
            if weight.ndim == 1:
                found[f"{number}.{ours}.weight"] = weight
            else:
                add(f"{number}.{ours}", weight)
            found[f"{number}.{ours}.bias"] = source[f"{start}{theirs}.bias"]
    found["head"] = trained.head.astype(np.float32)
    found["head.bias"] = trained.bias.astype(np.float32)
    with replacing(path) as beside:
        save_file({name: np.ascontiguousarray(array) for name, array in found.items()}, beside)
