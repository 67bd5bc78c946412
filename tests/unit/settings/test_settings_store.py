"""Settings survive what people, other programs and newer versions do to their file."""

import multiprocessing
import stat
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings import settings_file
from nixforhumanity.settings.declarations import (
    ALL_SETTINGS,
    LEVEL,
    NIX_PROFILE,
    REDUCED_MOTION,
    REMOTE_URL,
    TEXT_SIZE,
    THEME,
    WEBSOCKET_PORT,
    AnySetting,
)
from nixforhumanity.settings.store import Settings, Source, settings_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a settings file that does not exist yet."""
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str | bytes) -> Settings:
    """Return the settings that a file with this content gives."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Settings(path, {})


def problem_ids(settings: Settings) -> list[str]:
    """Return the ids of what the person is told."""
    return [problem.id for problem in settings.problems]


def test_without_a_file_everything_is_at_its_default_and_nothing_is_written(path: Path) -> None:
    settings = Settings(path, {})
    assert [settings.get(setting) for setting in ALL_SETTINGS] == [one.default for one in ALL_SETTINGS]
    assert settings.problems == ()
    settings.reset(THEME)
    assert not path.parent.exists()


def test_a_change_is_there_for_the_next_start_in_a_private_file(path: Path) -> None:
    Settings(path, {}).set(TEXT_SIZE, 150)
    again = Settings(path, {})
    assert again.get(TEXT_SIZE) == 150
    assert again.source(TEXT_SIZE) is Source.FILE
    assert not again.is_default(TEXT_SIZE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("setting", ALL_SETTINGS, ids=lambda setting: setting.key)
def test_every_allowed_value_comes_back(setting: AnySetting, path: Path) -> None:
    values = (
        setting.choices
        or {str: ('a "quoted" \'ü\\', ""), int: (setting.smallest, setting.largest), bool: (True, False)}[
            type(setting.default)
        ]
    )
    for value in values:
        Settings(path, {}).set(setting, value)
        assert Settings(path, {}).get(setting) == value


def test_comments_order_and_unknown_keys_stay(path: Path) -> None:
    before = (
        "# mine\nversion = 1\n\n[future]\nkey = [1, 2] # why\n\n[general]\n"
        'theme = "dark"  # at night\nnewer_option = true\n'
    )
    settings = written(path, before)
    settings.set(THEME, "light")
    assert path.read_text() == before.replace('"dark"', '"light"')
    settings.reset(THEME)
    assert path.read_text() == before.replace('theme = "dark"  # at night\n', "")
    assert settings.source(THEME) is Source.DEFAULT


@pytest.mark.parametrize(
    "text",
    [
        'general.theme = "dark"\n',
        'general = { theme = "dark" }\n',
        '[general]\r\ntheme = "dark"\r\n',
        "\ufeff[general]\n",
    ],
)
def test_other_ways_to_write_a_table_can_be_changed(text: str, path: Path) -> None:
    settings = written(path, text)
    settings.set(REDUCED_MOTION, True)
    settings.set(THEME, "light")
    again = Settings(path, {})
    assert (again.get(THEME), again.get(REDUCED_MOTION), again.problems) == ("light", True, ())


@pytest.mark.parametrize(
    "content", [b"[general\n", b"\xff\xfe\x00", b"a = 1\na = 2\n", b"[" * 100_000, b"\x00" * 64]
)
def test_a_damaged_file_is_kept_aside_and_said(content: bytes, path: Path) -> None:
    settings = written(path, content)
    kept = path.with_name("settings.toml.damaged")
    assert problem_ids(settings) == ["settings-damaged"]
    assert settings.problems[0].parameters["path"] == str(kept)
    assert kept.read_bytes() == content
    assert settings.get(THEME) == "system"
    settings.set(THEME, "dark")
    assert Settings(path, {}).get(THEME) == "dark"
    assert kept.read_bytes() == content


@pytest.mark.parametrize("version", ["2", "99999999999999999999", '"1"', "true", "[1]"])
def test_a_file_of_a_newer_program_is_left_untouched(version: str, path: Path) -> None:
    text = f'version = {version}\n[general]\ntheme = "dark"\n'
    settings = written(path, text)
    assert problem_ids(settings) == ["settings-newer"]
    assert not settings.writable
    assert settings.get(THEME) == "system"
    for change in (lambda: settings.set(THEME, "light"), lambda: settings.reset(THEME)):
        with pytest.raises(UserError) as refused:
            change()
        assert refused.value.message.id == "settings-newer"
    assert path.read_text() == text
    assert settings.get(THEME) == "system"


@pytest.mark.parametrize(
    ("line", "setting"),
    [
        ("text_size = '150'", TEXT_SIZE),
        ("text_size = 151", TEXT_SIZE),
        ("text_size = 150.0", TEXT_SIZE),
        ("reduced_motion = 1", REDUCED_MOTION),
        ("level = 'wizard'", LEVEL),
        ("theme = ['dark']", THEME),
        ("theme = 2026-01-01", THEME),
    ],
)
def test_a_value_of_the_wrong_type_gives_the_default_and_a_word(
    line: str, setting: AnySetting, path: Path
) -> None:
    settings = written(path, f"[general]\n{line}\n")
    assert problem_ids(settings) == ["setting-wrong-value"]
    assert settings.problems[0].parameters["key"] == setting.key
    assert settings.get(setting) == setting.default
    assert settings.source(setting) is Source.DEFAULT
    assert path.read_text() == f"[general]\n{line}\n"


def test_a_section_that_is_no_table_is_said_and_can_be_set_right(path: Path) -> None:
    settings = written(path, "nix = 3\n")
    assert problem_ids(settings) == ["setting-wrong-section"]
    settings.set(NIX_PROFILE, "/somewhere")
    assert settings.problems == ()
    assert settings.get(NIX_PROFILE) == "/somewhere"


def test_a_long_wrong_value_is_shown_short(path: Path) -> None:
    settings = written(path, f'[general]\ntheme = "{"x" * 10_000}"\n')
    assert len(str(settings.problems[0].parameters["value"])) == 60


def test_a_value_that_is_not_allowed_is_refused_and_nothing_changes(path: Path) -> None:
    settings = written(path, "[ports]\nwebsocket = 4000\n")
    with pytest.raises(UserError) as refused:
        settings.set(WEBSOCKET_PORT, 70000)
    assert refused.value.message.id == "setting-not-allowed"
    assert settings.get(WEBSOCKET_PORT) == 4000


@pytest.mark.parametrize(
    ("environment", "port", "source", "problems"),
    [
        ({}, 4000, Source.FILE, []),
        ({"WEBSOCKET_PORT": "5000"}, 5000, Source.ENVIRONMENT, []),
        ({"WEBSOCKET_PORT": ""}, 4000, Source.FILE, []),
        ({"WEBSOCKET_PORT": "many"}, 4000, Source.FILE, ["setting-wrong-environment"]),
        ({"WEBSOCKET_PORT": "70000"}, 4000, Source.FILE, ["setting-wrong-environment"]),
    ],
)
def test_the_environment_goes_before_the_file(
    environment: dict[str, str], port: int, source: Source, problems: list[str], path: Path
) -> None:
    written(path, "[ports]\nwebsocket = 4000\n")
    settings = Settings(path, environment)
    assert (settings.get(WEBSOCKET_PORT), settings.source(WEBSOCKET_PORT)) == (port, source)
    assert problem_ids(settings) == problems


def test_observers_hear_of_each_change_once_until_they_stop(path: Path) -> None:
    settings = Settings(path, {})
    heard: list[str] = []
    end = settings.observe(lambda setting: heard.append(f"{setting.key}={settings.get(setting)}"))
    settings.set(THEME, "dark")
    settings.set(THEME, "dark")
    Settings(path, {}).set(TEXT_SIZE, 200)
    settings.reload()
    settings.reset(THEME)
    end()
    settings.set(THEME, "light")
    assert heard == ["general.theme=dark", "general.text_size=200", "general.theme=system"]


def test_a_change_of_another_process_is_not_lost(path: Path) -> None:
    one, other = Settings(path, {}), Settings(path, {})
    one.set(THEME, "dark")
    other.set(TEXT_SIZE, 125)
    again = Settings(path, {})
    assert (again.get(THEME), again.get(TEXT_SIZE)) == ("dark", 125)


def change_often(path: Path, together: Barrier, setting: AnySetting, values: list[object]) -> None:
    """Set one value after the other, and see that each stays; runs in a process of its own."""
    settings = Settings(path, {})
    together.wait(30)
    for value in values:
        settings.set(setting, value)
        assert Settings(path, {}).get(setting) == value


def test_processes_that_write_at_once_keep_each_others_changes(path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(2)
    jobs = [(WEBSOCKET_PORT, list(range(4000, 4050))), (REMOTE_URL, [f"wss://{n}" for n in range(50)])]
    processes = [fork.Process(target=change_often, args=(path, together, *job)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    settings = Settings(path, {})
    assert (settings.get(WEBSOCKET_PORT), settings.get(REMOTE_URL)) == (4049, "wss://49")
    assert settings.problems == ()


def test_a_link_to_a_file_elsewhere_stays_a_link(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles" / "nfh.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text("# mine\n")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    Settings(path, {}).set(THEME, "dark")
    assert path.is_symlink()
    assert "# mine" in elsewhere.read_text()
    assert Settings(path, {}).get(THEME) == "dark"


def test_a_damaged_file_behind_a_link_is_kept(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles.toml"
    elsewhere.write_text("[[[")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    settings = Settings(path, {})
    settings.set(THEME, "dark")
    assert elsewhere.read_text() == "[[["
    assert Settings(path, {}).get(THEME) == "dark"


def test_a_file_that_is_part_of_a_nix_configuration_is_not_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "settings.toml").write_text('[general]\ntheme = "dark"\n')
    path.parent.mkdir()
    path.symlink_to(store / "settings.toml")
    monkeypatch.setattr(settings_file, "NIX_STORE", store)
    settings = Settings(path, {})
    assert settings.get(THEME) == "dark"
    with pytest.raises(UserError) as refused:
        settings.set(THEME, "light")
    assert refused.value.message.id == "settings-managed-by-nix"
    assert settings.get(THEME) == "dark"


def test_a_file_that_cannot_be_read_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    settings = Settings(path, {})
    assert problem_ids(settings) == ["settings-unreadable"]
    with pytest.raises(UserError) as refused:
        settings.set(THEME, "dark")
    assert refused.value.message.id == "settings-unreadable"


def test_a_file_that_cannot_be_written_is_said_and_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = written(path, "# mine\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings_file, "write_atomically", full)
    with pytest.raises(UserError) as refused:
        settings.set(THEME, "dark")
    assert refused.value.message.id == "settings-not-written"
    assert (path.read_text(), settings.get(THEME)) == ("# mine\n", "system")


def test_the_file_is_declared_as_something_that_is_kept(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    Settings.in_folders(folders, {}).set(THEME, "dark")
    assert [file.name for file in settings_store(folders).files] == ["settings.toml"]
