"""What can be said, by level, computer and moment; "more about ..." narrows it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.host import HostKind
from nixforhumanity.nix.package_index import PackageIndex
from talking import ALLOW, Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> AsyncIterator[Talk]:
    talk = await begin_talk(folder, host, finder)
    yield talk
    await talk.assistant.stop(0)


async def said(talk: Talk, text: str) -> str:
    """Say something and return all of the answer."""
    talk.audience.updates.clear()
    await talk.say(text)
    return talk.audience.text


def examples(text: str) -> list[str]:
    return [line[3:].rstrip("”") for line in text.splitlines() if line.startswith("- “")]


async def install(talk: Talk, name: str) -> None:
    talk.audience.replies.append(ALLOW)
    await talk.say(f"install {name}")
    assert talk.audience.card.state == "done"


async def test_a_beginner_sees_few_plain_examples(talk: Talk) -> None:
    text = await said(talk, "what can I say?")
    assert examples(text)[:2] == ["Find me a program for editing photos", "Install hello"]
    assert 6 <= len(examples(text)) <= 10
    assert "/install" not in text
    assert "Undo" not in text  # nothing was changed yet


async def test_an_expert_sees_more(folder: Path, host: FakeHost, finder: PackageIndex) -> None:
    talk = await begin_talk(folder, host, finder, level="expert")
    text = await said(talk, "help")
    for part in ("Developing", "This conversation", "/install", "Beginner level"):
        assert part in text
    assert "expert mode" not in text
    assert len(examples(text)) > 10
    await talk.assistant.stop(0)


async def test_the_buttons_are_examples_and_ways_to_more(talk: Talk) -> None:
    shown = examples(await said(talk, "help"))
    buttons = talk.audience.suggestions
    assert set(buttons[:3]) <= set(shown)
    assert "More about programs" in buttons


async def test_what_was_installed_is_in_the_examples(talk: Talk) -> None:
    await install(talk, "cowsay")
    lines = examples(await said(talk, "help"))
    assert {"Start cowsay", "Remove cowsay", "Undo the last change"} <= set(lines)
    assert "Install cowsay" not in lines


async def test_what_is_gone_is_not(talk: Talk) -> None:
    await install(talk, "cowsay")
    talk.audience.replies.append(ALLOW)
    await talk.say("remove cowsay")
    assert "cowsay" not in await said(talk, "help")


async def test_what_was_not_tried_goes_first(talk: Talk) -> None:
    before = examples(await said(talk, "help"))
    await install(talk, "cowsay")
    after = examples(await said(talk, "help"))
    assert "Install hello" in before
    assert "Install hello" not in after
    assert "What is installed?" in after


async def test_an_answer_is_wanted_while_a_plan_waits(talk: Talk) -> None:
    turn = talk.begin("install hello")
    await talk.until(lambda: bool(talk.audience.asked))
    text = await said(talk, "what can I say?")
    assert "waits for your answer" in text
    assert examples(text)[:3] == ["Yes", "No", "Is it safe?"]
    assert len(examples(text)) <= 8
    assert not {"Yes", "No"} & set(talk.audience.suggestions)
    await talk.say("yes")  # what help named is what the yes is for
    await turn
    assert talk.audience.card.state == "done"


async def test_a_final_plan_wants_its_own_words(talk: Talk) -> None:
    await install(talk, "cowsay")
    await install(talk, "htop")
    turn = talk.begin("delete old generations")
    await talk.until(lambda: len(talk.audience.asked) == 3)
    assert talk.audience.card.final
    assert examples(await said(talk, "help"))[:2] == ["Yes, delete it", "No"]
    await talk.say("yes, delete it")
    await turn
    assert talk.audience.card.state == "done"


async def test_after_a_failure_it_says_how_to_ask_about_it(talk: Talk, host: FakeHost) -> None:
    host.fail_next()
    talk.audience.replies.append(ALLOW)
    await talk.say("install hello")
    text = await said(talk, "help")
    assert "Something did not work" in text
    assert "What went wrong?" in examples(text)


async def test_without_nix_only_what_works_without_it(folder: Path, finder: PackageIndex) -> None:
    talk = await begin_talk(folder, FakeHost(kind=HostKind.NO_NIX), finder)
    text = await said(talk, "help")
    assert "Nix is not on this computer" in text
    lines = examples(text)
    assert "Find me a program for editing photos" in lines
    assert not {"Install hello", "What is installed?", "Clean up old stuff"} & set(lines)
    declined = examples(await said(talk, "paint my house blue with a brush"))
    assert declined
    assert "What is installed?" not in declined
    await talk.assistant.stop(0)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(HostKind.PRACTICE, "practice system"), (HostKind.NIXOS, "On NixOS I look after your own programs")],
)
async def test_it_says_what_matters_of_the_computer(
    folder: Path, finder: PackageIndex, kind: HostKind, words: str
) -> None:
    talk = await begin_talk(folder, FakeHost(kind=kind), finder)
    assert words in await said(talk, "help")
    await talk.assistant.stop(0)


@pytest.mark.parametrize(
    "words", ["more about disk space", "what can I say about space?", "help with cleaning"]
)
async def test_more_about_an_area_narrows(talk: Talk, words: str) -> None:
    lines = examples(await said(talk, words))
    assert {"What uses my disk?", "Delete old generations"} <= set(lines)
    assert "Install hello" not in lines


async def test_an_area_that_cannot_be_done_is_said_so(talk: Talk) -> None:
    text = await said(talk, "more about ports")
    assert "I cannot do anything about ports yet" in text
    assert "More about programs" in examples(text)


async def test_examples_name_only_programs_that_there_are(talk: Talk) -> None:
    lines = examples(await said(talk, "more about programs"))
    assert len(lines) > 8
    assert not [line for line in lines if "gimp" in line or "krita" in line]


async def test_an_empty_conversation_offers_what_can_be_done_here(
    talk: Talk, folder: Path, finder: PackageIndex
) -> None:
    card = await talk.assistant.host()
    assert [one.words for one in card.examples] == [
        "I need something to edit photos",
        "What is installed?",
        "What changed since yesterday?",
    ]
    elsewhere = await begin_talk(folder / "elsewhere", FakeHost(kind=HostKind.NO_NIX), finder)
    card = await elsewhere.assistant.host()
    assert [one.request for one in card.examples] == ["suggest_package", "explain_concept", "search_packages"]
    await elsewhere.assistant.stop(0)
