"""Going back to how it was on a day, not just one step."""

from datetime import timedelta
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import SwitchGeneration
from nixforhumanity.nix.package_index import PackageIndex
from talking import ALLOW, Talk, begin_talk

DAY = timedelta(days=1)


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    """Three states: from three days ago, from yesterday, and two from today."""
    talk = await begin_talk(folder, host, finder)
    talk.audience.always = ALLOW
    now = talk.parts.clock().astimezone().replace(hour=12)
    for program, at in (("hello", now - 3 * DAY), ("htop", now - DAY), ("vlc", now), ("cowsay", now)):
        host.now = at
        await talk.say(f"install {program}")
    talk.audience.updates.clear()
    return talk


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("go back to yesterday", 2),
        ("take me back to how it was this morning", 2),
        ("undo everything from today", 2),
        ("go back to 2 days ago", 1),
        ("go back", 3),
    ],
)
async def test_the_last_state_of_that_day(talk: Talk, host: FakeHost, words: str, number: int) -> None:
    await talk.say(words)
    assert host.ran[-1] == SwitchGeneration(generation=number)


async def test_without_a_state_of_that_day_nothing_is_offered_in_its_place(
    talk: Talk, host: FakeHost
) -> None:
    ran = len(host.ran)
    await talk.say("go back to last week")
    assert "I keep no state from then" in talk.audience.text
    assert len(host.ran) == ran
    assert not talk.audience.plans


async def test_a_day_since_which_nothing_changed(talk: Talk, host: FakeHost) -> None:
    await talk.say("go back to yesterday")
    ran = len(host.ran)
    await talk.say("go back to yesterday")
    assert "nothing has changed since" in talk.audience.text
    assert len(host.ran) == ran
