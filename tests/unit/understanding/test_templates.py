"""Templates: what they match, and that they never match inside a word."""

import pytest

from nixforhumanity.understanding.templates import compile_template, match_template


def matched(source: str, text: str) -> dict | None:
    found = match_template(compile_template("help", source, {"thing": "(box|bag)"}), text)
    return None if found is None else dict(found.words)


@pytest.mark.parametrize(
    ("source", "text", "words"),
    [
        ("install [the] {package} [now]", "install hello", {"package": "hello"}),
        ("install [the] {package} [now]", "install the hello now", {"package": "hello"}),
        ("(open|close) [the] <thing>", "open the bag", {}),
        ("(open|close) [the] <thing>", "close box", {}),
        ("[please] stop", "stop", {}),
        ("keep {count} generation[s]", "keep 5 generations", {"count": "5"}),
        ("keep {count} generation[s]", "keep 1 generation", {"count": "1"}),
    ],
)
def test_matches(source: str, text: str, words: dict) -> None:
    assert matched(source, text) == words


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("install [the] {package}", "installhello"),
        ("install [the] {package}", "install"),
        ("(open|close) [the] <thing>", "open thebag"),
        ("stop", "stopwatch"),
        ("go to {generation}", "go to hell"),
        ("a.c", "abc"),
    ],
)
def test_does_not_match(source: str, text: str) -> None:
    assert matched(source, text) is None


def test_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown rule"):
        compile_template("help", "open <nothing>", {})
