"""The whole program with a language model: it connects nowhere until the settings file says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model_server import chat, model_server
from nixforhumanity.settings.declarations import (
    LANGUAGE_MODEL_ADDRESS,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_ON,
)
from nixforhumanity.settings.store import Settings
from project import SOURCE_ROOT

UNCLEAR = "the talking cow thing for my terminal, gimme it"
READ = chat('{"request": "package_info", "slots": {"package": "cowsay"}}')


def ask(folder: Path, *lines: str) -> str:
    """Say lines to the program, in folders of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE_ROOT), "LC_ALL": "C.UTF-8"}
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
        environment[f"XDG_{name}"] = str(folder / name)
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    ran = subprocess.run(
        [sys.executable, "-m", "nixforhumanity", "ask"],
        env={**environment, "HOME": str(folder)},
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.mark.parametrize("on", [False, True])
def test_only_an_unclear_sentence_leaves_and_only_when_it_is_on(tmp_path: Path, on: bool) -> None:
    with model_server(READ) as server:
        settings = Settings(tmp_path / "CONFIG_HOME/nix-for-humanity/settings.toml", {})
        settings.set(LANGUAGE_MODEL_ADDRESS, server.address)
        settings.set(LANGUAGE_MODEL_NAME, "small")
        settings.set(LANGUAGE_MODEL_ON, on)
        said = ask(tmp_path, "what is hello", UNCLEAR, "what is cowsay")
    assert ("I read this as: what is cowsay" in said) is on, said
    assert server.connected == int(on)
    if on:
        sent = server.received[0].decode()
        assert server.bodies[0]["messages"][1]["content"] == json.dumps({"sentence": UNCLEAR})  # type: ignore[index]
        assert "hello" not in sent
        for private in (os.uname().nodename, str(tmp_path)):
            assert private not in sent
