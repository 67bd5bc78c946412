"""The trained model of one language: slips are repaired, then the line is classified."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from nixforhumanity.understanding.model.classifier import Classifier
from nixforhumanity.understanding.model.spelling import Speller, words_that_exist
from nixforhumanity.understanding.requests import Likelihood


class TrainedModel:
    """Tells what a normalised line most likely asks for."""

    def __init__(self, folder: Path, is_name: Callable[[str], bool] = lambda word: False) -> None:
        """Open a folder of resources/models; OSError or ValueError when it holds no model.

        `is_name`: tells whether a word names a program, and so is no slip.
        """
        self._classifier = Classifier(folder)
        used: dict[str, int] = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        self._speller = Speller(used, words_that_exist(folder / "wordpieces.txt"), is_name)

    def load_encoder(self) -> None:
        """Load the slower half; until then, the n-gram model answers alone."""
        self._classifier.load_encoder()

    def likelihoods(self, normalised: str, *, quick: bool = False) -> Sequence[Likelihood]:
        """Return the likeliest requests, best first; `quick`: by the n-gram model alone."""
        return self._classifier.likelihoods(self._speller.repaired(normalised), quick=quick)
