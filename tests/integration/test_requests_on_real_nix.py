"""Each request of the first set, from words to a real store, with both kinds of profile; and back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.nix.practice import PracticeSystem
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import ToolCallUpdate
from nixforhumanity.system.host_detection import practice_host
from profile_kinds import with_profile_kind
from talking import ALLOW, REJECT, Talk, begin_talk, second_conversation

pytestmark = pytest.mark.nix


@pytest.fixture(params=["nix profile", "nix-env"])
async def talk(
    request: pytest.FixtureRequest, practice_system: PracticeSystem, tmp_path: Path
) -> AsyncIterator[Talk]:
    practice = with_profile_kind(practice_system, request.param)
    host = practice_host(practice, tmp_path / "run")
    facts = await host.available()
    assert facts is not None
    talk = await begin_talk(tmp_path, host, PackageIndex.from_facts(facts))
    yield talk
    await talk.assistant.stop(5)


@pytest.fixture
def profile(practice_system: PracticeSystem) -> Path:
    return practice_system.profile


async def allowed(talk: Talk, text: str) -> None:
    talk.audience.always = ALLOW
    await talk.say(text)
    assert talk.audience.card.state == "done", talk.audience.card
    talk.audience.always = None


def commands_in(profile: Path) -> set[str]:
    folder = profile / "bin"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


async def test_install_remove_undo_and_back(talk: Talk, profile: Path) -> None:
    await allowed(talk, "install hello")
    assert "hello" in commands_in(profile)
    first = profile.resolve()
    await allowed(talk, "put cowsay on my computer")
    assert {"hello", "cowsay"} <= commands_in(profile)
    await allowed(talk, "remove hello")
    assert commands_in(profile) >= {"cowsay"}
    assert "hello" not in commands_in(profile)
    await allowed(talk, "undo")
    assert {"hello", "cowsay"} <= commands_in(profile)
    await allowed(talk, "undo")
    assert profile.resolve() == first, "two undos give the first generation back, path for path"
    await talk.say("what is installed?")
    assert "GNU Hello" in talk.audience.text


async def test_what_changed_generations_and_going_back(talk: Talk, profile: Path) -> None:
    await allowed(talk, "install hello")
    await allowed(talk, "install htop")
    await talk.say("what changed since yesterday?")
    assert "**GNU Hello** 2.12.1 was added" in talk.audience.text
    assert "**htop**" in talk.audience.text
    await talk.say("list generations")
    assert "There are 2 saved states of your programs" in talk.audience.text
    await allowed(talk, "go back")
    assert "htop" not in commands_in(profile)
    await allowed(talk, "switch to generation 2")
    assert "htop" in commands_in(profile)
    await talk.say("compare generation 1 and 2")
    assert "What changed from the state number 1 of your programs to number 2" in talk.audience.text


async def test_clean_up_frees_what_the_card_said(
    talk: Talk, profile: Path, practice_system: PracticeSystem
) -> None:
    await allowed(talk, "install hello")
    await allowed(talk, "install gimp")
    await allowed(talk, "remove gimp")
    await talk.say("what uses my disk?")
    assert "old states of your programs" in talk.audience.text
    talk.audience.always = ALLOW
    store = practice_system.root / "store"
    before = {path.name for path in store.iterdir()}
    await talk.say("clean up old stuff")
    delete, collect = list(talk.audience.plans.values())[-2:]
    assert (delete.state, collect.state) == ("done", "done")
    assert delete.removals
    assert "It freed" in collect.state_text
    gone = before - {path.name for path in store.iterdir()}
    assert any("gimp" in name for name in gone)
    assert "hello" in commands_in(profile)
    await talk.say("go back")
    assert "no earlier state" in talk.audience.text


async def test_declining_the_clean_up_deletes_nothing(talk: Talk, practice_system: PracticeSystem) -> None:
    await allowed(talk, "install hello")
    await allowed(talk, "remove hello")
    talk.audience.always = REJECT
    store = practice_system.root / "store"
    before = {path.name for path in store.iterdir()}
    known = set(talk.audience.plans)
    await talk.say("clean up old stuff")
    assert {path.name for path in store.iterdir()} == before
    cleaning = [card for plan_id, card in talk.audience.plans.items() if plan_id not in known]
    assert cleaning
    assert {card.state for card in cleaning} == {"declined"}


async def test_trying_leaves_the_profile_as_it_was(talk: Talk, profile: Path) -> None:
    await talk.say("try cowsay without installing")
    assert "not installed" in talk.audience.text
    assert "practice stand-in" in talk.audience.text or "running" in talk.audience.text
    assert "cowsay" not in commands_in(profile)


async def test_stop_during_a_slow_build_really_ends_it(
    talk: Talk, profile: Path, practice_system: PracticeSystem
) -> None:
    practice_system.set_phase_seconds(5)
    talk.audience.always = ALLOW
    turn = talk.begin("install slow")
    await talk.until(
        lambda: any(
            isinstance(one, ToolCallUpdate) and one.meta and cards.PROGRESS in one.meta
            for one in talk.audience.updates
        )
    )
    await talk.say("stop")
    assert await turn == "cancelled"
    assert talk.audience.card.state == "stopped"
    assert "slow" not in commands_in(profile)
    practice_system.set_phase_seconds(0.05)
    await allowed(talk, "install slow")


async def test_a_failing_build_is_explained(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install failing")
    assert talk.audience.card.state == "failed"
    assert "Nothing was changed" in talk.audience.card.state_text
    entry = talk.parts.journal.entries(1)[0]
    assert entry.state == "failed"
    assert "zlib.h" in entry.output


@pytest.mark.parametrize(
    ("said", "told"),
    [("install discord", "not free"), ("install brokenpkg", "broken"), ("install removedpkg", "")],
)
async def test_what_nix_refuses_is_told_before_anything_is_done(talk: Talk, said: str, told: str) -> None:
    await talk.say(said)
    assert told in talk.audience.text.casefold()
    assert talk.parts.journal.entries(1) == []


async def test_two_conversations_change_the_profile_one_after_the_other(
    talk: Talk, profile: Path, practice_system: PracticeSystem
) -> None:
    practice_system.set_phase_seconds(0.3)
    other = await second_conversation(talk)
    talk.audience.always = other.audience.always = ALLOW
    await asyncio.gather(talk.say("install slow"), other.say("install hello"))
    assert "hello" in commands_in(profile)
    await talk.say("what is installed?")
    assert [one.audience.card.state for one in (talk, other)] == ["done", "done"]
    generations = [entry.generation_after for entry in talk.parts.journal.entries(5)]
    assert sorted(filter(None, generations)) == [1, 2]
