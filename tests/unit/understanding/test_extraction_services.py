"""Services by their everyday names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.services import OWN, is_service, services_in
from nixforhumanity.understanding.extraction.words import line_of


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("is sshd up", "openssh"),
        ("the print spooler hangs", "printing"),
        ("restart navidrome.service", "navidrome"),
        ("start n g i n x", "nginx"),
        ("bring home assistant back", "home-assistant"),
        ("kick services.vaultwarden.enable", "vaultwarden"),
        ("stop syncthnig", "syncthing"),
        ("blue tooth", "bluetooth"),
    ],
)
def test_services(text: str, service: str) -> None:
    assert [one.value for one in services_in(line_of(text))] == [service]


def test_our_own_services_count_only_where_a_port_changes() -> None:
    line = line_of("put the web socket on 9100")
    assert services_in(line) == []
    assert [one.value for one in services_in(line, own=True)] == ["websocket"]


@given(st.text(max_size=200))
def test_any_text_gives_known_services(text: str) -> None:
    for one in services_in(line_of(text), own=True):
        assert is_service(one.value) or one.value in OWN
