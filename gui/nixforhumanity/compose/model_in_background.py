"""The trained model, loaded beside everything else: the start of the server never waits for it."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.understanding.requests import Likelihood

if TYPE_CHECKING:
    from nixforhumanity.understanding.model.trained_model import TrainedModel

_PATIENCE_SECONDS = 5.0

log = logging.getLogger(__name__)


class ModelInBackground:
    """Answers nothing at first, then by the n-gram model, then by both models."""

    def __init__(self, folder: Path, tasks: BackgroundTasks) -> None:
        """Begin to load what a folder of resources/models holds; a language without one has no model."""
        self._folder = folder
        self._model: TrainedModel | None = None
        self._loaded = asyncio.Event()
        tasks.start(self._load(), name="load what understands")

    def likelihoods(self, normalised: str, *, quick: bool = False) -> Sequence[Likelihood]:
        """Return the likeliest requests, best first; empty while nothing is loaded."""
        return () if self._model is None else self._model.likelihoods(normalised, quick=quick)

    async def ready(self) -> None:
        """Wait until both models are loaded, or cannot be; at most some seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._loaded.wait(), _PATIENCE_SECONDS)

    async def _load(self) -> None:
        try:
            model = await asyncio.to_thread(_opened, self._folder)
            if model is None:
                return
            self._model = model
            await asyncio.to_thread(model.load_encoder)
        except (OSError, ValueError, KeyError):
            # The sentences still work; a damaged installation must not keep anyone from anything.
            log.exception("the model of %s cannot be read", self._folder.name)
        else:
            log.info("understanding is complete")
        finally:
            self._loaded.set()


def _opened(folder: Path) -> "TrainedModel | None":
    # One thread: with several, a busy computer makes a line of words wait for all of them (18 ms become 50).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # numpy takes a tenth of a second to import: here, in the background, and not when the server starts.
    from nixforhumanity.understanding.model.trained_model import TrainedModel

    return TrainedModel(folder) if (folder / "classes.json").is_file() else None
