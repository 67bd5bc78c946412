"""The endpoints file: for its owner only, and only believed when it is."""

from pathlib import Path

import pytest

from nixforhumanity.protocol.endpoints import (
    Endpoints,
    endpoints_path,
    read_endpoints,
    remove_endpoints,
    write_endpoints,
)

ENDPOINTS = Endpoints(pid=7, token="t" * 64, ports={"websocket": 3457})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return endpoints_path(tmp_path / "run")


def test_it_is_read_as_it_was_written_and_private(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    write_endpoints(path, ENDPOINTS)
    assert read_endpoints(path) == ENDPOINTS
    assert path.name == "endpoints.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_there_is_none(path: Path) -> None:
    assert read_endpoints(path) is None
    assert not remove_endpoints(path, ENDPOINTS)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"pid":1}', b"[" * 50_000, b"x" * 100_000])
def test_nonsense_is_none(path: Path, content: bytes) -> None:
    write_endpoints(path, ENDPOINTS)
    path.write_bytes(content)
    assert read_endpoints(path) is None


def test_a_file_that_others_can_read_or_that_is_a_link_is_not_believed(path: Path) -> None:
    write_endpoints(path, ENDPOINTS)
    path.chmod(0o644)
    assert read_endpoints(path) is None
    path.chmod(0o600)
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert read_endpoints(path) is None


def test_only_our_own_is_removed(path: Path) -> None:
    newer = Endpoints(pid=8, token="u" * 64, ports={})
    write_endpoints(path, newer)
    assert not remove_endpoints(path, ENDPOINTS)
    assert read_endpoints(path) == newer
    assert remove_endpoints(path, newer)
    assert not path.exists()
