"""Reads between.toml: what stands between requests and names, and what turns a request round."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from nixforhumanity.core.resources import resource


@cache
def between_requests(language: str) -> re.Pattern[str]:
    """Return what stands between two requests in a line of a language; English for one that has none."""
    rows = _rows()
    return re.compile(rows.get(language, rows["en"]))


def between_names(language: str) -> str | None:
    """Return the regular expression of what stands between two names of a list, beside signs."""
    found: str | None = _rows()["names"].get(language)
    return found


@cache
def negated(language: str) -> re.Pattern[str] | None:
    """Return what a line looks like that asks that something be not done."""
    pattern = _rows()["negated"].get(language)
    return None if pattern is None else re.compile(pattern)


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(resource("understanding", "between.toml").read_text(encoding="utf-8"))
