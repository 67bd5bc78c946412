"""Two programs side by side in every language, what only looks like it, and a place where nothing is open."""

from dataclasses import replace

import pytest

from nixforhumanity.core.names import NameMatch
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.requests import Choice, Context, Decision, Request, Understanding
from nixforhumanity.understanding.understander import Understander

KNOWN = ("firefox", "vlc", "mpv", "more", "less", "redo", "yes", "no", "tea", "first")
BOTH = (Request("package_info", {"package": "vlc", "other": "mpv"}),)
ONE = (Request("package_info", {"package": "mpv"}),)
OFFERED = Context(
    choices=tuple(
        Choice(name, Request("install_package", {"package": name}), (name,)) for name in ("vlc", "mpv")
    )
)


class SmallIndex:
    """Knows a few names exactly."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return [NameMatch(name, 1.0)] if name in KNOWN else []


def said(text: str, context: Context | None = None, language: str = "en") -> Understanding:
    context = replace(context or Context(), language=language)
    return Understander(SmallIndex(), language).understand(text, context)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "vlc or mpv?"),
        ("en", "which is better, vlc or mpv?"),
        ("en", "What is the difference between VLC and mpv?"),
        ("en", "should I use vlc or mpv"),
        ("en", "vlc vs mpv"),
        ("en", "is vlc better than mpv?"),
        ("de", "vlc oder mpv?"),
        ("de", "was ist der Unterschied zwischen vlc und mpv?"),
        ("es", "¿vlc o mpv?"),
        ("fr", "vlc ou mpv ?"),
        ("pt_BR", "vlc ou mpv?"),
        ("ru", "vlc или mpv?"),
        ("ja", "vlcとmpvどっちがいい？"),
        ("zh_CN", "vlc还是mpv？"),
        ("hi", "vlc या mpv?"),
        ("ar", "vlc أم mpv؟"),
    ],
)
def test_two_programs_are_compared(language: str, text: str) -> None:
    assert said(text, language=language).requests == BOTH


def test_they_are_compared_while_they_are_offered() -> None:
    assert said("vlc or mpv?", OFFERED).requests == BOTH


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "why not mpv?"),
        ("en", "and why not use mpv instead?"),
        ("en", "what speaks against mpv?"),
        ("de", "warum nicht mpv?"),
        ("es", "¿por qué no mpv?"),
        ("fr", "pourquoi pas mpv ?"),
        ("en", "mpv or mpv?"),
    ],
)
def test_why_not_tells_about_that_program(language: str, text: str) -> None:
    assert said(text, language=language).requests == ONE


@pytest.mark.parametrize("text", ["yes or no", "more or less", "why not", "why not it", "tea or firefox"])
def test_what_names_no_two_programs_compares_nothing(text: str) -> None:
    assert all("other" not in one.slots for one in said(text).requests)
    assert said(text).requests != ONE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words(language: str) -> None:
    from nixforhumanity.understanding.comparisons import _templates

    assert {template.request for template in _templates(language)} == {"compared", "considered"}


@pytest.mark.parametrize(
    ("text", "request_name"),
    [
        ("remove the first one", "remove_package"),
        ("install the second one", "install_package"),
        ("remove the first", "remove_package"),
        ("what is the first one?", "package_info"),
    ],
)
def test_a_place_where_nothing_is_offered_is_asked_about(text: str, request_name: str) -> None:
    understood = said(text)
    assert understood.decision is Decision.ASK
    assert understood.requests == (Request(request_name),)
    assert understood.missing == ("package",)
    assert understood.choices == ()


def test_a_place_is_no_answer_to_which_program() -> None:
    asked = Context(wanted=Request("install_package"), wanted_slot="package")
    assert said("the first one", asked).decision is Decision.ASK


def test_a_place_in_what_is_offered_is_that_program() -> None:
    assert said("what is the second one?", OFFERED).requests == ONE


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "redo"),
        ("en", "redo it please"),
        ("en", "redo the last change"),
        ("en", "undo the undo"),
        ("de", "wiederherstellen"),
        ("es", "rehacer"),
        ("fr", "rétablir"),
    ],
)
def test_redo_takes_the_undo_back(language: str, text: str) -> None:
    assert said(text, language=language).requests == (Request("undo_last_change", {"again": "yes"}),)


def test_undo_is_no_redo() -> None:
    assert said("undo").requests == (Request("undo_last_change"),)
