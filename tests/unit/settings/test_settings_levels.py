"""The table of levels is complete, and an unknown level is the first one."""

import tomllib
from typing import get_args

import pytest

from nixforhumanity.core.resources import resource
from nixforhumanity.settings.declarations import LEVELS
from nixforhumanity.settings.levels import Feature, as_level, level_feature

FEATURES: tuple[Feature, ...] = get_args(Feature)


def test_the_file_has_exactly_the_declared_features_each_at_every_level() -> None:
    table = tomllib.loads(resource("levels.toml").read_text(encoding="utf-8"))
    assert set(table) == set(FEATURES)
    for row in table.values():
        assert tuple(row) == LEVELS
        assert all(isinstance(value, str) and value for value in row.values())


def test_a_plan_card_opens_further_at_each_level() -> None:
    opened = [level_feature("plan_card_open", level) for level in LEVELS]
    assert opened == ["sentence", "changes", "everything"]


def test_an_unknown_level_counts_as_the_first() -> None:
    assert as_level("wizard") == "beginner"
    assert level_feature("suggestions", "wizard") == "buttons"


def test_an_unknown_feature_is_an_error() -> None:
    with pytest.raises(KeyError):
        level_feature("no_such_feature", "expert")  # type: ignore[arg-type]
