"""The ensemble of n-gram model and encoder: how likely each request is; the first alone at first."""

import json
from pathlib import Path

import numpy as np

from nixforhumanity.understanding.model.encoder import Encoder
from nixforhumanity.understanding.model.ngram_model import Floats, NgramModel, log_softmax
from nixforhumanity.understanding.requests import Likelihood

_SHARE_OF_ENCODER = 0.5
"""In the geometric mean; chosen on the development set, where 0.3 to 0.6 make no difference."""
_SURER_TOGETHER, _SURER_ALONE = np.float32(1.5), np.float32(3.0)
"""The models are less sure than they are right; so much sharper, what they say is true (development set)."""
_KEPT = 5


class Classifier:
    """Tells what a normalised line most likely asks for."""

    def __init__(self, folder: Path) -> None:
        """Load the n-gram model of one language; ValueError or OSError when there is none."""
        self._folder = folder
        self._classes: list[str] = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        self._ngrams = NgramModel(folder / "ngrams.safetensors")
        self._encoder: Encoder | None = None

    def load_encoder(self) -> None:
        """Load the encoder; takes a second or so, so it is called in another thread after the start."""
        if (self._folder / "encoder.safetensors").is_file():
            self._encoder = Encoder(self._folder / "encoder.safetensors", self._folder / "wordpieces.txt")

    @property
    def complete(self) -> bool:
        """Whether the encoder takes part."""
        return self._encoder is not None

    def likelihoods(self, text: str, *, quick: bool = False) -> list[Likelihood]:
        """Return the likeliest requests of a normalised line, best first; `quick`: by n-grams alone."""
        scores: Floats = self._ngrams.log_probabilities(text)
        if self._encoder is not None and not quick:
            share = np.float32(_SHARE_OF_ENCODER)
            both = (1 - share) * scores + share * self._encoder.log_probabilities(text)
            scores = log_softmax(_SURER_TOGETHER * both)
        else:
            scores = log_softmax(_SURER_ALONE * scores)
        best = np.argsort(-scores)[:_KEPT]
        return [Likelihood(self._classes[one], float(np.exp(scores[one]))) for one in best]
