"""Time zones, locales, keyboard layouts and channels."""

import re
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.places import channel, layouts_in, locales_in, timezones_in
from nixforhumanity.understanding.extraction.tables import table
from nixforhumanity.understanding.extraction.words import line_of


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("my clock should follow Marseille", "Europe/Paris"),
        ("move the time to asia/tokyo", "Asia/Tokyo"),
        ("we live in new delhi", "Asia/Kolkata"),
        ("let it be utc+2", "Etc/GMT-2"),
        ("as they have it in Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("I moved to Switzerlnad", "Europe/Zurich"),
    ],
)
def test_time_zones(text: str, zone: str) -> None:
    assert zone in [one.value for one in timezones_in(line_of(text))]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("all in Portuguese, please", "pt_PT.UTF-8"),
        ("LANG=sv_SE.UTF-8", "sv_SE.UTF-8"),
        ("speak brazilian portuguese", "pt_BR.UTF-8"),
        ("French as in Canada", "fr_CA.UTF-8"),
        ("set e n underscore g b", "en_GB.UTF-8"),
    ],
)
def test_locales(text: str, locale: str) -> None:
    assert locale in [one.value for one in locales_in(line_of(text))]


@pytest.mark.parametrize(
    ("text", "layout"),
    [("azerty keys", "fr"), ("a Danish keyboard", "dk"), ("setxkbmap cz", "cz"), ("umlauts", "de")],
)
def test_layouts(text: str, layout: str) -> None:
    assert layout in [one.value for one in layouts_in(line_of(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("subscribe to nixos-24.05-small", "nixos-24.05-small"),
        ("https://nixos.org/channels/nixpkgs-unstable", "nixpkgs-unstable"),
        ("add the channel twenty five oh five", "nixos-25.05"),
        ("the unstable packages channel", "nixpkgs-unstable"),
        ("version 23.11 of it", "nixos-23.11"),
        ("add a channel", None),
    ],
)
def test_channels(text: str, value: str | None) -> None:
    assert channel(line_of(text)) == value


def test_every_place_of_the_table_exists() -> None:
    assert set(table("places")["cities"]) <= zoneinfo.available_timezones()
    assert all(
        re.fullmatch(r"[a-z]{2,3}(?:_[A-Z]{2})?\.UTF-8", name) for name in table("places")["languages"]
    )


@given(st.text(max_size=200))
def test_any_text_gives_known_places(text: str) -> None:
    line = line_of(text)
    assert {one.value for one in timezones_in(line)} <= zoneinfo.available_timezones()
    assert {one.value for one in layouts_in(line)} <= set(table("places")["layouts"])
    assert all(re.fullmatch(r"[a-z]{2,3}(?:_[A-Z]{2})?\.UTF-8", one.value) for one in locales_in(line))
    value = channel(line)
    assert value is None or re.fullmatch(r"[a-z][a-z0-9.-]+", value)
