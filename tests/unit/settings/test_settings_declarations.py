"""Every setting is declared well: its texts exist, its default is allowed, its parser agrees."""

import subprocess
import sys
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from nixforhumanity.core.resources import resource
from nixforhumanity.settings.declarations import (
    ALL_SETTINGS,
    LEVELS,
    REDUCED_MOTION,
    TEXT_SIZE,
    WEBSOCKET_PORT,
    AnySetting,
    settings_by_key,
)

PROGRAM = Path(__file__).parents[3] / "gui"


@pytest.fixture(scope="module")
def texts() -> set[str]:
    """Give the ids of all English texts about settings."""
    source = resource("messages", "en", "settings.ftl").read_text(encoding="utf-8")
    body = FluentParser().parse(source).body
    assert not [entry for entry in body if isinstance(entry, ast.Junk)]
    return {entry.id.name for entry in body if isinstance(entry, ast.Message)}


@pytest.mark.parametrize("setting", ALL_SETTINGS, ids=lambda setting: setting.key)
def test_a_setting_has_all_its_texts_and_an_allowed_default(setting: AnySetting, texts: set[str]) -> None:
    wanted = {setting.label.id, setting.help.id, *(setting.choice_label(one).id for one in setting.choices)}
    assert wanted <= texts
    assert setting.accepts(setting.default)
    assert setting.level in LEVELS
    assert setting.section
    assert setting.name


def test_no_key_is_declared_twice() -> None:
    assert len(settings_by_key()) == len(ALL_SETTINGS)


@pytest.mark.parametrize("value", [0, 65536, -1, "3457", 3457.0, True, None])
def test_a_port_is_a_number_from_1_to_65535(value: object) -> None:
    assert not WEBSOCKET_PORT.accepts(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3457", 3457), (" 80 ", 80), ("0", None), ("x", None), ("-5", None), ("٣", None), ("9" * 5000, None)],
)
def test_a_port_is_parsed_from_text(text: str, value: int | None) -> None:
    assert WEBSOCKET_PORT.parse(text) == value


def test_choices_and_switches_are_parsed_from_text() -> None:
    assert TEXT_SIZE.parse("150") == 150
    assert TEXT_SIZE.parse("140") is None
    assert REDUCED_MOTION.parse("True") is True
    assert REDUCED_MOTION.parse("1") is None


def test_importing_settings_brings_nothing_heavy() -> None:
    check = (
        "import sys, nixforhumanity.settings.store, nixforhumanity.settings.levels, "
        "nixforhumanity.settings.secrets;"
        "print(sorted({'tomlkit', 'asyncio', 'keyring', 'msgspec', 'platformdirs'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", check],
        env={"PYTHONPATH": str(PROGRAM)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
