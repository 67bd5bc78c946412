"""A whole server over a computer in memory that outlives it in a file: `soaking_server.py FOLDER`.

Every change it makes is written down before and after, so that a test sees what really happened.
"""

import asyncio
import json
import os
import pickle
import signal
import sys
from pathlib import Path

from fake_host import PACKAGES, FakeHost
from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.assistant.host import ActionResult, RunObserver
from nixforhumanity.core.folders import Folders
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol.endpoints import WEBSOCKET, endpoints_path
from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from nixforhumanity.server.endpoints import Announcement
from talking import assistant_parts

HOST = "host.pickle"
RAN = "ran"
STEP_SECONDS = 0.05
REMEMBERED = ("generation_list", "current", "store", "now", "made")


class LastingHost(FakeHost):
    """Its programs are in a file, as those of a real computer are."""

    folder = Path()

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        await asyncio.sleep(STEP_SECONDS)
        result = await super().run(action, observer)
        new = self.folder / (HOST + ".new")
        new.write_bytes(pickle.dumps({name: getattr(self, name) for name in REMEMBERED}))
        new.rename(self.folder / HOST)
        with (self.folder / RAN).open("a") as ran:
            ran.write(f"{type(action).__name__}\n")
        await asyncio.sleep(STEP_SECONDS)
        return result


async def serve(folder: Path) -> None:
    """Serve until a signal or the end of the input."""
    host = LastingHost()
    host.folder = folder
    if (kept := folder / HOST).exists():
        for name, value in pickle.loads(kept.read_bytes()).items():
            setattr(host, name, value)
    finder = PackageIndex.from_facts(PACKAGES)
    assistant = Assistant(assistant_parts(folder, host, finder), level="beginner", language="en")
    await assistant.start()
    token = os.urandom(32).hex()
    server = AssistantServer(assistant, ServerSettings(admission=Admission(token=token), version="0"))
    await server.start(0)
    assert server.port is not None
    runtime = Folders.below(folder / "app").runtime
    announcement = Announcement(endpoints_path(runtime), token, {WEBSOCKET: server.port})
    announcement.publish()
    print(json.dumps({"ready": True, "port": server.port}), flush=True)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(0, lambda: None if os.read(0, 100) else (loop.remove_reader(0), stop.set()))
    await stop.wait()
    announcement.withdraw()
    await server.stop(1.0)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
