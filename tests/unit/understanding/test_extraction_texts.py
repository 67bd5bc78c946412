"""Free text: what is left of a line."""

import pytest

from nixforhumanity.understanding.extraction.texts import command_name, error_text, pasted_error, plain_text
from nixforhumanity.understanding.extraction.words import line_of, quotations


def test_words_stay_as_they_were_typed() -> None:
    line = line_of("find a Markdown Viewer, please")
    assert plain_text(line, 2, 4) == "Markdown Viewer"


@pytest.mark.parametrize(
    ("text", "name"),
    [("bin/nslookup", "nslookup"), ("n m a p", "nmap"), ("libGLU.so.1", "libGLU.so.1"), ("a;b", None)],
)
def test_commands(text: str, name: str | None) -> None:
    line = line_of(text)
    assert command_name(line, 0, len(line.words)) == name


def test_an_error_keeps_its_brackets() -> None:
    line = line_of("it says Aborted (core dumped) again")
    assert error_text(line, 2, 5) == "Aborted (core dumped)"


def test_only_several_lines_are_a_pasted_error() -> None:
    assert pasted_error("error: one\n  at two\n") == "error: one\n  at two"
    assert pasted_error("error: one") is None


def test_quotations_are_found_once_and_an_open_one_ends_the_search() -> None:
    text = "say \"one two\" and 'three' but not don't \"four"
    assert [text[first:last] for first, last in quotations(text)] == ["one two", "three"]
