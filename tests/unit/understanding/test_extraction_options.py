"""Options by their names, spoken and misspelt ones, plain phrases; values as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.options import is_option, option_and_value, option_in
from nixforhumanity.understanding.extraction.words import line_of


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("what is services.thermald.enable good for", "services.thermald.enable"),
        ("explain networking dot host name to me", "networking.hostName"),
        ("describe security.sudo.wheelneedspassword", "security.sudo.wheelNeedsPassword"),
        ("and zramSwpa.enable?", "zramSwap.enable"),
        ("is swapDevices needed", "swapDevices"),
        ("look into shell.nix", None),
        ("what does this do", None),
    ],
)
def test_options(text: str, option: str | None) -> None:
    assert option_in(line_of(text)) == option


@pytest.mark.parametrize(
    ("text", "option", "value"),
    [
        ("boot.loader.timeout = 4;", "boot.loader.timeout", 4),
        ("turn services.flatpak.enable off", "services.flatpak.enable", False),
        ("services.thermald.enable should be yes", "services.thermald.enable", True),
        ('give networking.hostName the value "attic"', "networking.hostName", "attic"),
        ('fonts.fontconfig.antialias = [ "a" 3 ]', "fonts.fontconfig.antialias", ["a", 3]),
        ("put the number 12 into boot.loader.timeout", "boot.loader.timeout", 12),
        ("set boot dot loader dot timeout to nine", "boot.loader.timeout", 9),
        ("please permit proprietary programs here", "nixpkgs.config.allowUnfree", True),
        ("the boot menu may wait 25 seconds", "boot.loader.timeout", 25),
    ],
)
def test_options_with_their_values(text: str, option: str, value: object) -> None:
    found = option_and_value(line_of(text))
    assert found["option"] == option
    assert json.loads(found["value"]) == value


@given(st.one_of(st.text(max_size=200), st.text(alphabet='a.b"[]= ;1-', max_size=200).map("boot.{}".format)))
def test_any_text_gives_an_option_and_json_or_nothing(text: str) -> None:
    found = option_and_value(line_of(text))
    if found:
        assert is_option(found["option"])
        json.loads(found.get("value", "null"))
