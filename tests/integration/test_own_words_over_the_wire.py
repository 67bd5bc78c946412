"""Own words between two windows and one real server: learned in one, seen at once in the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fake_host import FakeHost
from faulty_server import FixedConnector, RememberingListener, until
from nixforhumanity.client.connection import AssistantClient
from nixforhumanity.client.interface import ConnectionPhase
from nixforhumanity.client.outbox import Outbox
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import methods
from nixforhumanity.server.admission import Admission
from nixforhumanity.server.assistant_server import AssistantServer, ServerSettings
from served import TOKEN
from talking import begin_talk

WORDS = "plonk vlc on this box"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[AssistantServer]:
    host = FakeHost()
    talk = await begin_talk(tmp_path, host, PackageIndex.from_facts(host.packages.values()))
    server = AssistantServer(
        talk.assistant, ServerSettings(admission=Admission(token=TOKEN), version="1.2.3")
    )
    await server.start(0)
    yield server
    await server.stop(1)


async def connected(server: AssistantServer) -> AssistantClient:
    assert server.port is not None
    client = AssistantClient(FixedConnector(server.port, TOKEN), Outbox(None), RememberingListener())
    await client.start()
    await until(lambda: client.state.phase is ConnectionPhase.CONNECTED, "it is connected")
    return client


@pytest.fixture
async def windows(server: AssistantServer) -> AsyncIterator[tuple[AssistantClient, AssistantClient]]:
    first, second = await connected(server), await connected(server)
    yield first, second
    await first.stop()
    await second.stop()


async def say(client: AssistantClient, *lines: str) -> None:
    session = await client.new_session()
    for line in lines:
        prompt = client.send_prompt(session, line)
        await until(
            lambda prompt=prompt: prompt not in client.waiting_prompts(session), f"{line!r} is answered"
        )


async def test_the_whole_life_of_a_phrase(windows: tuple[AssistantClient, AssistantClient]) -> None:
    talking, looking = windows
    told: list[int] = []
    looking.own_words.observe(lambda: told.append(len(told)))
    assert (await looking.own_words.listed()).phrases == []
    await say(talking, WORDS, "no, I meant tell me about vlc")
    await until(lambda: told, "the other window is told")
    (phrase,) = (await looking.own_words.listed()).phrases
    assert (phrase.words, phrase.meaning, phrase.used) == (WORDS, "Tell about VLC media player", 0)
    await say(talking, "plonk htop on this box")
    await until(lambda: len(told) > 1, "it is told of the use")
    assert (await looking.own_words.listed()).phrases[0].used == 1
    meanings = await looking.own_words.meanings(phrase.id)
    assert "install_package" in [one.request for one in meanings]
    changed = await looking.own_words.change(phrase.id, "chuck vlc on", "install_package")
    assert (changed.words, changed.meaning) == ("chuck vlc on", "Install VLC media player")
    await looking.own_words.delete([phrase.id])
    assert (await talking.own_words.listed()).phrases == []
    await looking.own_words.restore([phrase.id])
    assert [one.words for one in (await talking.own_words.listed()).phrases] == ["chuck vlc on"]


async def test_the_switch_holds_for_everyone(windows: tuple[AssistantClient, AssistantClient]) -> None:
    first, second = windows
    await first.own_words.learn(False)
    assert not (await second.own_words.listed()).learning
    await say(second, WORDS, "no, I meant tell me about vlc")
    assert (await second.own_words.listed()).phrases == []


async def test_what_cannot_be_done_is_said(windows: tuple[AssistantClient, AssistantClient]) -> None:
    first, _ = windows
    for call in (
        first.own_words.meanings(7),
        first.own_words.change(-1, "a b", ""),
        first.own_words.change(2**70, "a b", ""),
        first.own_words.restore([7]),
    ):
        with pytest.raises(UserError):
            await call


def test_the_methods_are_advertised() -> None:
    assert {
        methods.OWN_WORDS, methods.OWN_WORDS_MEANINGS, methods.OWN_WORDS_CHANGE, methods.OWN_WORDS_DELETE,
        methods.OWN_WORDS_RESTORE, methods.OWN_WORDS_LEARN, methods.OWN_WORDS_CHANGED,
    } <= set(methods.EXTENSION_METHODS)  # fmt: skip
