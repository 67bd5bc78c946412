"""What understands, put together whole at once: for the command line, where nobody types while it loads."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nixforhumanity.core.resources import resource
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.understanding.requests import Likelihood, Opinions
from nixforhumanity.understanding.understander import Understander

if TYPE_CHECKING:
    from nixforhumanity.understanding.model.trained_model import TrainedModel


def whole_understander(cache_folder: Path, language: str) -> Understander:
    """Open the index (built first when it is missing, some seconds) and the models."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see model_in_background
    index = PackageIndex.open(cache_folder)
    if not index.complete:
        build_index(PackageIndex.file_in(cache_folder))
        index.attach(PackageIndex.file_in(cache_folder))
    models = _WholeModels()
    models.likelihoods("", quick=True, language=language)
    return Understander(index, language, purposes=index, model=models)


class _WholeModels:
    """The models of all languages; each is loaded whole when a line needs it."""

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = "en"
    ) -> Sequence[Likelihood]:
        """See RequestModel."""
        model = _loaded(language)
        return () if model is None else model.likelihoods(normalised, quick=quick)

    def likelihoods_of(self, lines: Sequence[str], *, language: str = "en") -> Sequence[Sequence[Likelihood]]:
        """See RequestModel."""
        model = _loaded(language)
        return [()] * len(lines) if model is None else model.likelihoods_of(lines)

    def opinions(self, normalised: str, *, language: str = "en") -> Opinions:
        """See OpenModel."""
        model = _loaded(language)
        return Opinions(normalised, (), ()) if model is None else model.opinions(normalised)


def _loaded(language: str) -> "TrainedModel | None":
    from nixforhumanity.understanding.model.trained_model import folder_of

    return _loaded_folder(folder_of(language))


@cache
def _loaded_folder(name: str) -> "TrainedModel | None":
    from nixforhumanity.understanding.model.trained_model import TrainedModel

    folder = resource("models", name)
    if not (folder / "classes.json").is_file():
        return None
    model = TrainedModel(folder)
    model.load_encoder()
    return model
