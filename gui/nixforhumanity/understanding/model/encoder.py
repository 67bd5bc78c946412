"""The sentence encoder (a fine-tuned transformer of BERT's kind) with its classifying head, in numpy.

The weights are int8 with one scale a row; the layers are widened to float32 once, the word embeddings only
for the pieces of the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nixforhumanity.understanding.model.ngram_model import Floats, log_softmax
from nixforhumanity.understanding.model.tensors import mapped_tensors

_HEADS = 12
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


class Pieces(Protocol):
    """What splits a line into the numbered pieces of the encoder's vocabulary."""

    def numbers(self, text: str, longest: int) -> list[int]:
        """Return the numbers of the line's pieces, with the marks for start and end, at most `longest`."""
        ...


class Encoder:
    """Scores a line for each class from its meaning rather than its letters."""

    def __init__(self, weights: Path, pieces: Pieces) -> None:
        arrays = mapped_tensors(weights)
        self._pieces = pieces
        self._words = arrays["words"]
        self._word_scales = arrays["words.scale"]
        self._positions = np.array(arrays["positions"], np.float32)
        self._norm = (np.array(arrays["norm.weight"]), np.array(arrays["norm.bias"]))
        self._layers = [_layer(arrays, number) for number in range(_layers(arrays))]
        self._head = np.array(arrays["head"], np.float32)
        self._head_bias = np.array(arrays["head.bias"])

    def log_probabilities(self, texts: Sequence[str]) -> list[Floats]:
        """Return for each line the natural logarithms of the classes' probabilities, in the classes' order.

        Several lines at once cost little more than one: what takes the time is to read all the weights.
        """
        return [log_softmax(one @ self._head + self._head_bias) for one in self.embeddings(texts)]

    def embeddings(self, texts: Sequence[str]) -> list[Floats]:
        """Return the place of each line among all meanings: 384 numbers of length one."""
        if not texts:
            return []
        lines = [self._pieces.numbers(text, _LONGEST) for text in texts]
        pieces = [piece for line in lines for piece in line]
        ends = np.cumsum([len(line) for line in lines]).tolist()
        spans = [slice(end - len(line), end) for end, line in zip(ends, lines, strict=True)]
        places = [place for line in lines for place in range(len(line))]
        scales = self._word_scales[pieces].astype(np.float32)
        x = self._words[pieces].astype(np.float32) * scales + self._positions[places]
        x = _normal(x, *self._norm)
        for layer in self._layers:
            x = _through(layer, x, spans)
        means = [x[span].mean(0) for span in spans]
        return [np.asarray(mean / np.linalg.norm(mean), np.float32) for mean in means]


def _layers(arrays: dict[str, NDArray[Any]]) -> int:
    return sum(name.endswith(".attention_in") for name in arrays)


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


def _through(layer: _Layer, x: Floats, spans: Sequence[slice]) -> Floats:
    """Return what a layer makes of the pieces of several lines (pieces, 384); `spans`: where each line is."""
    mixed = x @ layer.attention_in + layer.attention_in_bias
    attended: Floats = np.concatenate([_attended(mixed[span]) for span in spans])
    x = _normal(x + attended @ layer.attention_out + layer.attention_out_bias, *layer.attention_norm)
    inner = _gelu(x @ layer.inner + layer.inner_bias)
    return _normal(x + inner @ layer.outer + layer.outer_bias, *layer.outer_norm)


def _attended(mixed: Floats) -> Floats:
    """Return what each piece of one line takes over from the others (pieces, 384)."""
    pieces, width = mixed.shape[0], mixed.shape[1] // 3
    size = width // _HEADS
    query, key, value = mixed.reshape(pieces, 3, _HEADS, size).transpose(1, 2, 0, 3)
    weights = query @ key.transpose(0, 2, 1) / np.float32(size**0.5)
    weights = np.exp(weights - weights.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return np.asarray((weights @ value).transpose(1, 0, 2).reshape(pieces, width), np.float32)


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
