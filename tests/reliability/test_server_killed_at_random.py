"""Plans, changes and undos, with the server killed at random moments: nothing is lost or done twice."""

import asyncio
import os
import pickle
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import soaking_server
from faulty_server import until
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.connector import SettingsConnector
from nixforhumanity.client.embedded import EmbeddedServer, Limits
from nixforhumanity.client.interface import ConnectionPhase
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.client.server_log import ServerLog
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.protocol.cards import PROMPT_ID, plan_in
from nixforhumanity.protocol.endpoints import endpoints_path, read_endpoints
from nixforhumanity.protocol.messages import PlanUpdate, SessionUpdate, TextBlock, UserMessageChunk
from nixforhumanity.settings.secrets import MemorySecretStore
from nixforhumanity.settings.store import Settings
from nixforhumanity.ui.session_controller import SessionController
from project import SOURCE_ROOT

TESTS = Path(soaking_server.__file__).parent
PROMPTS = (
    *("install hello", "install cowsay", "install htop", "remove hello", "remove cowsay"),
    *("undo", "what is installed?", "hello"),
)
OPEN = {"waiting", "queued", "running"}
PATIENCE_SECONDS = 60


class Screen:
    """A window without pixels: remembers what is on it, and answers every plan that asks."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.controller: SessionController | None = None
        self.remembered = ""
        self.clear_conversation()
        self.waiting: tuple[str, ...] = ()
        self.problems: list[object] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_values, **_named: None

    def clear_conversation(self) -> None:
        self.heard: dict[str, str] = {}
        self.doubled: list[str] = []
        self.plans: dict[str, str] = {}

    def apply_update(self, update: SessionUpdate) -> None:
        match update:
            case UserMessageChunk(content=TextBlock(text=text), meta=dict(meta)):
                prompt_id = str(meta[PROMPT_ID])
                if prompt_id in self.heard and self.heard[prompt_id] != text:
                    self.doubled.append(text)
                self.heard[prompt_id] = text
            case PlanUpdate(meta=meta) if (card := plan_in(meta)) is not None:
                self.plans[card.plan_id] = card.state

    def mark_waiting(self, prompt_ids: tuple[str, ...]) -> None:
        self.waiting = tuple(prompt_ids)

    def ask_permission(self, plan_id: str) -> None:
        allow, controller = self.chance.random() < 0.85, self.controller
        assert controller is not None
        delay = self.chance.uniform(0, 0.1)
        asyncio.get_running_loop().call_later(delay, lambda: controller.answer_plan(plan_id, allow=allow))

    def history_in_sight(self) -> bool:
        return False

    def last_session(self) -> str:
        return self.remembered

    def remember_session(self, session_id: str) -> None:
        self.remembered = session_id


class Soak:
    """A window's controller on a server that is killed again and again."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.folders = Folders.below(folder / "app")
        environment = {**os.environ, "PYTHONPATH": f"{SOURCE_ROOT}:{TESTS}"}
        command = (sys.executable, soaking_server.__file__, str(folder))
        log, limits = ServerLog(folder / "server.log"), Limits(crashes=10_000)
        embedded = EmbeddedServer(command, log, environment, limits)
        settings = Settings.in_folders(self.folders, {})
        connector = SettingsConnector(settings, MemorySecretStore(), embedded, self.folders, environment)
        self.tasks = BackgroundTasks()
        self.screen = Screen(chance)
        self.controller = SessionController(self.screen, self.screen, self.tasks)  # type: ignore[arg-type]
        self.screen.controller = self.controller
        self.client = AssistantClient(connector, Outbox.in_folders(self.folders), self.controller)
        self.said: list[str] = []

    async def begin(self) -> None:
        self.controller.attach(self.client)
        await self.client.start()
        await until(lambda: self.controller.current_session is not None, "a conversation is open")

    async def settle(self) -> None:
        """Wait until nothing goes on any more."""

        def quiet() -> bool:
            connected = self.client.state.phase is ConnectionPhase.CONNECTED
            return connected and not self.controller.busy and not self.controller.changes.all

        async with asyncio.timeout(PATIENCE_SECONDS):
            while not quiet():
                await asyncio.sleep(0.005)

    def end_server(self) -> None:
        endpoints = read_endpoints(endpoints_path(self.folders.runtime))
        if endpoints is not None:
            kind = signal.SIGTERM if self.chance.random() < 0.3 else signal.SIGKILL
            try:
                os.kill(endpoints.pid, kind)
            except ProcessLookupError:
                return

    async def step(self) -> None:
        text = self.chance.choice(PROMPTS)
        self.said.append(text)
        self.controller.send(text)
        if self.chance.random() < 0.6:
            await asyncio.sleep(self.chance.uniform(0, 0.35))
            self.end_server()
        if self.chance.random() < 0.8:
            await self.settle()

    async def stop(self) -> None:
        await self.client.stop()
        await self.tasks.stop()

    def rows(self, file: str, statement: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.folder / file)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()


@pytest.mark.timeout(900)
async def test_no_prompt_is_lost_no_change_is_doubled_and_the_window_is_not_stuck(
    tmp_path: Path, seeded_random: random.Random, torture_count: Callable[[int], int]
) -> None:
    soak = Soak(tmp_path, seeded_random)
    await soak.begin()
    try:
        for _ in range(torture_count(150)):
            await soak.step()
        await soak.settle()
        await until(lambda: soak.screen.waiting == (), "nothing waits to be sent")
        heard = list(soak.screen.heard.values())
        assert sorted(heard) == sorted(soak.said)
        assert soak.screen.doubled == []
        assert not OPEN & set(soak.screen.plans.values()), soak.screen.plans
        assert soak.client.waiting_prompts(soak.controller.current_session or "") == ()
    finally:
        await soak.stop()
    entries = soak.rows("journal.sqlite", "SELECT state, prompt_id FROM entries")
    assert all(state != "running" for state, _ in entries)
    prompts = [prompt for _, prompt in entries if prompt]
    assert len(prompts) == len(set(prompts)), "one prompt made one change"
    ran = (tmp_path / soaking_server.RAN).read_text().split() if entries else []
    done = [state for state, _ in entries if state in {"done", "undone"}]
    assert len(done) == len(ran), (entries, ran)
    assert soak.rows("sessions.sqlite", "SELECT count(*) FROM prompts WHERE state = 'open'") == [(0,)]
    if ran:
        host = pickle.loads((tmp_path / soaking_server.HOST).read_bytes())  # our own
        numbers = [one.number for one in host["generation_list"]]
        assert len(numbers) == len(set(numbers))
