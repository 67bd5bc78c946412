"""Ages, counts to keep, and what to compare."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.understanding.extraction.durations import from_and_to, older_than
from nixforhumanity.understanding.extraction.words import line_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("throw away what is older than 25 days", "25d"),
        ("collect the garbage of more than three weeks ago", "21d"),
        ("wipe what is older than a month", "30d"),
        ("delete-older-than 12d", "12d"),
        ("drop states older than a fortnight", "14d"),
        ("keep the newest six and delete the others", "+6"),
        ("--delete-generations +9", "+9"),
        ("only the last four should stay", "+4"),
        ("delete the old generations", None),
        ("there are only two gigabytes left", None),
    ],
)
def test_ages_and_counts(text: str, value: str | None) -> None:
    assert older_than(line_of(text)) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("what is new since yesterday", {"from": "-1d"}),
        ("differences compared with last week", {"from": "-7d"}),
        ("what came in over the past 3 days", {"from": "-3d"}),
        ("compare 61 with 64", {"from": 61, "to": 64}),
        ("difference between generation nine and generation twelve", {"from": 9, "to": 12}),
        ("changes since 2025-02-03", {"from": "2025-02-03"}),
        ("what changed from 2025-02-03 to 2025-02-09", {"from": "2025-02-03", "to": "2025-02-09"}),
        ("what is different since 4 July 2025", {"from": "2025-07-04"}),
        ("lay the last two generations side by side", {}),
        ("since 2025-13-45", {}),
    ],
)
def test_what_to_compare(text: str, values: dict[str, str | int]) -> None:
    found = from_and_to(line_of(text))
    assert {name: value for name, value in found.items() if value != 2025} == values


@given(st.text(alphabet="0123456789-+dw keplast tyor", max_size=120))
def test_any_text_gives_values_of_their_type(text: str) -> None:
    line = line_of(text)
    value = older_than(line)
    assert value is None or re.fullmatch(r"[1-9][0-9]{0,4}d|\+[1-9][0-9]{0,3}", value)
    for one in from_and_to(line).values():
        if isinstance(one, int):
            assert 1 <= one <= 99_999
        elif not re.fullmatch(r"-[1-9][0-9]{0,4}d", one):
            date.fromisoformat(one)
