"""A usable keyring works; an absent, unsafe, broken or silent one gives the same plain error in time."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.settings.secrets import SecretStore
from nixforhumanity.system.keyring_secret_store import KeyringSecretStore

PROGRAM = Path(__file__).parents[3] / "gui"
ASK = """
import asyncio, time
from nixforhumanity.core.errors import UserError
from nixforhumanity.system.keyring_secret_store import KeyringSecretStore
async def ask():
    begin = time.monotonic()
    try:
        await KeyringSecretStore().get("remote")
    except UserError as error:
        print(error.message.id, time.monotonic() - begin)
asyncio.run(ask())
"""


class DictBackend:
    """Behaves like a backend of the keyring package, over a dict."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


async def test_a_secret_is_kept_replaced_and_forgotten() -> None:
    backend = DictBackend()
    store: SecretStore = KeyringSecretStore(lambda: backend)
    assert await store.get("remote") is None
    await store.set("remote", "one")
    await store.set("remote", "two")
    assert await store.get("remote") == "two"
    assert backend.kept == {("nix-for-humanity", "remote"): "two"}
    await store.delete("remote")
    await store.delete("remote")
    assert await store.get("remote") is None


async def test_the_backend_is_asked_off_the_event_loop() -> None:
    threads: list[threading.Thread] = []

    def find() -> DictBackend:
        threads.append(threading.current_thread())
        return DictBackend()

    await KeyringSecretStore(find).get("remote")
    assert threads[0] is not threading.main_thread()
    assert threads[0].daemon


async def test_a_backend_that_raises_gives_the_plain_error_without_the_secret() -> None:
    class Locked(DictBackend):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise ValueError(f"cannot keep {password}")

    with pytest.raises(UserError) as refused:
        await KeyringSecretStore(Locked).set("remote", "hunter2")
    assert refused.value.message.id == "keyring-unavailable"
    assert "hunter2" not in str(refused.value.parameters)


async def test_a_backend_that_hangs_is_given_up_and_its_late_answer_is_ignored() -> None:
    let_go = threading.Event()
    late: list[threading.Thread] = []

    class Hanging(DictBackend):
        def get_password(self, service: str, username: str) -> str | None:
            late.append(threading.current_thread())
            let_go.wait(30)
            return "late"

    with pytest.raises(UserError) as refused:
        await KeyringSecretStore(Hanging, limit_seconds=0.05).get("remote")
    assert refused.value.parameters["reason"] == "no answer"
    let_go.set()
    await asyncio.to_thread(late[0].join, 10)
    assert not late[0].is_alive()


def ask_in_a_new_process(environment: dict[str, str]) -> tuple[str, float, float]:
    """Return the error's id, the seconds until it came, and the seconds until the process had ended."""
    keep = {
        name: os.environ[name]
        for name in ("HOME", "PATH", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
        if name in os.environ
    }
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**keep, "PYTHONPATH": str(PROGRAM), **environment},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    message_id, seconds = done.stdout.split()
    return message_id, float(seconds), time.monotonic() - begin


@pytest.fixture
def silent_bus(tmp_path: Path) -> Iterator[str]:
    """Give the address of a D-Bus that takes connections and never says a word."""
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(8)
        yield f"unix:path={path}"


NO_BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
UNSAFE = "keyring.backends.null.Keyring"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        NO_BUS,
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        {"PYTHON_KEYRING_BACKEND": UNSAFE},
        {"PYTHON_KEYRING_BACKEND": "no.such.Keyring"},
        {**NO_BUS, "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"},
    ],
    ids=["nothing", "no-bus", "fail", "null", "unknown", "secret-service-without-bus"],
)
def test_without_a_usable_keyring_the_error_comes_in_time(environment: dict[str, str]) -> None:
    message_id, seconds, _ = ask_in_a_new_process(environment)
    assert message_id == "keyring-unavailable"
    assert seconds < 3.5


def test_a_bus_that_never_answers_is_given_up_and_the_process_ends(silent_bus: str) -> None:
    message_id, seconds, until_end = ask_in_a_new_process({"DBUS_SESSION_BUS_ADDRESS": silent_bus})
    assert message_id == "keyring-unavailable"
    assert seconds < 3.5
    assert until_end < 10


def test_a_plain_file_backend_among_several_is_never_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    from nixforhumanity.system.keyring_secret_store import encrypted_backend

    def backend_of(module: str) -> object:
        return type("Keyring", (DictBackend,), {"__module__": module})()

    safe = backend_of("keyring.backends.kwallet")
    several = type("Chainer", (), {"backends": [backend_of("keyrings.alt.file"), safe]})()
    find: Callable[[], object] = encrypted_backend
    monkeypatch.setattr(keyring, "get_keyring", lambda: several)
    assert find() is safe
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend_of("keyrings.alt.file"))
    with pytest.raises(Exception, match=r"keyrings\.alt\.file"):
        find()
