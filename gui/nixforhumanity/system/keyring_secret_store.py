"""Secrets in the desktop's keyring; asked in a thread with a time limit, because it can hang."""

import logging
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from nixforhumanity.core.errors import UserError

log = logging.getLogger(__name__)

SERVICE = "nix-for-humanity"
LIMIT_SECONDS = 3.0
ENCRYPTED_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""Modules of backends that encrypt; all others (plain files, the null backend, unknown ones) are refused."""

Result = TypeVar("Result")


class KeyringBackend(Protocol):
    """What is used of a backend of the `keyring` package."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget the secret; raises when there is none."""
        ...


class NoEncryptedKeyringError(Exception):
    """No backend that encrypts is there."""


def encrypted_backend() -> KeyringBackend:
    """Return the first backend that encrypts; raises NoEncryptedKeyringError, or what `keyring` raises."""
    import keyring  # looks at every installed backend: slow, and only for those who use a remote server

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", [chosen]):
        if type(backend).__module__ in ENCRYPTED_BACKENDS:
            return cast(KeyringBackend, backend)
    raise NoEncryptedKeyringError(type(chosen).__module__)


class KeyringSecretStore:
    """Implements SecretStore; each call answers or raises `keyring-unavailable` within the limit."""

    def __init__(
        self,
        find_backend: Callable[[], KeyringBackend] = encrypted_backend,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._find_backend = find_backend
        self._limit_seconds = limit_seconds

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of that name."""
        return await self._ask(lambda keyring: keyring.get_password(SERVICE, name))

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret, in place of the one before."""
        await self._ask(lambda keyring: keyring.set_password(SERVICE, name, secret))

    async def delete(self, name: str) -> None:
        """Forget a secret; it need not exist."""

        def forget(keyring: KeyringBackend) -> None:
            if keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)

        await self._ask(forget)

    async def _ask(self, question: Callable[[KeyringBackend], Result]) -> Result:
        import asyncio  # 35 ms; a window is painted before it asks for secrets

        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Result] = loop.create_future()

        def tell(result: Result | None, error: Exception | None) -> None:
            if answer.done():
                return
            if error is None:
                answer.set_result(cast(Result, result))
            else:
                answer.set_exception(error)

        def ask() -> None:
            result: Result | None = None
            problem: Exception | None = None
            try:
                result = question(self._find_backend())
            except Exception as error:  # noqa: BLE001 - backends raise whatever their libraries raise
                problem = error
            try:
                loop.call_soon_threadsafe(tell, result, problem)
            except RuntimeError:
                log.info("the keyring answered after the program had ended")

        # A daemon thread: one that hangs must not keep the program from ending, as an executor's would.
        threading.Thread(target=ask, name="keyring", daemon=True).start()
        try:
            return await asyncio.wait_for(answer, self._limit_seconds)
        except TimeoutError:
            raise UserError("keyring-unavailable", reason="no answer") from None
        except NoEncryptedKeyringError as error:
            log.info("no keyring that encrypts: %s", error)
            raise UserError("keyring-unavailable", reason="not found") from error
        except Exception as error:
            log.warning("the keyring failed", exc_info=error)
            raise UserError("keyring-unavailable", reason=type(error).__name__) from error
