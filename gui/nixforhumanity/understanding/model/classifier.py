"""The ensemble of n-gram model and encoder: how likely each request is; the first alone at first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nixforhumanity.understanding.model.encoder import Encoder, Pieces
from nixforhumanity.understanding.model.ngram_model import Floats, NgramModel, log_softmax
from nixforhumanity.understanding.model.unigram import Unigram
from nixforhumanity.understanding.model.wordpieces import WordPieces
from nixforhumanity.understanding.requests import Likelihood

_KEPT = 5


@dataclass(frozen=True, slots=True)
class Mixing:
    """How the two models are put together: `mixing.json`, chosen on the development set."""

    share_of_encoder: float
    """In the geometric mean, from 0 to 1."""
    surer_together: float
    """The models are less sure than they are right; so much sharper, what they say is true."""
    surer_alone: float
    """The same for the n-grams alone."""


class Classifier:
    """Tells what a normalised line most likely asks for."""

    def __init__(self, folder: Path) -> None:
        """Load the n-gram model of one language; ValueError or OSError when there is none."""
        self._folder = folder
        self._classes: list[str] = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        self._ngrams = NgramModel(folder / "ngrams.safetensors")
        self._encoder: Encoder | None = None
        self._mixing = Mixing(**json.loads((folder / "mixing.json").read_text(encoding="utf-8")))

    def load_encoder(self) -> None:
        """Load the encoder; takes a second or so, so it is called in another thread after the start."""
        if (self._folder / "encoder.safetensors").is_file():
            self._encoder = Encoder(self._folder / "encoder.safetensors", _pieces(self._folder))

    @property
    def complete(self) -> bool:
        """Whether the encoder takes part."""
        return self._encoder is not None

    def likelihoods(self, text: str, *, quick: bool = False) -> list[Likelihood]:
        """Return the likeliest requests of a normalised line, best first; `quick`: by n-grams alone."""
        return self._by_words(text) if quick else self.likelihoods_of([text])[0]

    def likelihoods_of(self, texts: Sequence[str]) -> list[list[Likelihood]]:
        """Return the likeliest requests of several lines, best first."""
        if self._encoder is None:
            return [self._by_words(text) for text in texts]
        share = np.float32(self._mixing.share_of_encoder)
        found: list[list[Likelihood]] = []
        for text, by_meaning in zip(texts, self._encoder.log_probabilities(texts), strict=True):
            both = (1 - share) * self._ngrams.log_probabilities(text) + share * by_meaning
            found.append(self._best(log_softmax(np.float32(self._mixing.surer_together) * both)))
        return found

    def _by_words(self, text: str) -> list[Likelihood]:
        scores: Floats = self._ngrams.log_probabilities(text)
        return self._best(log_softmax(np.float32(self._mixing.surer_alone) * scores))

    def opinions(self, text: str) -> tuple[list[Likelihood], list[Likelihood]]:
        """Return what n-grams and encoder think, each for itself; the latter only when it is there."""
        by_words = self._by_words(text)
        if self._encoder is None:
            return by_words, []
        return by_words, self._best(self._encoder.log_probabilities([text])[0])

    def _best(self, scores: Floats) -> list[Likelihood]:
        best = np.argsort(-scores)[:_KEPT]
        return [Likelihood(self._classes[one], float(np.exp(scores[one]))) for one in best]


def _pieces(folder: Path) -> Pieces:
    """Open the vocabulary of the encoder: one language's, or one of many languages."""
    many = folder / "pieces.txt"
    return Unigram(many) if many.is_file() else WordPieces(folder / "wordpieces.txt")
