"""Puts the language model together, for the server and for the settings: settings, key, connection."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nixforhumanity.assistant.language_model.port import ModelUse, Question
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.text import Message, message
from nixforhumanity.settings.declarations import (
    LANGUAGE_MODEL_ADDRESS,
    LANGUAGE_MODEL_IN_THE_OPEN,
    LANGUAGE_MODEL_KEY_FOR,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_ON,
    LANGUAGE_MODEL_SECONDS,
)
from nixforhumanity.settings.secrets import SecretStore
from nixforhumanity.settings.store import Settings

if TYPE_CHECKING:
    from nixforhumanity.assistant.language_model.address import ModelAddress
    from nixforhumanity.system.language_model_http import ModelServer

EXAMPLE_REQUEST = "list_installed"
"""What the example of the settings asks for."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The settings that are in force; only made when the model is switched on and they will do."""

    address: "ModelAddress"
    model: str
    seconds: int
    in_the_open: str
    key_for: str


class ConfiguredLanguageModel:
    """Implements LanguageModel and the settings' trial: looks at the settings each time, connects when asked.

    While it is switched off every call but those about the key raises or returns nothing, and none connects.
    """

    def __init__(self, settings: Callable[[], Settings], secrets: SecretStore) -> None:
        self._settings = settings
        self._secrets = secrets
        self._one_at_a_time: asyncio.Lock | None = None

    @classmethod
    def in_folders(cls, folders: Folders, secrets: SecretStore) -> "ConfiguredLanguageModel":
        """Return the model of a person's settings file, which another process may change at any time."""
        return cls(lambda: Settings.in_folders(folders), secrets)

    def in_use(self) -> ModelUse | None:
        """See LanguageModel."""
        try:
            chosen = self._chosen(self._settings())
        except UserError:
            return None
        if chosen is None:
            return None
        return ModelUse(chosen.model, chosen.address.place, chosen.address.on_this_computer)

    async def answer(self, question: Question) -> str:
        """See LanguageModel."""
        from nixforhumanity.assistant.language_model.chat import CHAT, as_bytes, chat_body, said

        chosen = self._needed()
        async with self._lock():
            server = await self._server(chosen)
            return said(await server.post(CHAT, as_bytes(chat_body(chosen.model, question))))

    # --- for the settings --------------------------------------------------------------------------

    def problem(self) -> Message | None:
        """Return what is still missing or wrong; None when it is ready, or switched off."""
        try:
            self._chosen(self._settings())
        except UserError as error:
            return error.message
        return None

    def state(self) -> Message:
        """Return a sentence on where it stands: off, what is missing, or who gets what is sent."""
        use, problem = self.in_use(), self.problem()
        if use is None:
            return problem or message("model-page-off")
        whose = "model-page-here" if use.on_this_computer else "model-page-elsewhere"
        return message(whose, model=use.model, host=use.place)

    async def models(self) -> list[str]:
        """Ask the server for its models. Raises UserError `model-...`."""
        from nixforhumanity.assistant.language_model.chat import MODELS, model_names

        chosen = self._needed(with_model=False)
        async with self._lock():
            return model_names(await (await self._server(chosen)).get(MODELS))

    def example(self, sentence: str) -> str:
        """Return exactly what is sent for a sentence: the whole body, as text to read."""
        from nixforhumanity.assistant.language_model.chat import chat_body

        body = chat_body(self._settings().get(LANGUAGE_MODEL_NAME), _example_question(sentence))
        shown = json.dumps(body, ensure_ascii=False, indent=2)
        return shown.replace("\\n", "\n").replace('\\"', '"')

    async def try_example(self, sentence: str) -> Message | None:
        """Ask about an example; return what it was read as, None when it was not. Raises UserError."""
        from nixforhumanity.assistant.language_model.reading import chosen_request
        from nixforhumanity.assistant.language_model.readings import in_words
        from nixforhumanity.assistant.skills import all_skills

        chosen = chosen_request(await self.answer(_example_question(sentence)), all_skills())
        if chosen is None or chosen.request != EXAMPLE_REQUEST:
            return None
        return in_words(chosen.request, chosen.slots)

    def key_state(self) -> tuple[bool, Message]:
        """Tell whether a key is kept for the address, and say so. The keyring is not asked."""
        settings = self._settings()
        try:
            address = self._address(settings)
        except UserError:
            return False, message("model-key-address-first")
        kept_for = settings.get(LANGUAGE_MODEL_KEY_FOR)
        if kept_for in ("", address.origin):
            return bool(kept_for), message(
                "model-key-kept" if kept_for else "model-key-none", host=address.place
            )
        return True, message("model-key-other", other=kept_for, host=address.place)

    async def keep_key(self, key: str) -> None:
        """Keep a key for the address; an empty one deletes it. Raises UserError."""
        from nixforhumanity.assistant.language_model.key import ModelKey
        from nixforhumanity.system.language_model_http import is_sendable_key

        settings = self._settings()
        if not key:
            await ModelKey(self._secrets).forget()
            settings.reset(LANGUAGE_MODEL_KEY_FOR)
            return
        if not is_sendable_key(key):
            raise UserError("model-key-unsendable")
        address = self._address(settings)
        before = settings.get(LANGUAGE_MODEL_KEY_FOR)
        settings.set(
            LANGUAGE_MODEL_KEY_FOR, address.origin
        )  # first: a key is never kept without a note of it
        try:
            await ModelKey(self._secrets).keep(address, key)
        except UserError:
            settings.set(LANGUAGE_MODEL_KEY_FOR, before)
            raise

    # --- what is in force --------------------------------------------------------------------------

    def _needed(self, *, with_model: bool = True) -> _Chosen:
        chosen = self._chosen(self._settings(), with_model=with_model)
        if chosen is None:
            raise UserError("model-not-on")
        return chosen

    def _chosen(self, settings: Settings, *, with_model: bool = True) -> _Chosen | None:
        """Return what is in force; None when it is off. Raises UserError when the settings will not do."""
        from nixforhumanity.assistant.language_model.address import is_public, may_connect

        if not settings.get(LANGUAGE_MODEL_ON):
            return None
        address = self._address(settings)
        allowed = settings.get(LANGUAGE_MODEL_IN_THE_OPEN)
        if not address.encrypted and is_public(address.host):
            raise UserError("model-address-open")
        if not may_connect(address, allowed):
            raise UserError("model-address-not-allowed")
        model, key_for = settings.get(LANGUAGE_MODEL_NAME), settings.get(LANGUAGE_MODEL_KEY_FOR)
        if with_model and not model:
            raise UserError("model-name-missing")
        return _Chosen(address, model, settings.get(LANGUAGE_MODEL_SECONDS), allowed, key_for)

    def _address(self, settings: Settings) -> "ModelAddress":
        from nixforhumanity.assistant.language_model.address import model_address

        return model_address(settings.get(LANGUAGE_MODEL_ADDRESS))

    async def _server(self, chosen: _Chosen) -> "ModelServer":
        from nixforhumanity.assistant.language_model.key import ModelKey
        from nixforhumanity.system.language_model_http import ModelServer

        # Without a kept key the keyring is left alone: it may ask the person to unlock it.
        has_key = chosen.key_for == chosen.address.origin
        key = await ModelKey(self._secrets).of(chosen.address) if has_key else ""
        return ModelServer(chosen.address, key, chosen.in_the_open, float(chosen.seconds))

    def _lock(self) -> asyncio.Lock:
        self._one_at_a_time = self._one_at_a_time or asyncio.Lock()
        return self._one_at_a_time


def _example_question(sentence: str) -> Question:
    from nixforhumanity.assistant.language_model.reading import question_about
    from nixforhumanity.assistant.skills import all_skills

    return question_about(sentence, all_skills())


def model_key_kept_for(folders: Folders) -> str:
    """Return the server whose key is in the keyring, empty for none, without asking the keyring."""
    return Settings.in_folders(folders).get(LANGUAGE_MODEL_KEY_FOR)


def note_model_key(folders: Folders, origin: str) -> None:
    """Take note that the key for a server is in the keyring. Raises what writing the settings raises."""
    Settings.in_folders(folders).set(LANGUAGE_MODEL_KEY_FOR, origin)


def forget_model_key(folders: Folders, secrets: SecretStore | None = None) -> None:
    """Delete the key of the language model, if there is one. Raises UserError when the keyring will not."""
    if not model_key_kept_for(folders):
        return
    from nixforhumanity.assistant.language_model.key import ModelKey
    from nixforhumanity.system.keyring_secret_store import KeyringSecretStore

    asyncio.run(ModelKey(secrets or KeyringSecretStore()).forget())
