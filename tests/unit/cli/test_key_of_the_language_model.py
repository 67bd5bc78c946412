"""`data` knows the key of the language model: it is listed, never exported, and deleted with the rest."""

import json
import tarfile
from pathlib import Path

import pytest

from nixforhumanity.cli.program import run
from nixforhumanity.compose.language_model import ConfiguredLanguageModel
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.declarations import LANGUAGE_MODEL_ADDRESS
from nixforhumanity.settings.secrets import MemorySecretStore
from nixforhumanity.settings.store import Settings
from nixforhumanity.system import keyring_secret_store

KEY = "k3y-of-mine"


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MemorySecretStore:
    """Give a keyring in memory and empty folders."""
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name))
    kept = MemorySecretStore()
    monkeypatch.setattr(keyring_secret_store, "KeyringSecretStore", lambda: kept)
    return kept


async def keep_key(secrets: MemorySecretStore) -> None:
    settings = Settings.in_folders(Folders.of_this_user(), {})
    settings.set(LANGUAGE_MODEL_ADDRESS, "https://models.example")
    await ConfiguredLanguageModel(lambda: settings, secrets).keep_key(KEY)


def row(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    run(["data", "list", "--json"])
    rows = json.loads(capsys.readouterr().out)
    return next(one for one in rows if one["name"] == "language-model-key")


def test_no_key_is_listed_as_none(secrets: MemorySecretStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert row(capsys)["exists"] is False


def in_a_loop_of_its_own(secrets: MemorySecretStore) -> None:
    import asyncio

    asyncio.run(keep_key(secrets))


def test_a_key_is_listed_not_exported_and_deleted(
    secrets: MemorySecretStore, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    in_a_loop_of_its_own(secrets)
    assert row(capsys)["exists"] is True
    run(["data", "list"])
    assert "kept" in capsys.readouterr().out
    archive = tmp_path / "all.tar.gz"
    assert run(["data", "export", str(archive)]) == 0
    with tarfile.open(archive) as files:
        contents = [files.extractfile(one).read() for one in files.getmembers() if one.isfile()]  # type: ignore[union-attr]
    assert contents
    assert not any(KEY.encode() in one for one in contents)
    assert run(["data", "delete", "--yes"]) == 0
    assert secrets._secrets == {}
    capsys.readouterr()
    assert row(capsys)["exists"] is False


def test_the_rest_is_deleted_when_the_keyring_will_not(
    secrets: MemorySecretStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(name: str) -> None:
        raise UserError("keyring-unavailable", reason="not found")

    in_a_loop_of_its_own(secrets)
    settings = Settings.in_folders(Folders.of_this_user(), {})
    with monkeypatch.context() as patched:
        patched.setattr(secrets, "delete", locked)
        assert run(["data", "delete", "--yes"]) == 1
    said = capsys.readouterr()
    assert "deleted" in said.out
    assert "still in the keyring" in said.err
    assert "not found" in said.err
    settings.reload()
    assert settings.is_default(LANGUAGE_MODEL_ADDRESS)
    # The key is still listed, and the next try deletes it.
    assert row(capsys)["exists"] is True
    assert run(["data", "delete", "--yes"]) == 0
    assert secrets._secrets == {}
    capsys.readouterr()
    assert row(capsys)["exists"] is False


def test_a_key_that_is_left_is_in_the_machine_readable_answer(
    secrets: MemorySecretStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(name: str) -> None:
        raise UserError("keyring-unavailable", reason="no answer")

    in_a_loop_of_its_own(secrets)
    monkeypatch.setattr(secrets, "delete", locked)
    assert run(["data", "delete", "--yes", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["left"] == ["language-model-key"]
    assert any("settings" in one for one in told["deleted"])


def test_the_keyring_is_left_alone_when_no_key_was_ever_kept(
    secrets: MemorySecretStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def asked(name: str) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(secrets, "delete", asked)
    assert run(["data", "delete", "--yes"]) == 0
