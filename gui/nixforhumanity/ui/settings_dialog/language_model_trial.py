"""Connects the page of the language model with the model: its list, an example, its key."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from nixforhumanity.assistant.language_model.port import ModelTrial
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.declarations import LANGUAGE_MODEL_NAME
from nixforhumanity.ui.settings_dialog.language_model_page import LanguageModelPage


class LanguageModelTrial:
    """One thing is asked at a time; nothing is asked before a button is pressed."""

    def __init__(self, page: LanguageModelPage, model: ModelTrial, tasks: BackgroundTasks) -> None:
        self._page = page
        self._model = model
        self._tasks = tasks
        self._words: Callable[[Message], str] = page.words
        self._running: asyncio.Task[Any] | None = None
        page.asking.models_wanted.connect(lambda: self._start(self._list_models(), trial=False))
        page.asking.trial_wanted.connect(lambda: self._start(self._try(), trial=True))
        page.asking.stop_wanted.connect(self.stop)
        page.asking.model_picked.connect(self._pick)
        page.key.keep_requested.connect(lambda key: tasks.start(self._keep(key), name="key of the model"))
        page.attach(self._state, lambda: model.example(self._sentence))

    @property
    def _sentence(self) -> str:
        return self._words(message("model-try-example"))

    def _state(self) -> tuple[Message, bool]:
        """Return where it stands, and bring the rest of the page up to that."""
        state, ready = self._model.state(), self._model.in_use() is not None
        self._page.asking.show_possible(models=ready or state.id == "model-name-missing", trial=ready)
        kept, text = self._model.key_state()
        self._page.key.show_kept(kept, self._words(text))
        return state, ready

    def stop(self) -> None:
        """Wait no longer for the server."""
        if self._running is not None:
            self._running.cancel()

    def _start(self, work: Coroutine[Any, Any, None], *, trial: bool) -> None:
        self._page.asking.show_running(trial=trial)
        task = self._tasks.start(work, name="language model")
        self._running = task

        def ended(_: asyncio.Task[Any]) -> None:
            if self._running is task:
                self._running = None
                self._page.asking.show_ended()

        task.add_done_callback(ended)

    async def _list_models(self) -> None:
        actions = self._page.asking
        try:
            names = await self._model.models()
        except UserError as error:
            actions.show_models_problem(self._words(error.message))
        except asyncio.CancelledError:
            actions.show_models_problem(self._words(message("model-stopped")))
            raise
        else:
            found = self._words(message("model-models-found", count=len(names)))
            actions.show_models(names, self._page.settings.get(LANGUAGE_MODEL_NAME), found)

    async def _try(self) -> None:
        actions = self._page.asking
        try:
            understood = await self._model.try_example(self._sentence)
        except UserError as error:
            actions.show_trial(self._words(error.message), good=False)
        except asyncio.CancelledError:
            actions.show_trial(self._words(message("model-stopped")), good=False)
            raise
        else:
            if understood is None:
                actions.show_trial(self._words(message("model-try-bad")), good=False)
            else:
                words = self._words(understood)
                good = message("model-try-good", example=self._sentence, words=words)
                actions.show_trial(self._words(good), good=True)

    def _pick(self, name: str) -> None:
        try:
            self._page.settings.set(LANGUAGE_MODEL_NAME, name)
        except UserError as error:
            self._page.asking.show_models_problem(self._words(error.message))

    async def _keep(self, key: str) -> None:
        try:
            await self._model.keep_key(key)
        except UserError as error:
            self._page.key.show_problem(self._words(error.message))
        else:
            self._page.show_settings()
            self._page.key.show_taken()
