"""Tries the connection because the person asked for it, and says how that went. Knows no Qt."""

import asyncio
from typing import Protocol

from nixforhumanity.client.interface import AssistantConnection, ConnectionPhase
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message, message

TEST_SECONDS = 15


class TestScreen(Protocol):
    """Where the test is shown."""

    def show_test_running(self) -> None:
        """Show that the connection is being tried."""
        ...

    def show_test_result(self, problem: Message | None, detail: str) -> None:
        """Show how the test of the connection ended; None: it works."""
        ...


class ConnectionTest:
    """One test after the other."""

    def __init__(self, tasks: BackgroundTasks) -> None:
        self._tasks = tasks
        self._settled = asyncio.Event()

    def phase_changed(self, phase: ConnectionPhase) -> None:
        """Take note of where the connection stands."""
        if phase in {ConnectionPhase.CONNECTED, ConnectionPhase.FAILED}:
            self._settled.set()

    def run(self, connection: AssistantConnection, screen: TestScreen) -> None:
        """Try the connection, with the settings of now."""
        self._tasks.start(self._run(connection, screen), name="test of the connection")

    async def _run(self, connection: AssistantConnection, screen: TestScreen) -> None:
        screen.show_test_running()
        self._settled.clear()
        try:
            await connection.retry_now()
            async with asyncio.timeout(TEST_SECONDS):
                if connection.state.phase is not ConnectionPhase.CONNECTED:
                    await self._settled.wait()
                await connection.host()
        except TimeoutError:
            late = message("window-connection-test-late", seconds=TEST_SECONDS)
            screen.show_test_result(connection.state.problem or late, connection.state.detail)
        except UserError as error:
            screen.show_test_result(connection.state.problem or error.message, connection.state.detail)
        else:
            screen.show_test_result(None, "")
