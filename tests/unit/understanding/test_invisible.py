"""What a text shows: invisible characters go, everything that can be seen stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_lines import INVISIBLE, written_lines
from nixforhumanity.understanding.extraction.words import line_of
from nixforhumanity.understanding.invisible import visible
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.normalise import clean


@pytest.mark.parametrize("unseen", INVISIBLE)
def test_what_is_invisible_goes(unseen: str) -> None:
    assert visible(f"{unseen}fire{unseen}{unseen}fox{unseen}") == "firefox"
    assert clean(f"fire{unseen}fox") == "firefox"
    assert [word.raw for word in line_of(f"fire{unseen}fox").words] == ["firefox"]


@pytest.mark.parametrize(
    "text", ["a b\tc\nd\r\ne\u3000f\u2028g", "é e\u0301 안 안녕 ё ß", "🦊 ☎ ½ ²", "«»„“‘’¿¡。、؟।"]
)
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


def test_colours_of_a_terminal_go_whole() -> None:
    assert visible("\x1b[31;1merror:\x1b[0m x\n\x1b[2K  y") == "error: x\n  y"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_that_people_wrote_only_lose_marks(language: str) -> None:
    lost = {letter for line in written_lines(language) for letter in set(line) - set(visible(line))}
    assert all(unicodedata.category(letter) in ("Cf", "Mn") for letter in lost), lost
    assert not any("\u0300" <= letter <= "\u036f" and letter != "\u034f" for letter in lost)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_nothing_invisible_is_left_of_any_text(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    shown.encode("utf-8")
    assert all(letter.isspace() or unicodedata.category(letter)[0] != "C" for letter in shown)
