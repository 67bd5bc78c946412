"""A program has one name wherever a person reads it, and its attribute in the commands."""

from dataclasses import replace
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.host import InstalledPackage
from nixforhumanity.assistant.installed import find_installed, one_each, parts_of
from nixforhumanity.assistant.naming import names_apart, suggested_program, with_known_name
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message
from nixforhumanity.nix.package_index import PackageIndex, shipped_folder
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.nix.programs import load_programs
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import AgentMessageChunk, ToolCall
from nixforhumanity.understanding.requests import Context, Decision
from nixforhumanity.understanding.understander import Understander
from talking import ALLOW, Talk, begin_talk

JITSI = PackageFacts("jitsi-meet-electron", "2025.1", "Video meetings", "jitsi-meet-electron")
UNVERSIONED = PackageFacts("signal-desktop", "", "Private messages", "signal-desktop")


@pytest.fixture
async def talk(folder: Path, host: FakeHost) -> Talk:
    host.packages |= {one.attribute: one for one in (JITSI, UNVERSIONED)}
    talk = await begin_talk(folder, host, PackageIndex.from_facts(host.packages.values()))
    talk.audience.always = ALLOW
    return talk


def read(talk: Talk) -> str:
    """Everything that the person read so far, but what only the details show."""
    shown = [talk.audience.text]
    shown += [one.title for one in talk.audience.updates if isinstance(one, ToolCall)]
    for one in talk.audience.updates:
        if isinstance(one, AgentMessageChunk):
            shown += [str(button) for button in (one.meta or {}).get(cards.SUGGESTIONS, [])]
    for card in talk.audience.plans.values():
        shown += [card.title, card.sentence, card.undo, card.state_text, card.explanation, *card.warnings]
        shown += [change.name for change in card.packages] + [step.title for step in card.steps]
    return "\n".join(shown)


async def test_from_the_suggestion_to_the_undo_a_program_has_one_name(talk: Talk) -> None:
    for text in (
        "what is jitsi", "install jitsi-meet-electron", "install jitsi", "what is installed?",
        "what changed?", "remove jitsi", "undo", "show history", "what uses my disk?",
    ):  # fmt: skip
        await talk.say(text)
    assert "Install Jitsi Meet" in [card.title for card in talk.audience.plans.values()]
    assert "Jitsi Meet" in read(talk)
    assert "jitsi-meet-electron" not in read(talk)
    journal = await talk.assistant.journal(cards.JournalRequest(limit=50))
    names = {one.name for row in (*journal.entries, *journal.generations) for one in row.packages}
    assert names == {"Jitsi Meet"}
    assert any("nixpkgs#jitsi-meet-electron" in line for one in journal.entries for line in one.commands)


async def test_why_it_cannot_be_undone_names_it_the_same(talk: Talk) -> None:
    await talk.say("install jitsi")
    await talk.say("remove jitsi")
    journal = await talk.assistant.journal(cards.JournalRequest(limit=50))
    assert "Jitsi Meet" in journal.entries[1].undo_reason


async def test_an_expert_sees_the_attribute_in_the_details(talk: Talk) -> None:
    await talk.say("expert mode")
    await talk.say("install jitsi")
    assert talk.audience.card.title == "Install Jitsi Meet"
    assert [one.name for one in talk.audience.card.packages] == ["jitsi-meet-electron"]
    await talk.say("what is installed?")
    assert "**jitsi-meet-electron** 2025.1" in talk.audience.text


async def test_a_mistyped_name_is_asked_about_by_the_known_one(talk: Talk, host: FakeHost) -> None:
    await talk.say("install jitsi-meet-elektron")
    assert talk.audience.suggestions[0] == "Jitsi Meet"
    await talk.say("jitsi meet")
    assert [one.attribute for one in host.contents()] == ["jitsi-meet-electron"]


async def test_an_error_before_the_plan_names_it_the_same(talk: Talk, host: FakeHost) -> None:
    host.reading_error = UserError("package-unfree", package="jitsi-meet-electron")
    await talk.say("install jitsi")
    assert "Jitsi Meet is not free software" in talk.audience.text


def test_recipes_keep_their_names() -> None:
    for name in ("nix-error-missing-header-known", "package-renamed"):
        said = message(name, package="hello", replacement="b")
        assert with_known_name(said, str.upper) == said
    assert with_known_name(message("package-broken", package="a"), str.upper).parameters == {"package": "A"}


async def test_a_package_without_a_version_has_none_in_the_words(talk: Talk) -> None:
    await talk.say("what is signal")
    assert "It is not installed." in talk.audience.text
    await talk.say("install signal")
    await talk.say("what is signal")
    await talk.say("install signal")
    await talk.say("expert mode")
    await talk.say("what is signal")
    for odd in ("version .", "version ,", "version  ", "**  is", ", installed, "):
        assert odd not in talk.audience.text
    assert "You have it installed." in talk.audience.text


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("cache"))


def test_pressing_a_button_means_the_program_that_it_names(index: PackageIndex) -> None:
    """But for `file`, whose name means something else in a sentence."""
    understander = Understander(index, purposes=index)
    sentences = {
        "install": ("install_package", "Install {}"),
        "remove": ("remove_package", "Remove {}"),
        "run": ("run_package", "Start {}"),
        "try": ("try_package", "Try {} without installing"),
    }
    wrong = []
    for attribute in load_programs(shipped_folder() / "programs.toml"):
        for button, (request, sentence) in sentences.items():
            said = suggested_program(button, attribute, index).prompt.parameters["package"]
            understood = understander.understand(sentence.format(said), Context())
            meant = [(one.name, one.slots.get("package")) for one in understood.requests]
            if understood.decision is not Decision.ACT or meant != [(request, attribute)]:
                wrong.append((button, attribute, said))
    assert {attribute for _, attribute, _ in wrong} <= {"file"}, wrong


def test_a_name_that_means_another_program_is_not_said(index: PackageIndex) -> None:
    button = suggested_program("install", "zoom-us", index)
    assert (button.label.parameters["package"], button.prompt.parameters["package"]) == ("Zoom", "zoom-us")


def test_two_choices_never_read_the_same() -> None:
    same = [PackageFacts("a.x", "1", "", "X"), PackageFacts("b.x", "1", "", "X"), JITSI]
    index = PackageIndex.from_facts(same)
    assert names_apart(["a.x", "b.x", "jitsi-meet-electron"], index) == ["a.x", "b.x", "Jitsi Meet"]


def part(element: str, version: str = "1.7", attribute: str = "jq") -> InstalledPackage:
    return InstalledPackage(attribute, element, version, (f"/nix/store/{element}",))


def test_the_outputs_of_a_package_are_one_program() -> None:
    several = [part("jq-1.7-bin"), part("jq-1.7-man"), part("jq-1.7", "1.7"), part("hello-2", "2", "hello")]
    assert [one.element for one in one_each(several)] == ["jq-1.7", "hello-2"]
    known = find_installed(several, "jq")
    assert known is not None
    assert len(parts_of(several, known)) == 3
    assert len(one_each([part("jq-1.7"), part("jq-1.6", "1.6")])) == 2


async def test_a_program_in_parts_is_listed_and_counted_once(talk: Talk, host: FakeHost) -> None:
    await talk.say("install jitsi")
    (one,) = host.contents()
    host._new_generation((one, replace(one, element=one.element + "-man", store_paths=("/nix/store/m",))))
    await talk.say("what is installed?")
    assert "You have one program" in talk.audience.text
    assert talk.audience.text.count("**Jitsi Meet** 2025.1") == 1
    assert (await talk.assistant.host()).installed == 1
