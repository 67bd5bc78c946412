"""Own phrases as such: which words are the same, what a name in them may be, and what is never kept."""

from collections.abc import Mapping, Sequence

import pytest

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.names import NameMatch
from nixforhumanity.understanding.own_phrases import (
    OwnPhrase,
    key_of,
    may_be_kept,
    may_be_meant,
    named_exactly,
    phrase_for,
    understood_by_phrase,
)
from nixforhumanity.understanding.requests import Decision, Request

NAMES = {"vlc": "vlc", "gimp": "gimp", "visual studio code": "vscode", "code": "vscode", "home": "home"}
INSTALL_VLC = Request("install_package", {"package": "vlc"})


class Index:
    def resolve(self, name: str, limit: int = 5) -> Sequence[NameMatch]:
        if name in NAMES:
            return [NameMatch(NAMES[name], 0.95 if name == "code" else 1.0)]
        return [NameMatch("gimp", 0.8)] if name == "gimpp" else []


class Book(dict[str, OwnPhrase]):
    def phrases_with(self, keys: Sequence[str]) -> Mapping[str, OwnPhrase]:
        return {key: self[key] for key in keys if key in self}


def learned(words: str, request: Request = INSTALL_VLC) -> Book:
    phrase = phrase_for(words, request, Index(), "en")
    assert phrase is not None
    return Book({phrase.key: phrase})


def package(book: Book, words: str) -> object:
    found = understood_by_phrase(words, book, Index())
    if found is None or found[1].decision is not Decision.ACT:
        return None
    return found[1].requests[0].slots.get("package")


@pytest.mark.parametrize(
    "words",
    [
        "pop vlc on here", "Pop VLC on here!", "please pop vlc on here", "can you pop vlc, on here?",
        "  pop  vlc on here ",
    ],
)  # fmt: skip
def test_small_differences_do_not_matter(words: str) -> None:
    assert package(learned("pop vlc on here"), words) == "vlc"


def test_another_name_takes_the_place_of_the_first() -> None:
    assert package(learned("pop vlc on here"), "pop gimp on here") == "gimp"
    assert package(learned("pop vlc on here"), "pop visual studio code on here") == "vscode"


def test_what_belongs_to_the_first_program_alone_goes() -> None:
    book = learned("pop vlc on here", Request("install_package", {"package": "vlc", "version": "3"}))
    found = understood_by_phrase("pop gimp on here", book, Index())
    assert found is not None
    assert found[1].requests == (Request("install_package", {"package": "gimp"}),)


@pytest.mark.parametrize(
    "words", ["pop it on here", "pop home on here", "pop xyz on here", "pop vlc on there", "vlc"]
)
def test_other_words_are_not_taken(words: str) -> None:
    assert package(learned("pop vlc on here"), words) is None


def test_a_slip_in_the_name_is_asked_about() -> None:
    found = understood_by_phrase("pop gimpp on here", learned("pop vlc on here"), Index())
    assert found is not None
    assert found[1].decision is Decision.ASK
    assert [one.request for one in found[1].choices] == [Request("install_package", {"package": "gimp"})]
    assert found[1].unknown_name == "gimpp"


def test_a_word_of_ones_own_for_a_program_stays_that_program() -> None:
    book = learned("pop the orange cone on here")
    assert package(book, "pop the orange cone on here") == "vlc"
    assert package(book, "pop the gimp on here") is None


def test_a_bare_name_stands_for_no_other() -> None:
    book = learned("vlc")
    assert package(book, "vlc") == "vlc"
    assert package(book, "gimp") is None


def test_the_surest_and_longest_name_is_the_one_that_changes() -> None:
    book = learned("pop visual studio code on here", Request("install_package", {"package": "vscode"}))
    assert package(book, "pop vlc on here") == "vlc"


def test_words_without_a_program() -> None:
    book = learned("what have I got", Request("list_installed"))
    found = understood_by_phrase("What have I got?", book, Index())
    assert found is not None
    assert found[1].requests == (Request("list_installed"),)


@pytest.mark.parametrize(
    "words",
    [
        "", "   ", "!?", "/install vlc", "nix-env -iA nixpkgs.vlc", "sudo apt install vlc", "one\ntwo",
        "w " * 15, "x" * 200,
    ],
)  # fmt: skip
def test_words_that_are_never_kept(words: str) -> None:
    assert not may_be_kept(words)
    assert phrase_for(words, INSTALL_VLC, Index(), "en") is None


@pytest.mark.parametrize("words", ["pop it on here", "do that for me again", "take this one"])
def test_words_that_point_back_are_never_kept(words: str) -> None:
    assert phrase_for(words, INSTALL_VLC, Index(), "en") is None
    assert phrase_for(words, Request("list_installed"), Index(), "en") is None


def test_no_answer_to_a_question_is_ever_meant() -> None:
    for name in (
        "confirm",
        "deny",
        "cancel",
        "repeat",
        "explain_last",
        "out_of_scope",
        "diagnose_error",
        "nonsense",
    ):
        assert not may_be_meant(name)
    assert {"install_package", "show_history", "garbage_collect"} <= {
        name for name in catalogue() if may_be_meant(name)
    }


def test_a_yes_in_the_book_is_never_taken() -> None:
    for name in ("confirm", "cancel", "nonsense"):
        book = Book({"do the thing": OwnPhrase("do the thing", Request(name), "do the thing")})
        assert understood_by_phrase("do the thing", book, Index()) is None


def test_keys_hold_nothing_that_stands_for_a_name() -> None:
    assert key_of("pop \x1f on here") == "pop on here"


def test_programs_that_are_named_in_so_many_words() -> None:
    assert named_exactly("put VLC and code at home", Index()) == {"vlc"}


@pytest.mark.parametrize(
    "words",
    [
        "yes", "no thanks", "ok", "ja", "Ja, bitte!", "oui", "sí", "si", "sim", "haan", "да", "はい", "是的",
        "نعم", "nein", "non", "no gracias", "stop bitte", "не надо", "やめて",
    ],
)  # fmt: skip
def test_an_answer_is_nobodys_own_phrase_in_any_language(words: str) -> None:
    assert not may_be_kept(words)
    assert phrase_for(words, INSTALL_VLC, Index(), "en") is None
    phrase = OwnPhrase(words, INSTALL_VLC, key_of(words))  # as an older version may have kept it
    assert understood_by_phrase(words, Book({phrase.key: phrase}), Index()) is None


@pytest.mark.parametrize(
    "words", ["stop the music", "number one", "the usual", "hau vlc drauf", "no sound here"]
)
def test_what_only_begins_like_an_answer_may_be_kept(words: str) -> None:
    assert may_be_kept(words)
