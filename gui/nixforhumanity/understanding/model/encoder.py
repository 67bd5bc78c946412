"""The sentence encoder (MiniLM, six layers, fine-tuned on our requests) with its classifying head, in numpy.

About 10 ms a line on one core. The weights are int8 with one scale a row; the layers are widened to float32
once, the word embeddings only for the words of the line.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nixforhumanity.understanding.model.ngram_model import Floats, log_softmax
from nixforhumanity.understanding.model.tensors import mapped_tensors
from nixforhumanity.understanding.model.wordpieces import WordPieces

_HEADS = 12
_LAYERS = 6
_SMALL = np.float32(1e-12)
_LONGEST = 64
"""Pieces of words that are looked at; longer lines say what they want at the start or the end."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One transformer layer: matrices are transposed, so that `x @ matrix` is the product."""

    attention_in: Floats
    attention_in_bias: Floats
    attention_out: Floats
    attention_out_bias: Floats
    attention_norm: tuple[Floats, Floats]
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    outer_norm: tuple[Floats, Floats]


class Encoder:
    """Scores a line for each class from its meaning rather than its letters."""

    def __init__(self, weights: Path, vocabulary: Path) -> None:
        arrays = mapped_tensors(weights)
        self._pieces = WordPieces(vocabulary)
        self._words = arrays["words"]
        self._word_scales = arrays["words.scale"]
        self._positions = np.array(arrays["positions"], np.float32)
        self._norm = (np.array(arrays["norm.weight"]), np.array(arrays["norm.bias"]))
        self._layers = [_layer(arrays, number) for number in range(_LAYERS)]
        self._head = np.array(arrays["head"], np.float32)
        self._head_bias = np.array(arrays["head.bias"])

    def log_probabilities(self, text: str) -> Floats:
        """Return the natural logarithm of each class's probability, in the order of the classes."""
        return log_softmax(self.embedding(text) @ self._head + self._head_bias)

    def embedding(self, text: str) -> Floats:
        """Return the line's place among all meanings: 384 numbers of length one."""
        pieces = self._pieces.numbers(text, _LONGEST)
        scales = self._word_scales[pieces].astype(np.float32)
        x = self._words[pieces].astype(np.float32) * scales + self._positions[: len(pieces)]
        x = _normal(x, *self._norm)
        for layer in self._layers:
            x = _through(layer, x)
        mean = x.mean(0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _layer(arrays: dict[str, NDArray[Any]], number: int) -> _Layer:
    def matrix(name: str) -> Floats:
        stored = arrays[f"{number}.{name}"]
        wide = stored.astype(np.float32) * arrays[f"{number}.{name}.scale"].astype(np.float32)
        return np.ascontiguousarray(wide.T)

    def vector(name: str) -> Floats:
        return np.array(arrays[f"{number}.{name}"], np.float32)

    return _Layer(
        matrix("attention_in"), vector("attention_in.bias"),
        matrix("attention_out"), vector("attention_out.bias"),
        (vector("attention_norm.weight"), vector("attention_norm.bias")),
        matrix("inner"), vector("inner.bias"), matrix("outer"), vector("outer.bias"),
        (vector("outer_norm.weight"), vector("outer_norm.bias")),
    )  # fmt: skip


def _through(layer: _Layer, x: Floats) -> Floats:
    pieces, width = x.shape
    size = width // _HEADS
    mixed = (x @ layer.attention_in + layer.attention_in_bias).reshape(pieces, 3, _HEADS, size)
    query, key, value = mixed.transpose(1, 2, 0, 3)
    weights = query @ key.transpose(0, 2, 1) / np.float32(size**0.5)
    weights = np.exp(weights - weights.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    attended = (weights @ value).transpose(1, 0, 2).reshape(pieces, width)
    x = _normal(x + attended @ layer.attention_out + layer.attention_out_bias, *layer.attention_norm)
    inner = _gelu(x @ layer.inner + layer.inner_bias)
    return _normal(x + inner @ layer.outer + layer.outer_bias, *layer.outer_norm)


def _normal(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    variance = (centred * centred).mean(-1, keepdims=True)
    return np.asarray(centred / np.sqrt(variance + _SMALL) * weight + bias, np.float32)


def _gelu(x: Floats) -> Floats:
    """Return x times the normal distribution function of x (Abramowitz and Stegun 7.1.26)."""
    scaled = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * scaled)
    series = t * _polynomial(t)
    error = np.sign(x) * (1 - series * np.exp(-scaled * scaled))
    return np.asarray(x * (1 + error) / 2, np.float32)


def _polynomial(t: Any) -> Any:
    return 0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
