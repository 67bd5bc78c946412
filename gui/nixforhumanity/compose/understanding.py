"""What understands, put together whole at once: for the command line, where nobody types while it loads."""

import os
from pathlib import Path

from nixforhumanity.core.resources import resource
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.understanding.understander import Understander


def whole_understander(cache: Path, language: str) -> Understander:
    """Open the index (built first when it is missing, some seconds) and both models of a language."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see model_in_background
    from nixforhumanity.understanding.model.trained_model import TrainedModel

    index = PackageIndex.open(cache)
    if not index.complete:
        build_index(PackageIndex.file_in(cache))
        index.attach(PackageIndex.file_in(cache))
    folder = resource("models", language)
    model = TrainedModel(folder) if (folder / "classes.json").is_file() else None
    if model is not None:
        model.load_encoder()
    return Understander(index, language, purposes=index, model=model)
