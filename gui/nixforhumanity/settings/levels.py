"""What each feature of the window does at each level: reads resources/levels.toml."""

import tomllib
from functools import cache
from typing import Literal

from nixforhumanity.core.resources import resource
from nixforhumanity.settings.declarations import LEVELS, Level

Feature = Literal[
    "words",
    "explain_words",
    "plan_card_open",
    "suggestions",
    "known_mistakes",
    "output",
    "edit_before_running",
    "tips",
    "help",
    "next_level",
]


def level_feature(feature: Feature, level: str) -> str:
    """Return how a feature behaves at a level; a level we do not know counts as the first.

    Features ask for their own row and never for the level's name. Raises KeyError for an unknown feature.
    """
    return _table()[feature][as_level(level)]


def as_level(text: str) -> Level:
    """Return the level of that name, or the first one."""
    return next((level for level in LEVELS if level == text), LEVELS[0])


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads(resource("levels.toml").read_text(encoding="utf-8"))
    return table
