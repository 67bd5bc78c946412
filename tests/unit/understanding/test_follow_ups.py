"""Words that refer to what was said before, each on its own; and words that only look as if they did."""

from dataclasses import replace

import pytest

from nixforhumanity.core.names import NameMatch
from nixforhumanity.understanding.requests import Choice, Context, Decision, Request
from nixforhumanity.understanding.understander import Understander

KNOWN = ("firefox", "chromium", "vlc", "mpv", "gimp", "krita", "influxdb", "last", "please", "thanks")
INSTALL = Request("install_package", {"package": "firefox"})
WAITS = Context(
    last_package="firefox", last=INSTALL, last_named=INSTALL, waiting=INSTALL, other_package="vlc"
)
DONE = replace(WAITS, waiting=None, last_done=True)
OFFERED = Context(
    choices=tuple(
        Choice(name, Request("install_package", {"package": name}), (name,))
        for name in ("gimp", "krita", "vlc")
    )
)


class SmallIndex:
    """Knows a few names exactly, and one typing slip."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        if name in KNOWN:
            return [NameMatch(name, 1.0)]
        return [NameMatch("chromium", 0.7)] if name == "chromiun" else []


def said(text: str, context: Context, language: str = "en") -> list[tuple[str, object]]:
    understood = Understander(SmallIndex(), language).understand(text, context)
    return [(one.name, one.slots.get("package")) for one in understood.requests]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no, I meant chromium"),
        ("en", "not firefox, chromium"),
        ("en", "chromium, not firefox"),
        ("en", "make it chromium instead"),
        ("en", "sorry chromium"),
        ("de", "nein, ich meinte chromium"),
        ("de", "nicht firefox sondern chromium"),
        ("es", "no, quise decir chromium"),
        ("es", "no firefox, sino chromium"),
        ("fr", "non, je voulais dire chromium"),
        ("fr", "pas firefox, mais chromium"),
    ],
)
def test_a_correction_is_the_same_request_for_another_name(language: str, text: str) -> None:
    understood = Understander(SmallIndex(), language).understand(text, WAITS)
    assert understood.requests == (Request("install_package", {"package": "chromium"}),)
    assert understood.corrects


def test_what_was_done_by_mistake_is_taken_back_first() -> None:
    expected = [("undo_last_change", "firefox"), ("install_package", "chromium")]
    assert said("no, I meant chromium", DONE) == expected


def test_a_name_with_a_slip_is_asked_about() -> None:
    understood = Understander(SmallIndex()).understand("no, I meant chromiun", WAITS)
    assert understood.decision is Decision.ASK
    assert [one.request.slots["package"] for one in understood.choices] == ["chromium"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and vlc too"),
        ("en", "same for vlc"),
        ("en", "also vlc"),
        ("de", "vlc auch"),
        ("de", "dasselbe für vlc"),
        ("es", "vlc también"),
        ("fr", "vlc aussi"),
    ],
)
def test_also_is_the_same_request_for_one_more(language: str, text: str) -> None:
    assert said(text, DONE, language) == [("install_package", "vlc")]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "again"), ("de", "nochmal"), ("es", "otra vez"), ("fr", "encore")]
)
def test_again_is_the_last_request(language: str, text: str) -> None:
    assert said(text, DONE, language) == [("install_package", "firefox")]


def test_the_change_of_one_program_is_taken_back() -> None:
    assert said("undo the vlc one", DONE) == [("undo_last_change", "vlc")]
    assert said("undo the other one", DONE) == [("undo_last_change", "vlc")]
    assert said("undo both", DONE) == [("undo_last_change", None)] * 2


def test_several_of_a_list_are_taken_or_none() -> None:
    assert said("the first and the third", OFFERED) == [
        ("install_package", "gimp"),
        ("install_package", "vlc"),
    ]
    assert said("neither", OFFERED) == [("deny", None)]
    assert said("what is the second one?", OFFERED) == [("package_info", "krita")]


@pytest.mark.parametrize(
    ("text", "request_name"),
    [
        ("stop influxdb", "install_package"),
        ("undo please the last thing", "undo_last_change"),
        ("hello again", "install_package"),
    ],
)
def test_words_that_stand_for_themselves_are_no_follow_up(text: str, request_name: str) -> None:
    """Found by holding 12,800 lines of the examples against an open conversation."""
    named = [one for one in said(text, DONE) if one[0] == request_name and one[1] is not None]
    assert named == []


@pytest.mark.parametrize("text", ["no thanks", "no please", "no, not that one", "no, later"])
def test_a_no_with_polite_words_is_a_no(text: str) -> None:
    assert said(text, WAITS) == [("deny", None)]


@pytest.mark.parametrize("text", ["no, undo", "also help", "take it back", "and list"])
def test_a_request_of_its_own_is_no_name(text: str) -> None:
    assert not any(name == "install_package" for name, _ in said(text, DONE))
