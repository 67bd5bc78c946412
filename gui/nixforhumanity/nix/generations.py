"""Generations of a profile, as its links name them, and which of them a clean-up would delete."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_NUMBER = re.compile(r"-([0-9]{1,9})-link\Z")
_DAYS = re.compile(r"([1-9][0-9]{0,4})d\Z")
_COUNT = re.compile(r"\+([1-9][0-9]{0,3})\Z")


@dataclass(frozen=True, slots=True)
class GenerationLink:
    """One link `PROFILE-N-link`."""

    number: int
    at: datetime
    """When the link was made; aware, UTC."""
    target: str
    """The store path it points to."""
    link: str
    """Absolute path of the link."""


def generation_number(profile_name: str, link_name: str) -> int | None:
    """Return the N of `PROFILE-N-link`; None when the link belongs to something else."""
    if not link_name.startswith(profile_name):
        return None
    found = _NUMBER.fullmatch(link_name[len(profile_name) :])
    return int(found[1]) if found else None


def generations_to_delete(
    generations: Sequence[GenerationLink], current: int | None, older_than: str | None, now: datetime
) -> list[GenerationLink]:
    """Return those that Nix deletes for `14d`, `+5`, or all but the current one (None), oldest first.

    The current one always stays. For days, the one that was in use at that time stays too. For a count, newer
    ones than the current do not count and stay.
    """
    newest_first = sorted(generations, key=lambda one: one.number, reverse=True)
    if older_than is None:
        chosen = [one for one in newest_first if one.number != current]
    elif found := _DAYS.match(older_than):
        chosen = _older_than(newest_first, now - timedelta(days=int(found[1])), current)
    elif found := _COUNT.match(older_than):
        chosen = _beyond_count(newest_first, int(found[1]), current)
    else:
        raise ValueError(f"neither days nor a count: {older_than!r}")
    return chosen[::-1]


def _older_than(
    newest_first: list[GenerationLink], limit: datetime, current: int | None
) -> list[GenerationLink]:
    first_old = next((index for index, one in enumerate(newest_first) if one.at < limit), None)
    if first_old is None:
        return []
    return [one for one in newest_first[first_old + 1 :] if one.number != current]


def _beyond_count(newest_first: list[GenerationLink], keep: int, current: int | None) -> list[GenerationLink]:
    older = [one for one in newest_first if current is not None and one.number < current]
    return older[keep - 1 :]
