"""The trained models: slips are repaired where a model knows its words, then the line is classified."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from nixforhumanity.understanding.model.classifier import Classifier
from nixforhumanity.understanding.model.spelling import Speller, words_that_exist
from nixforhumanity.understanding.requests import Likelihood, Opinions


class TrainedModel:
    """Tells what a normalised line most likely asks for."""

    def __init__(self, folder: Path, is_name: Callable[[str], bool] = lambda word: False) -> None:
        """Open a folder of resources/models; OSError or ValueError when it holds no model.

        `is_name`: tells whether a word names a program, and so is no slip.
        """
        self._classifier = Classifier(folder)
        self._speller: Speller | None = None
        if (folder / "words.json").is_file():
            used: dict[str, int] = json.loads((folder / "words.json").read_text(encoding="utf-8"))
            self._speller = Speller(used, words_that_exist(folder / "wordpieces.txt"), is_name)

    def load_encoder(self) -> None:
        """Load the slower half; until then, the n-gram model answers alone."""
        self._classifier.load_encoder()

    def likelihoods(self, normalised: str, *, quick: bool = False) -> Sequence[Likelihood]:
        """Return the likeliest requests, best first; `quick`: by the n-gram model alone."""
        return self._classifier.likelihoods(self._repaired(normalised), quick=quick)

    def likelihoods_of(self, lines: Sequence[str]) -> Sequence[Sequence[Likelihood]]:
        """Return the same for several lines at once."""
        return self._classifier.likelihoods_of([self._repaired(line) for line in lines])

    def opinions(self, normalised: str, *, language: str = "en") -> Opinions:
        """See OpenModel."""
        repaired = self._repaired(normalised)
        return Opinions(repaired, *self._classifier.opinions(repaired))

    def _repaired(self, normalised: str) -> str:
        return normalised if self._speller is None else self._speller.repaired(normalised)


def folder_of(language: str) -> str:
    """Return the folder of resources/models that understands a language."""
    return language if language == "en" else "many"
