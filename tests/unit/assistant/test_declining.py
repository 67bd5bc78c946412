"""What is said where nothing can be done, and about commands, prices and letters."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.slash_commands import SLASH_COMMANDS
from talking import Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> AsyncIterator[Talk]:
    talk = await begin_talk(folder, host, finder)
    yield talk
    await talk.assistant.stop(0)


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("is my disk made of cheese", "What uses my disk?"),
        ("which programs do elephants have", "What is installed?"),
        ("/instal hello", "/install hello"),
        ("/generatoins", "/generations"),
        ("paint my house", "Find me a program for editing photos"),
    ],
)
async def test_a_no_offers_what_is_nearest(talk: Talk, text: str, button: str) -> None:
    await talk.say(text)
    assert button in talk.audience.suggestions
    assert talk.audience.plans == {}


async def test_not_every_no_is_the_same(talk: Talk) -> None:
    said = []
    for text in ("is my disk made of cheese", "count the generations of elephants", "order a pizza"):
        talk.audience.updates.clear()
        await talk.say(text)
        said.append(talk.audience.text)
        assert "changed nothing" in talk.audience.text
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/install", "After /install"), ("/undo everything", "Nothing comes after /undo"),
        ("/zzzz", "/help, /install"), ("/", "/help"), ("/level wizard", "After /level"),
    ],
)  # fmt: skip
async def test_a_slash_command_that_is_wrong_is_explained(talk: Talk, text: str, words: str) -> None:
    await talk.say(text)
    assert words in talk.audience.text


async def test_a_path_is_no_slash_command(talk: Talk) -> None:
    await talk.say("/etc/passwd")
    assert "There is no command" not in talk.audience.text


@pytest.mark.parametrize("text", ["help", "/help"])
async def test_help_lists_groups_and_every_slash_command(talk: Talk, text: str) -> None:
    await talk.say(text)
    for part in ("Programs", "going back", "Space", "Explanations", "Install hello"):
        assert part in talk.audience.text
    await talk.say("more about short commands")
    for name in SLASH_COMMANDS:
        assert f"/{name}" in talk.audience.text


async def test_a_command_of_another_tool_is_named_and_done_here(talk: Talk) -> None:
    turn = talk.begin("apt install hello")
    await talk.until(lambda: bool(talk.audience.asked))
    assert "“apt”" in talk.audience.text
    assert talk.audience.card.request == "install_package"
    await talk.say("don't, ok")
    await turn
    assert talk.audience.card.state == "declined"


async def test_the_price_of_the_waiting_program(talk: Talk) -> None:
    await talk.say("does it cost money?")
    assert "nearly all programs" in talk.audience.text
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.asked))
    talk.audience.updates.clear()
    await talk.say("is it free?")
    assert "costs nothing" in talk.audience.text
    await talk.say("no")
    await turn


async def test_larger_letters_are_explained(talk: Talk) -> None:
    await talk.say("the letters are too small")
    assert "Ctrl and +" in talk.audience.text
