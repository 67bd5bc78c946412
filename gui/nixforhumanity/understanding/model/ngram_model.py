"""The linear model over hashed n-grams: small, quick, and enough alone when the encoder is not there yet."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nixforhumanity.understanding.model.features import counted_features, damped
from nixforhumanity.understanding.model.tensors import mapped_tensors

Floats = NDArray[np.float32]


class NgramModel:
    """Scores a normalised line for each class; about half a millisecond."""

    def __init__(self, path: Path) -> None:
        arrays = mapped_tensors(path)
        self._weights: NDArray[Any] = arrays["weights"]
        """int8, buckets by classes."""
        self._scale: Floats = np.array(arrays["scale"])
        self._bias: Floats = np.array(arrays["bias"])
        self._rarity: NDArray[Any] = arrays["rarity"]
        self._sharpness = float(arrays["sharpness"][0])

    def log_probabilities(self, text: str) -> Floats:
        """Return the natural logarithm of each class's probability, in the order of the classes."""
        buckets, values = line_vector(text, self._rarity)
        margins = values @ self._weights[buckets].astype(np.float32) * self._scale + self._bias
        return log_softmax(margins * self._sharpness)


def line_vector(text: str, rarity: NDArray[Any]) -> tuple[NDArray[np.int64], Floats]:
    """Return the buckets of a line and their values: words and pieces are each brought to length one."""
    buckets: list[int] = []
    values: list[float] = []
    for counts in counted_features(text):
        part = damped(counts)
        indices = np.fromiter(part.keys(), np.int64, len(part))
        weighted = np.fromiter(part.values(), np.float32, len(part)) * rarity[indices].astype(np.float32)
        length = float(np.sqrt(weighted @ weighted)) or 1.0
        buckets += indices.tolist()
        values += (weighted / length).tolist()
    return np.array(buckets, np.int64), np.array(values, np.float32)


def log_softmax(values: Floats) -> Floats:
    """Return the logarithm of the softmax of a vector, without overflow."""
    shifted = values - values.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)
