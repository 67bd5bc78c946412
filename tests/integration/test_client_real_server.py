"""The window's connection and our own server: first with a scripted assistant, then as a child process."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from faulty_server import FixedConnector, RememberingListener, until
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.connector import SettingsConnector
from nixforhumanity.client.embedded import EmbeddedServer
from nixforhumanity.client.interface import ConnectionPhase
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.client.server_log import ServerLog
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.endpoints import endpoints_path, read_endpoints
from nixforhumanity.protocol.messages import CurrentModeUpdate, PlanUpdate, Selected
from nixforhumanity.settings.secrets import MemorySecretStore
from nixforhumanity.settings.store import Settings
from processes import is_running
from served import TOKEN, Served, served

GUI = Path(__file__).parents[2] / "gui"
Both = tuple[Served, AssistantClient, RememberingListener]


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    """Give a server with a scripted assistant, our client connected to it, and what its listener hears."""
    async with served() as to:
        listener = RememberingListener()
        client = AssistantClient(FixedConnector(to.port, TOKEN), Outbox(None), listener)
        await client.start()
        await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
        yield to, client, listener
        await client.stop()


async def test_a_plan_is_shown_asked_for_and_carried_out(both: Both) -> None:
    to, client, listener = both
    prompt = client.send_prompt(await client.new_session(), "plan")
    await until(lambda: listener.choice, "the question is shown")
    assert listener.choice is not None
    listener.choice.set_result(Selected(option_id="allow"))
    await until(lambda: prompt in listener.ended, "it has ended")
    assert listener.ended[prompt] == "end_turn"
    assert to.service.outcomes == [Selected(option_id="allow")]
    assert any(isinstance(update, PlanUpdate) for _, _, update in listener.news)
    assert any(isinstance(update, CurrentModeUpdate) for _, _, update in listener.news)


async def test_stop_ends_what_runs_and_withdraws_the_question(both: Both) -> None:
    to, client, listener = both
    session = await client.new_session()
    hanging, asking = client.send_prompt(session, "hang"), client.send_prompt(session, "ask")
    await until(lambda: listener.questions and to.service.hanging.is_set(), "both are under way")
    client.cancel(session)
    await until(lambda: {hanging, asking} == set(listener.ended), "both have ended")
    assert listener.ended[hanging] == "cancelled"
    assert to.service.cancelled == [session]
    assert len(listener.withdrawn) == 1


async def test_an_error_for_the_person_and_a_fault_of_the_server_both_end_the_prompt(both: Both) -> None:
    _, client, listener = both
    session = await client.new_session()
    refused, crashed = client.send_prompt(session, "refuse"), client.send_prompt(session, "crash")
    await until(lambda: {refused, crashed} == set(listener.ended), "both have ended")
    problem = listener.ended[refused]
    assert isinstance(problem, Message)
    assert (problem.id, problem.parameters["free_port"]) == ("port-not-permitted", 13457)
    assert isinstance(listener.ended[crashed], Message)
    assert "secret" not in str(listener.ended[crashed])


async def test_sessions_are_listed_deleted_and_then_gone(both: Both) -> None:
    _, client, _ = both
    one, two = await client.new_session(), await client.new_session()
    assert [session.session_id for session in await client.list_sessions()] == [two, one]
    await client.delete_session(one)
    assert [session.session_id for session in await client.list_sessions()] == [two]
    with pytest.raises(UserError):
        await client.open_session(one)


@pytest.fixture
async def window(tmp_path: Path) -> AsyncIterator[tuple[AssistantClient, RememberingListener, Folders]]:
    """Give a client whose embedded server is the program itself, on a practice system."""
    folders = Folders.below(tmp_path / "practice" / "app")
    command = (sys.executable, "-m", "nixforhumanity", "serve", "--embedded")
    command += ("--port", "0", "--practice", str(tmp_path / "practice"))
    environment = {**os.environ, "PYTHONPATH": str(GUI)}
    embedded = EmbeddedServer(command, ServerLog(folders.state / "server.log"), environment)
    settings = Settings.in_folders(folders, {})
    connector = SettingsConnector(settings, MemorySecretStore(), embedded, folders, environment)
    listener = RememberingListener()
    client = AssistantClient(connector, Outbox.in_folders(folders), listener)
    await client.start()
    await until(lambda: client.state.phase is not ConnectionPhase.CONNECTING, "it has tried", 60)
    assert client.state.phase is ConnectionPhase.CONNECTED, client.state
    yield client, listener, folders
    await client.stop()


def server_pid(folders: Folders) -> int:
    """Return the number of the server's process."""
    endpoints = read_endpoints(endpoints_path(folders.runtime))
    assert endpoints is not None
    return endpoints.pid


@pytest.mark.nix
async def test_the_program_itself_answers_as_a_child_and_loses_nothing_when_it_is_killed(
    window: tuple[AssistantClient, RememberingListener, Folders],
) -> None:
    client, listener, folders = window
    session = await client.new_session()
    prompt = client.send_prompt(session, "hello")
    await until(lambda: prompt in listener.ended, "it has ended", 60)
    assert listener.ended[prompt] == "end_turn"
    said = len(listener.texts())
    assert said
    first = server_pid(folders)
    os.kill(first, signal.SIGKILL)
    again = client.send_prompt(session, "thank you")
    await until(lambda: again in listener.ended, "it has ended", 60)
    assert listener.ended[again] == "end_turn"
    # The new server has the conversation of the one before.
    assert listener.texts()[said : said + 2] == ["(reset)", "hello"]
    assert [one.session_id for one in await client.list_sessions()] == [session]
    second = server_pid(folders)
    assert second != first
    await client.stop()
    assert not is_running(second)
    assert read_endpoints(endpoints_path(folders.runtime)) is None


async def test_a_conversation_that_cannot_be_loaded_again_stays_on_the_screen(both: Both) -> None:
    to, client, listener = both
    session = await client.new_session()
    prompt = client.send_prompt(session, "say something worth keeping")
    await until(lambda: prompt in listener.ended, "it has ended")
    before = listener.texts()
    del to.service.sessions[session]
    with pytest.raises(UserError):
        await client.open_session(session)
    assert listener.texts() == before
