"""A test run has a home of its own."""

import os
import pwd
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "name",
    ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"],
)
def test_the_folder_is_not_the_persons_own(name: str) -> None:
    folder = Path(os.environ[name])
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0
    assert not folder.is_relative_to(pwd.getpwuid(os.getuid()).pw_dir)


def test_the_program_keeps_its_things_there() -> None:
    from nixforhumanity.core.folders import Folders

    folders = Folders.of_this_user()
    home = Path(os.environ["HOME"]).parent
    for folder in (folders.config, folders.data, folders.state, folders.cache, folders.runtime):
        assert folder.is_relative_to(home)


def test_no_desktop_of_the_person_is_in_reach() -> None:
    assert {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & set(os.environ) == set()
