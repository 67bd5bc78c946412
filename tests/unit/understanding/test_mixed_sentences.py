"""Durations that are not understood are never others; several requests and a changed mind in one sentence."""

import time

import pytest

from nixforhumanity.assistant.actions import DeleteGenerations
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.names import NameMatch
from nixforhumanity.understanding.requests import Decision
from nixforhumanity.understanding.understander import Understander


class SmallIndex:
    """Knows three names, also at the end of a question."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return [NameMatch(name, 1.0)] if name in ("hello", "vlc", "gimp") else []


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander(SmallIndex(), "en")


def said(understander: Understander, text: str) -> list[tuple[str, dict]]:
    return [(one.name, dict(one.slots)) for one in understander.understand(text).requests]


@pytest.mark.parametrize(
    ("words", "older_than"),
    [
        ("a day", "1d"), ("twelve days", "12d"), ("eight weeks", "56d"), ("twelve weeks", "84d"),
        ("a week", "7d"), ("twelve months", "360d"), ("2 months", "60d"), ("14285 weeks", "99995d"),
    ],
)  # fmt: skip
def test_an_age_in_words_or_digits_is_exact(understander: Understander, words: str, older_than: str) -> None:
    for text, request in (
        (f"delete generations older than {words}", "delete_generations"),
        (f"clean up everything older than {words}", "garbage_collect"),
    ):
        assert said(understander, text) == [(request, {"older_than": older_than})]
        DeleteGenerations(older_than=older_than).validate()


@pytest.mark.parametrize(
    "words",
    ["a few weeks", "several months", "1.5 months", "two years and 3 weeks", "0 days", "zero weeks",
     "14286 weeks", "999999 months", "a hundred days", "thirteen weeks", "-3 days", "2 weeks and 3 days"],
)  # fmt: skip
def test_an_age_that_is_not_understood_is_no_other(understander: Understander, words: str) -> None:
    for start in ("delete generations", "clean up everything", "delete everything", "remove"):
        understood = understander.understand(f"{start} older than {words}")
        acted = {catalogue()[one.name].effect.value for one in understood.requests}
        assert understood.decision is not Decision.ACT or not acted & {"change", "final"}


@pytest.mark.parametrize("words", ["0", "10000", "a few", "thirteen"])
def test_a_count_that_is_not_understood_is_no_other(understander: Understander, words: str) -> None:
    assert understander.understand(f"keep the last {words} generations").decision is not Decision.ACT


def test_a_count_goes_up_to_twelve_in_words(understander: Understander) -> None:
    assert said(understander, "keep the last twelve generations")[0][1] == {"older_than": "+12"}


@pytest.mark.parametrize(
    ("words", "since"),
    [("yesterday", "-1d"), ("this morning", "-0d"), ("last week", "-7d"), ("eight days ago", "-8d"),
     ("a month ago", "-30d"), ("twelve weeks ago", "-84d")],
)  # fmt: skip
def test_a_day_is_understood(understander: Understander, words: str, since: str) -> None:
    assert said(understander, f"what changed since {words}") == [("diff_generations", {"from": since})]


@pytest.mark.parametrize(
    "words", ["the flood", "a few days ago", "thirteen weeks ago", "2 years ago", "monday"]
)
def test_a_day_that_is_not_understood_is_not_yesterday(understander: Understander, words: str) -> None:
    assert understander.understand(f"what changed since {words}").decision is not Decision.ACT


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("remove hello and what is vlc", [("remove_package", "hello"), ("package_info", "vlc")]),
        ("remove hello and vlc", [("remove_package", "hello"), ("remove_package", "vlc")]),
        ("install vlc and remove it", [("install_package", "vlc"), ("remove_package", "vlc")]),
        ("never mind, install hello", [("deny", None), ("install_package", "hello")]),
        ("nevermind, install hello", [("deny", None), ("install_package", "hello")]),
        ("never mind", [("cancel", None)]),
        ("sure, don't", [("deny", None)]),
        ("yes but don't", [("deny", None)]),
        ("yes, but don't", [("deny", None)]),
        ("do not, ok", [("deny", None)]),
        ("yes, install hello", [("confirm", None), ("install_package", "hello")]),
        ("never install hello", [("deny", None)]),
    ],
)
def test_each_part_means_what_it_says(
    understander: Understander, text: str, wanted: list[tuple[str, str | None]]
) -> None:
    assert [(name, slots.get("package")) for name, slots in said(understander, text)] == wanted


def test_it_is_the_program_of_the_part_before(understander: Understander) -> None:
    assert [slots.get("package") for _, slots in said(understander, "install vlc and start it")] == [
        "vlc",
        "vlc",
    ]


def test_blank_lines_do_not_slow_it_down(understander: Understander) -> None:
    before = time.process_time()
    understander.understand("x\n" + " \n" * 10_000 + "y")
    assert time.process_time() - before < 1  # a hang, not a speed: it takes a few milliseconds
