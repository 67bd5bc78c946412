"""Whatever help can show is understood as the request it stands for, by the whole pipeline with the model."""

from collections.abc import Iterator

import pytest

from nixforhumanity.assistant.fitting_examples import OF_INSTALLED
from nixforhumanity.assistant.skills import all_skills
from nixforhumanity.compose.understanding import whole_understander
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.help_groups import help_data
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.by_model import UNTRAINED
from nixforhumanity.understanding.requests import Decision
from nixforhumanity.understanding.shown_examples import examples_of, names_known_program, with_program
from nixforhumanity.understanding.understander import Understander

CAN = {*all_skills(), "change_mode"}
PROGRAMS = (
    "firefox", "vlc", "gimp", "hello", "htop", "libreoffice", "google-chrome", "vscode", "jq", "cowsay",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    return whole_understander(tmp_path_factory.mktemp("whole"), "en")


def shown() -> Iterator[tuple[str, str]]:
    """Yield every request and example that help can show in some situation."""
    data = help_data()
    hints = [hint for group in data.groups.values() for hint in (*group.first, *group.later)]
    hints += [hint for moment in data.moments.values() for hint in moment]
    for hint in dict.fromkeys(hints):
        if hint.request in CAN:
            for example in examples_of(hint.request, "en"):
                yield hint.request, example[:1].upper() + example[1:]


def misread(understander: Understander, said: list[tuple[str, str]]) -> list[str]:
    wrong = []
    for request, line in said:
        understood = understander.understand(line)
        names = [one.name for one in understood.requests]
        if understood.decision is not Decision.ACT or names != [request]:
            wrong.append(f"{line}: {understood.decision.value} {names}, not {request}")
    return wrong


def test_each_example_is_understood(understander: Understander) -> None:
    said = [*shown()]
    assert len(said) > 120
    assert misread(understander, said) == []


def test_each_way_to_ask_for_more_is_understood(understander: Understander) -> None:
    groups = help_data().groups.values()
    for group in groups:
        for word in group.words:
            (request,) = understander.understand(f"More about {word}").requests
            assert (request.name, request.slots) == ("help", {"area": group.id})


def test_an_example_with_a_program_of_the_person_is_understood(
    understander: Understander, index: PackageIndex
) -> None:
    said = [
        (request, line)
        for name in PROGRAMS
        for request in sorted(OF_INSTALLED & CAN)
        for example in examples_of(request, "en")
        if (line := with_program(example, request, name, name, index)) is not None
    ]
    assert len({line for _, line in said}) > 4 * len(PROGRAMS)
    assert misread(understander, said) == []
    for request, line in said:
        assert understander.understand(line).requests[0].slots["package"] in line.split("?")[0], request


@pytest.mark.parametrize("name", ["list", "home", "help", "everything", "no-such-program"])
def test_a_name_that_would_be_misread_is_not_put_in(index: PackageIndex, name: str) -> None:
    assert with_program("remove hello", "remove_package", name, name, index) is None


def test_an_example_names_only_what_there_is(index: PackageIndex) -> None:
    assert names_known_program("start gimp", "run_package", index)
    assert not names_known_program("start frobnicator", "run_package", index)
    assert names_known_program("what is installed?", "list_installed", index)


def test_requests_without_sentences_show_short_plain_lines() -> None:
    lines = examples_of("open_port", "en")
    assert lines
    assert all(len(line) <= 60 for line in lines)
    assert "=>" not in "".join(lines)
    assert examples_of("no_such_request", "en") == ()


def test_what_stands_for_another_is_what_the_model_never_saw() -> None:
    assert {kind.name for kind in catalogue().values() if kind.stands_for} == UNTRAINED


def test_a_program_called_like_small_talk_is_meant(understander: Understander) -> None:
    (request,) = understander.understand("run hello").requests
    assert (request.name, request.slots) == ("run_package", {"package": "hello"})
