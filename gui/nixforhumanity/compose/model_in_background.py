"""The trained models, loaded beside everything else: the start of the server never waits for them."""

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
_ENGLISH, _MANY = "en", "many"

log = logging.getLogger(__name__)


class ModelsInBackground:
    """Answer nothing at first, then by n-grams alone, then by both halves of a model."""

    def __init__(self, folder: Path, tasks: BackgroundTasks, language: str) -> None:
        """Begin to load what understands a language from the folders of resources/models.

        The model of many languages takes about 150 MB: it is loaded when somebody speaks another one.
        """
        self._tasks = tasks
        self._loading = {name: _Loading(folder / name) for name in (_ENGLISH, _MANY)}
        self._of(language)

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = _ENGLISH
    ) -> Sequence[Likelihood]:
        """Return the likeliest requests, best first; empty while nothing is loaded."""
        model = self._of(language).model
        return () if model is None else model.likelihoods(normalised, quick=quick)

    def likelihoods_of(
        self, lines: Sequence[str], *, language: str = _ENGLISH
    ) -> Sequence[Sequence[Likelihood]]:
        """Return the same for several lines at once."""
        model = self._of(language).model
        return [()] * len(lines) if model is None else model.likelihoods_of(lines)

    async def ready(self, language: str) -> None:
        """Wait until the model of a language is loaded whole, or cannot be; at most some seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._of(language).finished.wait(), _PATIENCE_SECONDS)

    def _of(self, language: str) -> "_Loading":
        wanted = self._loading[_ENGLISH if language == _ENGLISH else _MANY]
        if not wanted.begun:
            wanted.begun = True
            self._tasks.start(wanted.load(), name=f"load what understands {wanted.folder.name}")
        return wanted


class _Loading:
    """One model on its way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.model: TrainedModel | None = None
        self.finished = asyncio.Event()
        self.begun = False

    async def load(self) -> None:
        """Load the n-grams, then the encoder."""
        try:
            model = await asyncio.to_thread(_opened, self.folder)
            if model is None:
                return
            self.model = model
            await asyncio.to_thread(model.load_encoder)
        except (OSError, ValueError, KeyError):
            # The sentences still work; a damaged installation must not keep anyone from anything.
            log.exception("the model %s cannot be read", self.folder.name)
        else:
            log.info("understanding is complete: %s", self.folder.name)
        finally:
            self.finished.set()


def _opened(folder: Path) -> "TrainedModel | None":
    # One thread: with several, a busy computer makes a line of words wait for all of them (18 ms become 50).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # numpy takes a tenth of a second to import: here, in the background, and not when the server starts.
    from nixforhumanity.understanding.model.trained_model import TrainedModel

    return TrainedModel(folder) if (folder / "classes.json").is_file() else None
