"""What is asked for in pyproject.toml has an exact version in constraints.txt."""

import re
import tomllib

from project import CHECKOUT


def plain_name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]).lower()


def pinned() -> set[str]:
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    return {plain_name(line) for line in pins}


def test_everything_asked_for_is_pinned() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        asked += [one for one in group if isinstance(one, str)]
    assert {plain_name(one) for one in asked} - pinned() == set()
