"""A damaged journal or conversation file is kept aside, and the person is told so, once, and where it is."""

from pathlib import Path

import pytest

from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.compose.assistant import JOURNAL, SESSIONS, Surroundings, build_assistant
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.store import Settings


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("PATH", str(tmp_path / "no-nix"))
    folders = Folders.below(tmp_path)
    for folder in (folders.state, folders.data, folders.config):
        folder.mkdir()
    return folders


async def started(folders: Folders) -> tuple[Assistant, list[str]]:
    assistant = await build_assistant(Surroundings(folders, Settings.in_folders(folders, {})))
    return assistant, (await assistant.host()).notices


async def test_each_damaged_file_is_told_once(folders: Folders) -> None:
    for path in (folders.state / JOURNAL, folders.data / SESSIONS):
        path.write_bytes(b"not a database at all" * 100)
    assistant, notices = await started(folders)
    await assistant.stop(1)
    assert len(notices) == 2
    assert f"{folders.state / JOURNAL}.damaged" in notices[0]
    assert "cannot be undone" in notices[0]
    assert f"{folders.data / SESSIONS}.damaged" in notices[1]
    assistant, notices = await started(folders)
    await assistant.stop(1)
    assert notices == []


async def test_whole_files_are_no_news(folders: Folders) -> None:
    assistant, notices = await started(folders)
    await assistant.stop(1)
    assert notices == []
