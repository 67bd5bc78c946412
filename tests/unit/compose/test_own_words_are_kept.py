"""Own words where the program is put together: damage is told, the switch is a setting, all is listed."""

from pathlib import Path

import pytest

from nixforhumanity.compose.assistant import OWN_WORDS, Surroundings, build_assistant
from nixforhumanity.compose.learning_setting import LearningSetting
from nixforhumanity.compose.stores import all_stores, delete_stores
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.declarations import LEARN_WORDS
from nixforhumanity.settings.store import Settings


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("PATH", str(tmp_path / "no-nix"))
    folders = Folders.below(tmp_path)
    for folder in (folders.state, folders.data, folders.config):
        folder.mkdir()
    return folders


async def test_a_damaged_file_is_told_and_kept_aside(folders: Folders) -> None:
    path = folders.data / OWN_WORDS
    path.write_bytes(b"not a database at all" * 100)
    assistant = await build_assistant(Surroundings(folders, Settings.in_folders(folders, {})))
    notices = (await assistant.host()).notices
    await assistant.stop(1)
    assert len(notices) == 1
    assert f"{path}.damaged" in notices[0]
    assert "own words" in notices[0]


def test_the_switch_is_read_from_the_settings_each_time(folders: Folders) -> None:
    switch = LearningSetting(folders)
    assert switch.get()
    Settings.in_folders(folders, {}).set(LEARN_WORDS, False)
    assert not switch.get()
    switch.set(True)
    assert Settings.in_folders(folders, {}).get(LEARN_WORDS)


def test_it_is_among_what_is_listed_and_deleted(folders: Folders) -> None:
    store = next(one for one in all_stores(folders) if one.name == "own-words")
    for suffix in ("", "-wal", ".damaged"):
        store.path.with_name(store.path.name + suffix).write_bytes(b"words")
    assert len(store.files) == 3
    delete_stores([store])
    assert store.files == ()
