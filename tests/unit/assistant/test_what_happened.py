"""What just happened, what waits, and what can be done about it, from the journal and the card."""

from datetime import timedelta
from pathlib import Path

import pytest

from fake_host import FakeHost, facts
from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.host import ActionPreview
from nixforhumanity.core.text import message
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol.messages import SetModeRequest
from nixforhumanity.understanding.requests import Choice, Request
from talking import ALLOW, Talk, begin_talk


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    return await begin_talk(folder, host, finder)


async def answer_to(talk: Talk, words: str) -> str:
    before = len(talk.audience.text)
    await talk.say(words)
    return talk.audience.text[before:]


def installed(host: FakeHost) -> list[str]:
    return [one.attribute for one in host.contents()]


@pytest.mark.parametrize(
    "words",
    [
        "What did you just do?",
        "What happened?",
        "What happened just now?",
        "Did it work?",
        "Where is it now?",
    ],
)
async def test_the_last_change_is_told_with_its_way_back(talk: Talk, words: str) -> None:
    talk.audience.always = ALLOW
    await talk.say("install vlc")
    told = await answer_to(talk, words)
    assert "VLC" in told
    assert "It worked" in told or "Press the button" in told
    assert any(one.startswith("Start") for one in talk.audience.suggestions)


async def test_undo_is_offered_after_a_change_that_holds(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install vlc")
    await talk.say("what did you just do?")
    assert "Undo" in talk.audience.suggestions


@pytest.mark.parametrize("words", ["why did that fail?", "what went wrong?", "what happened?", "why?"])
async def test_a_failure_has_its_cause_and_no_undo(talk: Talk, host: FakeHost, words: str) -> None:
    talk.audience.always = ALLOW
    await talk.say("install hello")
    host.fail_next("no space for that")
    await talk.say("install vlc")
    told = await answer_to(talk, words)
    assert "did not work" in told
    assert "no space for that" in told
    assert "Nothing was changed" in told
    assert "Undo" not in talk.audience.suggestions


async def test_a_refusal_is_what_went_wrong(talk: Talk) -> None:
    await talk.say("install spotify")
    told = await answer_to(talk, "why did that fail?")
    assert "not free software" in told
    assert told.count("Nothing was changed") == 1
    assert "Undo" not in talk.audience.suggestions


async def test_nothing_has_happened_yet(talk: Talk) -> None:
    assert "No changes have been made" in await answer_to(talk, "what happened?")
    assert "not deleted anything" in await answer_to(talk, "did you delete something?")


async def test_taken_out_is_not_deleted(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install vlc")
    await talk.say("remove vlc")
    told = await answer_to(talk, "did you delete something?")
    assert "Nothing was deleted for good" in told
    assert "Remove VLC" in told
    await talk.say("clean up old stuff")
    assert "This was deleted" in await answer_to(talk, "did you delete anything?")
    assert "Undo" not in talk.audience.suggestions


async def test_what_was_done_today_leaves_older_days_out(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install vlc")
    assert "Install VLC" in await answer_to(talk, "What have you done today?")
    later = talk.parts.clock() + timedelta(days=2)
    object.__setattr__(talk.parts, "clock", lambda: later)
    assert "not changed anything since" in await answer_to(talk, "What have you done today?")


async def test_how_to_start_what_was_installed(talk: Talk) -> None:
    talk.audience.always = ALLOW
    await talk.say("install vlc")
    assert "Press the button" in await answer_to(talk, "How do I open it?")
    assert talk.audience.suggestions == ["Start VLC media player"]


async def test_it_without_a_program_asks_which(talk: Talk) -> None:
    assert "Which program do you mean" in await answer_to(talk, "how do I start it?")


async def test_a_program_that_disappoints_goes_and_comes_back(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    await talk.say("install vlc")
    await talk.say("I do not like it, please take it away")
    assert installed(host) == []
    await talk.say("Oh no, I want it back")
    assert installed(host) == ["vlc"]


async def test_questions_about_a_plan_are_answered_from_it_and_a_yes_still_counts(
    talk: Talk, host: FakeHost
) -> None:
    turn = talk.begin("install vlc")
    await talk.until(lambda: bool(talk.audience.held))
    safe = await answer_to(talk, "Is it safe?")
    assert "nixpkgs" in safe
    assert "You can undo this" in safe
    assert "Download: 500 bytes" in await answer_to(talk, "How long does it take?")
    assert "waits for your answer" in await answer_to(talk, "what happened?")
    await talk.say("yes")
    await turn
    assert installed(host) == ["vlc"]


async def test_the_other_one_of_two(talk: Talk, host: FakeHost) -> None:
    async def two(request: object, situation: object) -> Answer:
        picks = [("Hello", "hello"), ("Cowsay", "cowsay")]
        choices = tuple(
            Choice(name, Request("install_package", {"package": attribute}), (attribute,))
            for name, attribute in picks
        )
        return Answer((message("offer-ask"),), choices=choices)

    talk.parts.skills["suggest_package"] = two  # type: ignore[index]
    await talk.say("find me a program to watch films")
    turn = talk.begin("I would like to have number one")
    await talk.until(lambda: len(talk.audience.held) == 1)
    assert talk.audience.card.title == "Install GNU Hello"
    talk.audience.always = ALLOW
    await talk.say("rather the other one")
    await turn
    assert installed(host) == ["cowsay"]


async def test_an_unfree_program_is_marked_in_a_list(folder: Path, host: FakeHost) -> None:
    host.packages["zoom-us"] = facts("zoom-us", "6", unfree=True)
    host.packages["signal-desktop"] = facts("signal-desktop", "7")
    finder = PackageIndex.from_facts(host.packages.values())
    talk = await begin_talk(folder, host, finder)
    told = await answer_to(talk, "I want to see my grandchildren")
    lines = [line for line in told.splitlines() if line[:1].isdigit()]
    assert ["not free software" in line for line in lines] == [False, True]


async def test_the_refusal_speaks_of_settings_only_above_beginner(talk: Talk) -> None:
    plain = await answer_to(talk, "install spotify")
    assert "allowUnfree" not in plain
    await talk.assistant.set_mode(SetModeRequest(session_id=talk.session_id, mode_id="intermediate"))
    assert "allowUnfree" in await answer_to(talk, "install spotify")


@pytest.mark.parametrize(("builds", "warns"), [(2, False), (200, True)])
async def test_few_builds_are_told_and_many_are_warned_of(
    folder: Path, finder: PackageIndex, builds: int, warns: bool
) -> None:
    class BuildingHost(FakeHost):
        async def preview(self, action) -> ActionPreview:
            found = await super().preview(action)
            return ActionPreview(
                found.commands, found.packages, builds=builds, warnings=(message("warning-builds-here"),)
            )

    talk = await begin_talk(folder, BuildingHost(), finder)
    turn = talk.begin("install vlc")
    await talk.until(lambda: bool(talk.audience.held))
    card = talk.audience.card
    assert bool(card.warnings) == warns
    assert any("made on this computer" in cost for cost in card.costs) != warns
    talk.audience.held[0].set_result(ALLOW)
    await turn


async def test_words_follow_the_level(talk: Talk) -> None:
    talk.audience.always = ALLOW
    for words in ("install hello", "install vlc", "go back"):
        await talk.say(words)
    assert talk.audience.card.title.startswith("Go back to the state of your programs from ")
    assert talk.audience.card.title.endswith("(number 1)")
    assert "generation" not in (await answer_to(talk, "list generations")).casefold()
    await talk.assistant.set_mode(SetModeRequest(session_id=talk.session_id, mode_id="expert"))
    assert "Generation **2**" in await answer_to(talk, "list generations")
    await talk.say("switch to generation 2")
    assert talk.audience.card.title == "Go back to generation 2"


async def test_a_version_that_there_is_not_is_not_installed_silently(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    told = await answer_to(talk, "install vlc version 2.1")
    assert "3.0.21" in told
    assert "another collection" in told
    assert host.ran == []
    assert "Install VLC" in " ".join(talk.audience.suggestions)
    await talk.say("install vlc version 3.0")
    assert installed(host) == ["vlc"]


async def test_a_clean_up_says_what_it_frees_in_the_end(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    for words in ("install hello", "remove hello"):
        await talk.say(words)
    told = await answer_to(talk, "my disk is full")
    assert "cleaning up after that" in told
    assert "Clean up old stuff" in talk.audience.suggestions
    await talk.say("clean up old stuff")
    first = list(talk.audience.plans.values())[-2]
    assert "the clean-up that I ask about next then frees 1.0 kB" in first.sentence


async def test_old_states_that_free_nothing_are_left_alone(talk: Talk, host: FakeHost) -> None:
    talk.audience.always = ALLOW
    for words in ("install hello", "install vlc"):
        await talk.say(words)
    host.store["/nix/store/" + "0" * 32 + "-left-over"] = 500
    for path in list(host.store):
        if path.endswith("-profile"):
            host.store[path] = 0
    assert "free nothing more" in await answer_to(talk, "my disk is full")
    await talk.say("clean up old stuff")
    assert talk.audience.card.title == "Delete what nothing needs any more"
    assert len(host.generation_list) == 2
