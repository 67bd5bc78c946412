"""Trains the linear model over hashed n-grams."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.svm import LinearSVC

from nixforhumanity.understanding.model.features import BUCKETS, counted_features
from nixforhumanity.understanding.model.ngram_model import line_vector

SHARPNESS = 3.0
"""Turns margins into probabilities; see the calibration in docs/understanding.md."""
_PENALTY = 0.5
_LARGEST = 127


def train_ngrams(texts: Sequence[str], requests: Sequence[str], classes: Sequence[str]) -> dict[str, NDArray]:
    """Return the arrays of `ngrams.safetensors` for lines that are prepared."""
    rarity = _rarity(texts)
    vectors = [line_vector(text, rarity) for text in texts]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in vectors)])
    matrix = scipy.sparse.csr_matrix(
        (
            np.concatenate([values for _, values in vectors]),
            np.concatenate([buckets for buckets, _ in vectors]),
            ends,
        ),
        shape=(len(texts), BUCKETS),
    )
    model = LinearSVC(C=_PENALTY, class_weight="balanced", random_state=0).fit(matrix, list(requests))
    if list(model.classes_) != list(classes):
        raise ValueError("a class has no lines")
    weights = model.coef_.T.astype(np.float32)
    scale = np.abs(weights).max(0) / _LARGEST
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": model.intercept_.astype(np.float32),
        "rarity": rarity.astype(np.float16),
        "sharpness": np.array([SHARPNESS], np.float32),
    }


def _rarity(texts: Sequence[str]) -> NDArray:
    """Return for each bucket how telling it is: high for what few lines have (inverse document frequency)."""
    lines = np.zeros(BUCKETS)
    for text in texts:
        for counts in counted_features(text):
            lines[list(counts)] += 1
    return np.log((1 + len(texts)) / (1 + lines)) + 1
