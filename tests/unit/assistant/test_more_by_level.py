"""What "more" adds: commands only for those who work with commands."""

from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex
from talking import begin_talk


@pytest.mark.parametrize(
    ("level", "commands"), [("beginner", False), ("intermediate", True), ("expert", True)]
)
@pytest.mark.parametrize("asked_first", ["why", "more"])
async def test_more_about_a_plan(
    folder: Path, host: FakeHost, finder: PackageIndex, level: str, commands: bool, asked_first: str
) -> None:
    talk = await begin_talk(folder, host, finder, level=level)
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.asked))
    await talk.say(asked_first)
    await talk.say("more")
    told = talk.audience.text
    assert ("```" in told) is commands
    assert ("These commands do it" in told) is commands
    assert "You can undo this" in told or commands
    await talk.say("cancel")
    await turn


@pytest.mark.parametrize(("level", "word"), [("beginner", False), ("expert", True)])
async def test_more_about_a_program(
    folder: Path, host: FakeHost, finder: PackageIndex, level: str, word: bool
) -> None:
    talk = await begin_talk(folder, host, finder, level=level)
    await talk.say("what is hello")
    await talk.say("more")
    assert ("The word that starts" in talk.audience.text) is word
    assert "Nix takes no money" in talk.audience.text or "is free" in talk.audience.text
