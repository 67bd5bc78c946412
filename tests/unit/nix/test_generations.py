"""Which generations a clean-up deletes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.nix.generations import GenerationLink, generation_number, generations_to_delete

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def links(*ages: int) -> list[GenerationLink]:
    return [
        GenerationLink(number, NOW - timedelta(days=age), f"/store/{number}", f"/p-{number}-link")
        for number, age in enumerate(ages, 1)
    ]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("profile-7-link", 7),
        ("profile-7-links", None),
        ("profile-x-link", None),
        ("profile-2-7-link", None),
        ("other-7-link", None),
        ("profile", None),
    ],
)
def test_links_are_recognised(name: str, number: int | None) -> None:
    assert generation_number("profile", name) == number


@pytest.mark.parametrize(
    ("older_than", "current", "gone"),
    [
        (None, 4, [1, 2, 3]),
        (None, 2, [1, 3, 4]),
        ("+1", 4, [1, 2, 3]),
        ("+2", 4, [1, 2]),
        ("+9", 4, []),
        ("+1", 2, [1]),
        ("25d", 4, [1]),
        ("15d", 4, [1, 2]),
        ("1d", 4, [1, 2, 3]),
        ("1d", 1, [2, 3]),
        ("50d", 4, []),
    ],
)
def test_as_nix_does(older_than: str | None, current: int, gone: list[int]) -> None:
    chosen = generations_to_delete(links(40, 30, 20, 10), current, older_than, NOW)
    assert [one.number for one in chosen] == gone


@given(
    st.lists(st.integers(0, 100), max_size=8),
    st.integers(1, 8),
    st.one_of(st.none(), st.integers(1, 99).map("{}d".format), st.integers(1, 99).map("+{}".format)),
)
def test_the_current_one_always_stays(ages: list[int], current: int, older_than: str | None) -> None:
    all_links = links(*ages)
    chosen = generations_to_delete(all_links, current, older_than, NOW)
    assert current not in {one.number for one in chosen}
    assert {one.number for one in chosen} <= {one.number for one in all_links}


def test_other_words_are_refused() -> None:
    with pytest.raises(ValueError):
        generations_to_delete(links(1), 1, "everything", NOW)
