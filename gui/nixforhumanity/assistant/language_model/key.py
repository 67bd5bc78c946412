"""The key of the language model in the secret store: one, bound to the server that it was entered for."""

import json

from nixforhumanity.assistant.language_model.address import ModelAddress
from nixforhumanity.core.errors import UserError
from nixforhumanity.settings.secrets import SecretStore

NAME = "language model"


class ModelKey:
    """Keeps the key. Each call raises UserError `model-keyring` when there is no keyring."""

    def __init__(self, secrets: SecretStore) -> None:
        self._secrets = secrets

    async def of(self, address: ModelAddress) -> str:
        """Return the key for an address; empty when there is none, or when it belongs to another server."""
        kept = await self._kept()
        try:
            entry = json.loads(kept or "{}")
            origin, key = str(entry.get("origin", "")), str(entry.get("key", ""))
        except (ValueError, AttributeError, RecursionError):
            return ""
        return key if origin == address.origin else ""

    async def keep(self, address: ModelAddress, key: str) -> None:
        """Keep a key for an address, in place of the one before."""
        try:
            await self._secrets.set(NAME, json.dumps({"origin": address.origin, "key": key}))
        except UserError as error:
            raise _no_keyring(error) from error

    async def forget(self) -> None:
        """Delete the key, whichever server it was for; there need not be one."""
        try:
            await self._secrets.delete(NAME)
        except UserError as error:
            raise _no_keyring(error) from error

    async def _kept(self) -> str | None:
        try:
            return await self._secrets.get(NAME)
        except UserError as error:
            raise _no_keyring(error) from error


def _no_keyring(error: UserError) -> UserError:
    return UserError("model-keyring", reason=str(error.parameters.get("reason", "")))
