"""An address of another computer is encrypted, or it is this computer."""

import pytest

from nixforhumanity.client.interface import ServerPlace
from nixforhumanity.client.target import local_target, remote_address, remote_target
from nixforhumanity.core.errors import UserError


@pytest.mark.parametrize(
    ("text", "url", "shown"),
    [
        ("wss://host.example", "wss://host.example:443/acp", "host.example:443"),
        (" wss://host.example:8443/other?x=1 ", "wss://host.example:8443/other?x=1", "host.example:8443"),
        ("wss://[2001:db8::1]/", "wss://[2001:db8::1]:443/acp", "2001:db8::1:443"),
        ("WSS://HOST.example/acp", "wss://host.example:443/acp", "host.example:443"),
    ],
)
def test_an_encrypted_address_is_taken(text: str, url: str, shown: str) -> None:
    target = remote_target(remote_address(text), "token")
    assert (target.url, target.address, target.port, target.home) == (url, shown, None, url)


@pytest.mark.parametrize("text", ["ws://localhost:3457", "ws://127.0.0.1:3457/acp", "ws://[::1]:3457"])
def test_an_end_of_a_tunnel_on_this_computer_is_dialled_by_number_and_proves_itself(text: str) -> None:
    target = remote_target(remote_address(text), "token")
    assert (target.place, target.url, target.port) == (ServerPlace.REMOTE, "ws://127.0.0.1:3457/acp", 3457)
    assert target.home != local_target(ServerPlace.RUNNING, 3457, "token").home


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "remote-url-missing"),
        ("  ", "remote-url-missing"),
        ("ws://host.example/acp", "remote-url-not-encrypted"),
        ("ws://127.0.0.1.example.com", "remote-url-not-encrypted"),
        ("ws://127.0.0.1@host.example", "remote-url-wrong"),
        ("https://host.example", "remote-url-wrong"),
        ("host.example:3457", "remote-url-wrong"),
        ("wss://", "remote-url-wrong"),
        ("wss://host:99999", "remote-url-wrong"),
        ("wss://host:x", "remote-url-wrong"),
        ("wss://host#part", "remote-url-wrong"),
        ("wss://[::1", "remote-url-wrong"),
    ],
)
def test_any_other_address_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(UserError) as refused:
        remote_address(text)
    assert refused.value.message.id == problem


def test_another_host_or_port_has_another_token() -> None:
    names = {
        remote_address(text).token_name
        for text in ("wss://a.example", "wss://b.example", "wss://a.example:8443", "wss://a.example/acp")
    }
    assert len(names) == 3


def test_a_token_is_not_shown_when_a_target_is_logged() -> None:
    assert "secret" not in repr(local_target(ServerPlace.RUNNING, 3457, "secret"))
