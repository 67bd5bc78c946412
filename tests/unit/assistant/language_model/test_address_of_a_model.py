"""Open text goes to this computer, or where the person allowed it; nowhere else."""

import pytest

from nixforhumanity.assistant.language_model.address import is_public, may_connect, may_send_to, model_address
from nixforhumanity.core.errors import UserError


@pytest.mark.parametrize(
    ("text", "origin", "path"),
    [
        ("http://localhost:11434", "http://localhost:11434", "/v1"),
        (" http://127.0.0.1:8080/v1/ ", "http://127.0.0.1:8080", "/v1"),
        ("https://Models.Example/openai/v1", "https://models.example:443", "/openai/v1"),
        ("https://models.example/v1/chat/completions", "https://models.example:443", "/v1"),
        ("http://[::1]:8080", "http://[::1]:8080", "/v1"),
    ],
)
def test_an_address_is_read(text: str, origin: str, path: str) -> None:
    address = model_address(text)
    assert (address.origin, address.path) == (origin, path)


@pytest.mark.parametrize(
    "text",
    [
        "localhost:11434", "ftp://x", "http://", "https://user:pw@x", "https://x/?key=1", "https://x/#a",
        "http://x:99999", "http://x:0", "https://x/\r\nHost: y", "https://x /v1", "http://[::1", "https://bücher.de",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="model-address-wrong"):
        model_address(text)


@pytest.mark.parametrize(
    ("text", "allowed", "may"),
    [
        ("http://localhost:11434", "", True),
        ("http://127.0.0.2:1", "", True),
        ("https://models.example", "", True),
        ("http://192.168.1.5:11434", "", False),
        ("http://192.168.1.5:11434", "http://192.168.1.5:11434", True),
        ("http://192.168.1.5:11435", "http://192.168.1.5:11434", False),
        ("http://localhost.example", "", False),
        ("http://127.0.0.1.example", "", False),
    ],
)
def test_open_text_needs_this_computer_or_a_permission(text: str, allowed: str, may: bool) -> None:
    assert may_connect(model_address(text), allowed) is may


@pytest.mark.parametrize(
    ("text", "peer", "may"),
    [
        ("http://localhost:1", "127.0.0.1", True),
        ("http://localhost:1", "::1", True),
        ("http://localhost:1", "192.168.1.5", False),
        ("http://nas.lan:1", "192.168.1.5", True),
        ("http://nas.lan:1", "fd00::5", True),
        ("http://nas.lan:1", "fe80::5%eth0", True),
        ("http://nas.lan:1", "93.184.216.34", False),
        ("http://nas.lan:1", "::ffff:93.184.216.34", False),
        ("https://models.example", "93.184.216.34", True),
    ],
)
def test_a_name_that_leads_elsewhere_gets_nothing(text: str, peer: str, may: bool) -> None:
    assert may_send_to(model_address(text), peer) is may


def test_a_number_of_the_internet_is_told_from_one_at_home() -> None:
    assert is_public("93.184.216.34")
    assert not is_public("192.168.1.5")
    assert not is_public("127.0.0.1")
    assert not is_public("nas.lan")
