"""The token of a server, and how it is announced."""

import os
from pathlib import Path

import pytest

from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.endpoints import Endpoints, read_endpoints, write_endpoints
from nixforhumanity.server.endpoints import Announcement, local_token


def test_a_token_is_made_anew_each_time() -> None:
    first, second = local_token({}), local_token({})
    assert len(bytes.fromhex(first)) == 32
    assert first != second


def test_the_environment_sets_the_token() -> None:
    assert local_token({"NIX_FOR_HUMANITY_TOKEN": "0123456789abcdef"}) == "0123456789abcdef"


@pytest.mark.parametrize("token", ["", "short", "with space " * 3, "ümlaut" * 5, "line\nbreak" * 3])
def test_a_token_that_cannot_be_used(token: str) -> None:
    with pytest.raises(UserError) as caught:
        local_token({"NIX_FOR_HUMANITY_TOKEN": token})
    assert caught.value.message.id == "token-unusable"
    assert token not in caught.value.parameters.values()


def test_it_is_published_and_withdrawn(tmp_path: Path) -> None:
    path = tmp_path / "run" / "endpoints.json"
    announcement = Announcement(path, "t" * 64, {"websocket": 3457})
    announcement.publish()
    assert read_endpoints(path) == Endpoints(pid=os.getpid(), token="t" * 64, ports={"websocket": 3457})
    announcement.withdraw()
    assert not path.exists()
    announcement.withdraw()


def test_a_newer_servers_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "endpoints.json"
    announcement = Announcement(path, "t" * 64, {})
    announcement.publish()
    newer = Endpoints(pid=1, token="u" * 64, ports={})
    write_endpoints(path, newer)
    announcement.withdraw()
    assert read_endpoints(path) == newer
