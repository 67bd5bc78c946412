"""Own words on the command line: `ask` uses them, `understand` does not, `data` shows, copies and deletes."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from nixforhumanity.assistant.own_words_store import OwnWordsStore
from nixforhumanity.understanding.own_phrases import OwnPhrase, key_of
from nixforhumanity.understanding.requests import Request
from project import SOURCE_ROOT

WORDS = "wobble the purple ladder"
NAMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folders = {name: str(tmp_path / name.lower()) for name in NAMES}
    for folder in folders.values():
        Path(folder).mkdir(mode=0o700)
    store = OwnWordsStore(Path(folders["XDG_DATA_HOME"], "nix-for-humanity", "own_words.sqlite"))
    store.learn(OwnPhrase(WORDS, Request("help"), key_of(WORDS)), "2026-01-02T10:00:00Z")
    store.close()
    return {**os.environ, **folders, "PYTHONPATH": str(SOURCE_ROOT), "LC_ALL": "C.UTF-8"}


def run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "nixforhumanity", *arguments]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=True)
    return ran.stdout


def test_asking_uses_them_and_understanding_does_not(environment: dict[str, str]) -> None:
    assert "Taken from your own words" in run(environment, "ask", WORDS)
    row = json.loads(run(environment, "understand", "--json", WORDS))
    assert "help" not in [one["request"] for one in row["requests"]]


def test_they_are_listed_exported_and_deleted(environment: dict[str, str], tmp_path: Path) -> None:
    row = next(
        one for one in json.loads(run(environment, "data", "list", "--json")) if one["name"] == "own-words"
    )
    assert row["exists"]
    assert "own words" in row["holds"]
    run(environment, "data", "export", str(tmp_path / "all.tar.gz"))
    with tarfile.open(tmp_path / "all.tar.gz") as archive:
        copied = archive.extractfile("own-words/own_words.sqlite")
        assert copied is not None
        assert WORDS.encode() in copied.read()
    run(environment, "data", "delete", "--yes")
    assert not Path(row["path"]).exists()
