"""A person's own words: learned from a correction, taken the next time, told about, and forgotten."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol.own_words import (
    ChangeOwnPhraseRequest,
    LearnOwnWordsRequest,
    OwnPhraseRequest,
    OwnPhrasesRequest,
)
from talking import ALLOW, REJECT, Talk, begin_talk, reopen, second_conversation

WORDS = "plonk vlc on this box"


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> AsyncIterator[Talk]:
    talk = await begin_talk(folder, host, finder)
    talk.audience.always = REJECT
    yield talk
    await talk.assistant.stop(0)


async def kept(talk: Talk) -> list[tuple[str, str]]:
    listed = await talk.assistant.own_words(talk.audience)
    return [(one.words, one.meaning) for one in listed.phrases]


async def teach(talk: Talk, words: str = WORDS, correction: str = "no, I meant install vlc") -> None:
    await talk.say(words)
    await talk.say(correction)
    talk.audience.updates.clear()


async def test_words_that_were_corrected_are_understood_the_next_time(talk: Talk) -> None:
    await talk.say(WORDS)
    assert talk.audience.plans == {}
    await talk.say("no, I meant install vlc")
    assert f"I will remember your own words: “{WORDS}” means: Install VLC media player." in talk.audience.text
    talk.audience.updates.clear()
    await talk.say("Please plonk VLC on this box!")
    assert "Taken from your own words" in talk.audience.text
    assert f"Forget my words: {WORDS}" in talk.audience.suggestions
    assert talk.audience.card.request == "install_package"
    assert "vlc" in talk.audience.card.title.casefold()


async def test_the_same_words_with_another_program(talk: Talk) -> None:
    await teach(talk)
    await talk.say("plonk htop on this box")
    assert talk.audience.card.request == "install_package"
    assert "htop" in talk.audience.card.title.casefold()


async def test_a_slip_in_the_name_is_asked_about(talk: Talk) -> None:
    await teach(talk)
    await talk.say("plonk cowsya on this box")
    assert talk.audience.plans == {}
    assert "Taken from your own words" not in talk.audience.text
    assert "cowsay" in talk.audience.suggestions
    await talk.say("the first one")
    assert "cowsay" in talk.audience.card.title.casefold()
    assert len(await kept(talk)) == 1


async def test_a_pick_after_a_question_teaches(talk: Talk) -> None:
    await talk.say("install cowsya")
    await talk.say("the first")
    assert await kept(talk) == [("install cowsya", "Install cowsay")]


async def test_picking_from_a_list_that_was_asked_for_teaches_nothing(talk: Talk) -> None:
    await talk.say("find me something to play films")
    await talk.say("1")
    await talk.say("no, I meant htop")
    assert await kept(talk) == []


@pytest.mark.parametrize(
    ("words", "correction"),
    [
        ("install vlc", "no, I meant htop"),  # a slip: vlc never means htop
        ("install vlc", "rather htop"),  # a change of mind
        ("yes", "no, I meant install vlc"),
        ("no", "I meant install vlc"),
        ("plonk it on this box", "no, I meant install vlc"),  # "it" is another thing each time
        ("nix-env -e htop", "no, I meant install vlc"),
        ("plonk\nvlc\non this box", "no, I meant install vlc"),
        (" ".join(["plonk"] * 40), "no, I meant install vlc"),
        (WORDS, "what is installed"),
        ("/zzzz", "no, I meant install vlc"),
    ],
)
async def test_what_is_no_misunderstanding_teaches_nothing(talk: Talk, words: str, correction: str) -> None:
    await talk.say(words)
    await talk.say(correction)
    assert await kept(talk) == []


async def test_a_plan_is_asked_about_all_the_same(talk: Talk) -> None:
    await teach(talk)
    before = len(talk.audience.asked)
    await talk.say(WORDS)
    assert len(talk.audience.asked) == before + 1
    assert talk.audience.card.state == "declined"


async def test_a_question_that_waits_goes_first(talk: Talk) -> None:
    """Own words that a list takes as a pick are a pick."""
    await teach(talk, "number one", "I meant install vlc")
    await talk.say("find me something to play films")
    assert "1." in talk.audience.text
    await talk.say("number one")
    assert "Taken from your own words" not in talk.audience.text
    talk.audience.updates.clear()
    await talk.say("what is installed")
    await talk.say("number one")
    assert "Taken from your own words" in talk.audience.text


async def test_a_correction_of_own_words_teaches_them_anew(talk: Talk) -> None:
    await teach(talk, "give me the orange cone", "I meant install vlc")
    await talk.say("give me the orange cone")
    await talk.say("no, I meant what is installed")
    assert await kept(talk) == [("give me the orange cone", "Show what is installed")]


async def test_a_name_that_is_not_sure_is_still_asked_about(talk: Talk) -> None:
    """What the dialogue takes for a correction stays one; it is not read as a request of its own."""
    await talk.say("install vlc")
    await talk.say("no, I meant cowsya")
    assert "Did you mean" in talk.audience.text
    assert len(talk.audience.plans) == 1


async def test_the_button_forgets(talk: Talk) -> None:
    await teach(talk)
    await talk.say(WORDS)
    button = next(one for one in talk.audience.suggestions if one.startswith("Forget"))
    talk.audience.updates.clear()
    await talk.say(button)
    assert "I have forgotten" in talk.audience.text
    assert await kept(talk) == []
    talk.audience.updates.clear()
    await talk.say(button)
    assert "do not remember" in talk.audience.text


async def test_learning_can_be_turned_off(talk: Talk) -> None:
    await talk.assistant.learn_own_words(LearnOwnWordsRequest(learning=False))
    await teach(talk)
    listed = await talk.assistant.own_words(talk.audience)
    assert (listed.phrases, listed.learning) == ([], False)


async def test_other_conversations_and_a_later_start_know_them(
    talk: Talk, folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    await teach(talk)
    other = await second_conversation(talk)
    other.audience.always = REJECT
    await other.say(WORDS)
    assert other.audience.card.request == "install_package"
    later = await reopen(talk, folder, host, finder)
    assert await kept(later) == [(WORDS, "Install VLC media player")]
    await later.assistant.stop(0)


async def test_those_who_look_are_told(talk: Talk) -> None:
    other = await second_conversation(talk)
    await other.assistant.own_words(other.audience)
    await teach(talk)
    assert other.audience.own_words_news == 1
    talk.assistant.leave(other.audience)
    await talk.say(WORDS)
    assert other.audience.own_words_news == 1


async def test_the_page_changes_words_and_meaning(talk: Talk) -> None:
    await teach(talk)
    card = (await talk.assistant.own_words(talk.audience)).phrases[0]
    meanings = (await talk.assistant.own_words_meanings(OwnPhraseRequest(id=card.id))).meanings
    assert meanings[0].label == "Install VLC media player"
    assert "Remove VLC media player" in [one.label for one in meanings]
    assert not {"confirm", "deny", "diagnose_error"} & {one.request for one in meanings}
    changed = await talk.assistant.change_own_words(
        ChangeOwnPhraseRequest(id=card.id, words="chuck vlc out of here", request="remove_package")
    )
    assert (changed.words, changed.meaning) == ("chuck vlc out of here", "Remove VLC media player")
    talk.audience.updates.clear()
    await talk.say("chuck htop out of here")
    assert "Taken from your own words" in talk.audience.text


@pytest.mark.parametrize(
    "words",
    [
        "yes", "no", "go ahead", "/help", "nix-env -i vlc", "it", "!!", "a " * 40,
        "ja", "oui", "sí", "si", "sim", "haan", "nein", "non", "no gracias", "stop bitte",
    ],
)  # fmt: skip
async def test_words_that_mean_something_else_are_refused(talk: Talk, words: str) -> None:
    await teach(talk)
    card = (await talk.assistant.own_words(talk.audience)).phrases[0]
    with pytest.raises(UserError, match="own-words-not-allowed"):
        await talk.assistant.change_own_words(ChangeOwnPhraseRequest(id=card.id, words=words))


@pytest.mark.parametrize("words", ["install htop", "install vlc", "what is installed?"])
async def test_words_that_are_known_already_are_refused(talk: Talk, words: str) -> None:
    await teach(talk)
    card = (await talk.assistant.own_words(talk.audience)).phrases[0]
    for request in ("", "garbage_collect"):
        with pytest.raises(UserError, match="own-words-known"):
            await talk.assistant.change_own_words(
                ChangeOwnPhraseRequest(id=card.id, words=words, request=request)
            )
    assert await kept(talk) == [(WORDS, "Install VLC media player")]


async def test_a_meaning_that_answers_a_question_is_refused(talk: Talk) -> None:
    await teach(talk)
    card = (await talk.assistant.own_words(talk.audience)).phrases[0]
    for request in ("confirm", "explain_concept", "nonsense"):
        with pytest.raises(UserError, match="own-words-no-meaning"):
            await talk.assistant.change_own_words(ChangeOwnPhraseRequest(id=card.id, request=request))


async def test_two_phrases_cannot_have_the_same_words(talk: Talk) -> None:
    await teach(talk)
    await teach(talk, "give me the orange cone", "I meant install vlc")
    first, second = (await talk.assistant.own_words(talk.audience)).phrases
    with pytest.raises(UserError, match="own-words-taken"):
        await talk.assistant.change_own_words(ChangeOwnPhraseRequest(id=first.id, words=second.words))


async def test_a_deleted_phrase_can_be_brought_back_with_its_use(talk: Talk) -> None:
    await teach(talk)
    await talk.say(WORDS)
    card = (await talk.assistant.own_words(talk.audience)).phrases[0]
    assert card.used == 1
    await talk.assistant.delete_own_words(OwnPhrasesRequest(ids=[card.id, 99, 0, -1, 2**63, 10**30]))
    assert await kept(talk) == []
    await talk.assistant.restore_own_words(OwnPhrasesRequest(ids=[card.id]))
    assert (await talk.assistant.own_words(talk.audience)).phrases == [card]
    with pytest.raises(UserError, match="own-words-gone"):
        await talk.assistant.restore_own_words(OwnPhrasesRequest(ids=[card.id]))


async def test_a_file_that_cannot_be_used_does_not_keep_anyone_from_talking(talk: Talk) -> None:
    assert talk.parts.own_words is not None
    talk.parts.own_words.store.close()
    talk.audience.always = ALLOW
    assert await talk.say("install vlc") == "end_turn"
    assert talk.audience.card.state == "done"


async def test_words_that_cannot_be_read_do_not_keep_anyone_from_talking(talk: Talk) -> None:
    await teach(talk)
    assert talk.parts.own_words is not None
    with closing(sqlite3.connect(talk.parts.own_words.store.path)) as database, database:
        database.execute("UPDATE phrases SET slots = ?", (b'{"package": 5}',))
    assert await kept(talk) == []
    assert await talk.say(WORDS) == "end_turn"
    assert "Taken from your own words" not in talk.audience.text
    assert talk.audience.plans == {}


@pytest.mark.parametrize("words", ["ja", "да", "はい", "sí, por favor", "yes"])
async def test_a_yes_takes_the_one_program_that_was_asked_about(talk: Talk, words: str) -> None:
    await talk.say("install cowsya")
    assert "Did you mean this one?" in talk.audience.text
    await talk.say(words)
    assert "cowsay" in talk.audience.card.title.casefold()


@pytest.mark.parametrize("words", ["ja?", "nein", "no", "нет"])
async def test_nothing_but_a_yes_takes_it(talk: Talk, words: str) -> None:
    await talk.say("install cowsya")
    await talk.say(words)
    assert talk.audience.plans == {}


async def test_a_yes_is_for_the_plan_once_one_was_asked_about(talk: Talk) -> None:
    talk.audience.always = None
    await talk.say("install cowsya")
    turn = talk.begin("the first")
    await talk.until(lambda: len(talk.audience.held) == 1)
    await talk.say("yes")
    await turn
    assert talk.audience.card.state == "done"
    assert len(talk.audience.plans) == 1
