"""Level, action, scope and protocol."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.levels import action, level, protocol, scope
from nixforhumanity.understanding.extraction.words import line_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("make it easy for a newbie", "beginner"),
        ("from beginner up to expert now", "expert"),
        ("take me down from expert to novice", "beginner"),
        ("beginner is too slow and expert too fast", "intermediate"),
        ("go to intermdiate", "intermediate"),
        ("please set the interface for a professional", "expert"),
        ("show me the weather", None),
    ],
)
def test_levels(text: str, value: str | None) -> None:
    assert level(line_of(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nixos-rebuild dry-build", "dry"),
        ("what would happen on a rebuild", "dry"),
        ("activate it until the next reboot", "test"),
        ("let it count from the next boot on", "boot"),
        ("build and switch to it", "switch"),
        ("rebuild", None),
    ],
)
def test_actions(text: str, value: str | None) -> None:
    assert action(line_of(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for all users, please", "system"),
        ("not for the whole system, only for my account", "user"),
        ("system wide and not just for my user", "system"),
        ("only for this session", "temporary"),
        ("put it on", None),
    ],
)
def test_scopes(text: str, value: str | None) -> None:
    assert scope(line_of(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("open udp 99", "udp"), ("99/tcp in", "tcp"), ("port 5 for t c p", "tcp"),
        ("networking.firewall.allowedUDPPorts", "udp"), ("tcp and udp", None), ("open it", None),
    ],
)  # fmt: skip
def test_protocols(text: str, value: str | None) -> None:
    assert protocol(line_of(text)) == value


@given(st.text(max_size=200))
def test_any_text_stays_in_the_closed_lists(text: str) -> None:
    line = line_of(text)
    assert level(line) in (None, "beginner", "intermediate", "expert")
    assert action(line) in (None, "switch", "test", "boot", "dry")
    assert scope(line) in (None, "user", "system", "temporary")
    assert protocol(line) in (None, "tcp", "udp")
