"""The data of the History place: a change knows what it made; nothing is offered that is refused."""

from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from talking import ALLOW, Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    talk = await begin_talk(folder, host, finder)
    talk.audience.always = ALLOW
    return talk


async def history(talk: Talk, limit: int = 100) -> cards.JournalResponse:
    return await talk.assistant.journal(cards.JournalRequest(limit=limit))


async def test_a_change_tells_which_generation_it_made(talk: Talk) -> None:
    await talk.say("install hello")
    await talk.say("install cowsay")
    found = await history(talk)
    assert [entry.generation for entry in found.entries] == [2, 1]
    assert [one.number for one in found.generations] == [2, 1]


async def test_going_back_made_no_generation(talk: Talk) -> None:
    await talk.say("install hello")
    await talk.say("install cowsay")
    await talk.say("undo")
    entries = (await history(talk)).entries
    assert entries[0].generation is None
    assert entries[1].generation == 2


async def test_a_deleted_generation_is_neither_shown_nor_gone_back_to(talk: Talk, host: FakeHost) -> None:
    await talk.say("install hello")
    await talk.say("install cowsay")
    await talk.say("switch to generation 1")
    await talk.say("switch to generation 2")
    assert (await history(talk)).entries[0].can_undo
    host.generation_list = [one for one in host.generation_list if one.number != 1]
    found = await history(talk)
    assert [one.number for one in found.generations] == [2]
    assert not found.entries[0].can_undo
    assert "1" in found.entries[0].undo_reason
    assert found.entries[-1].generation is None


async def test_what_was_removed_since_cannot_be_undone(talk: Talk) -> None:
    await talk.say("install hello")
    await talk.say("remove hello")
    entries = (await history(talk)).entries
    assert [entry.can_undo for entry in entries] == [True, False]
    assert entries[1].undo_reason


async def test_as_many_generations_as_changes_are_told(talk: Talk) -> None:
    for name in ("hello", "cowsay", "htop"):
        await talk.say(f"install {name}")
    assert len((await history(talk, limit=2)).generations) == 2
    assert len((await history(talk, limit=2)).entries) == 2
