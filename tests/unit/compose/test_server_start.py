"""A server that cannot be announced does not stay."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nixforhumanity.compose import server


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
    with pytest.raises(OSError):
        asyncio.run(server.run_server(around, server.ServeOptions(port=0)))
    assert stopped == [server.GRACE_SECONDS]
