"""Users, groups, computers and networks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.people import (
    declared_people,
    host_name,
    is_host_name,
    is_network_name,
    is_user_name,
    network_name,
    user_name,
)
from nixforhumanity.understanding.extraction.words import Line, line_of


def whole(text: str) -> tuple[Line, int, int]:
    line = line_of(text)
    return line, 0, len(line.words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mirela", "mirela"), ("m i r a", "mira"), ("Mirela's", "mirela"), ("svc dash web", "svc-web"),
        ("users.users.mirela.isNormalUser", "mirela"), ("two words", None), ("root;rm", None),
        ("9lives", None), ("the", None),
    ],
)  # fmt: skip
def test_user_names(text: str, name: str | None) -> None:
    assert user_name(*whole(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("Attic-PC", "Attic-PC"), ("lab dash zero seven", "lab-07"), ("bad_name", None), ("a nice one", None)],
)
def test_host_names(text: str, name: str | None) -> None:
    assert host_name(*whole(text)) == name


def test_names_of_networks_keep_capitals_and_blanks() -> None:
    assert network_name(*whole("Blue Parrot 5G")) == "Blue Parrot 5G"
    assert network_name(*whole("x" * 33)) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("sudo usermod -aG video mirela", {"username": "mirela", "group": "video"}),
        ("gpasswd -a mirela audio", {"username": "mirela", "group": "audio"}),
        ("useradd -m mirela", {"username": "mirela"}),
        ('users.users.mirela.extraGroups = [ "lp" ];', {"username": "mirela", "group": "lp"}),
        ("add mirela to video", {}),
    ],
)
def test_typed_commands_and_declarations(text: str, values: dict[str, str]) -> None:
    assert declared_people(line_of(text)) == values


@given(st.text(max_size=80))
def test_any_words_give_valid_names_or_none(text: str) -> None:
    line, first, last = whole(text)
    if first == last:
        return
    user, host, network = (name(line, first, last) for name in (user_name, host_name, network_name))
    assert user is None or is_user_name(user)
    assert host is None or is_host_name(host)
    assert network is None or is_network_name(network)
    assert all(is_user_name(name) for name in declared_people(line).values())
