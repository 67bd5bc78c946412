"""A server that cannot be announced does not stay."""

import asyncio
import errno
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nixforhumanity.compose import server
from nixforhumanity.compose.assistant import files_not_usable
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import Wording


def test_a_server_that_is_not_announced_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[float] = []

    class Recorded:
        port = 1

        def __init__(self, *_: Any) -> None: ...

        async def start(self, listener: Any) -> None:
            listener.close()

        async def stop(self, grace_seconds: float) -> None:
            stopped.append(grace_seconds)

    async def no_assistant(_: Any) -> None: ...

    def full(_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "AssistantServer", Recorded)
    monkeypatch.setattr(server, "build_assistant", no_assistant)
    monkeypatch.setattr(server.Announcement, "publish", full)
    around: Any = SimpleNamespace(folders=SimpleNamespace(runtime=tmp_path))
    with pytest.raises(UserError) as told:
        asyncio.run(server.run_server(around, server.ServeOptions(port=0)))
    assert told.value.message.id == "start-own-disk-full"
    assert stopped == [server.GRACE_SECONDS]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "start-own-disk-full"),
        (errno.EROFS, "start-own-read-only"),
        (errno.EACCES, "start-own-not-allowed"),
        (errno.ENOTDIR, "files-not-usable"),
    ],
)
def test_why_our_own_files_keep_it_from_starting_is_told(number: int, told: str) -> None:
    error = files_not_usable(OSError(number, "because", "/here/is/it"), Path("/state"))
    assert error.message.id == told
    assert error.message.parameters["folder"] == "/here/is/it"
    assert "/here/is/it" in Wording().text(error.message)
