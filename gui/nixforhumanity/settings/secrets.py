"""Where tokens of remote servers are kept: a keyring, or the memory of this session; never a plain file."""

from typing import Protocol


class SecretStore(Protocol):
    """Keeps secrets by name.

    Each call raises UserError `keyring-unavailable` when the store cannot be used.
    """

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of that name."""
        ...

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret, in place of the one before."""
        ...

    async def delete(self, name: str) -> None:
        """Forget a secret; it need not exist."""
        ...


class MemorySecretStore:
    """Forgets everything when the program ends: offered when there is no keyring."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of that name."""
        return self._secrets.get(name)

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret until the program ends."""
        self._secrets[name] = secret

    async def delete(self, name: str) -> None:
        """Forget a secret; it need not exist."""
        self._secrets.pop(name, None)
