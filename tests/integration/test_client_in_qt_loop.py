"""The client in the window's own event loop: it starts its server, connects and talks there as well."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TALK = """
import asyncio, sys
from pathlib import Path
import qasync
from PySide6.QtWidgets import QApplication
import serving_child
from faulty_server import RememberingListener, until
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.connector import SettingsConnector
from nixforhumanity.client.embedded import EmbeddedServer
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.client.server_log import ServerLog
from nixforhumanity.core.folders import Folders
from nixforhumanity.settings.secrets import MemorySecretStore
from nixforhumanity.settings.store import Settings

async def talk():
    root = Path(sys.argv[1])
    folders = Folders.below(root)
    command = (sys.executable, serving_child.__file__, "0", str(folders.runtime), str(root / "starts"))
    embedded = EmbeddedServer(command, ServerLog(folders.state / "server.log"))
    settings = Settings.in_folders(folders, {})
    connector = SettingsConnector(settings, MemorySecretStore(), embedded, folders, {})
    listener = RememberingListener()
    client = AssistantClient(connector, Outbox.in_folders(folders), listener)
    await client.start()
    session = await client.new_session()
    prompt = client.send_prompt(session, "hello")
    await until(lambda: prompt in listener.ended, "it has ended")
    await client.stop()
    print(listener.ended[prompt], listener.texts())

application = QApplication([])
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
with loop:
    loop.run_until_complete(talk())
"""


def test_a_turn_in_the_windows_event_loop(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", TALK, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'gui'}:{ROOT / 'tests'}", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "end_turn ['heard: hello']"), done.stderr
    assert "Traceback" not in done.stderr
    assert "ResourceWarning" not in done.stderr
