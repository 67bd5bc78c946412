"""Normalising: one spelling for what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.normalise import MAXIMUM_LENGTH, clean, normalise, without_politeness


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Install   HELLO!! ", "install hello"),
        ("What’s installed?", "what is installed"),
        ("“Firefox”", "firefox"),
        ("install\u200bvlc", "installvlc"),
        ("install\tvlc\n", "install vlc"),
        ("I don't need it", "i do not need it"),
        ("ｉｎｓｔａｌｌ　ｖｌｃ", "install vlc"),
        ("\u202einstall vlc\u202c", "install vlc"),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("could you please install vlc for me", "install vlc"),
        ("i would like to try gimp", "try gimp"),
        ("hey, can you stop please", "stop"),
        ("please", "please"),
        ("thank you", "thank you"),
    ],
)
def test_politeness_is_taken_off(text: str, bare: str) -> None:
    assert without_politeness(text) == bare


@given(st.text())
def test_clean_is_one_line_without_controls_and_bounded(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= MAXIMUM_LENGTH
    assert not any(ord(character) < 32 or ord(character) == 127 for character in cleaned)
    assert clean(cleaned) == cleaned or len(cleaned) == MAXIMUM_LENGTH
