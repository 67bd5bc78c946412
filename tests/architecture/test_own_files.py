"""What must not stand in any file of the project."""

import re
from pathlib import Path

import pytest

from project import CHECKOUT, own_files

FORBIDDEN = {
    "a package registry": re.compile(
        r"https?://[a-z0-9.-]*(?:pypi|pythonhosted|npmjs|debian)", re.IGNORECASE
    ),
    "a registry's host": re.compile(
        r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org)\b"
    ),
    "a path of one machine": re.compile(r"(?:^|[^A-Za-z0-9.}])/(?:work|farm)/[a-z.]+", re.MULTILINE),
}
MOST_BYTES = 1_000_000


def offences(text: str) -> list[str]:
    found = ((what, pattern.search(text)) for what, pattern in FORBIDDEN.items())
    return [f"{what}: {match.group().strip()}" for what, match in found if match]


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = {}
    for path in own_files():
        if path == Path(__file__):
            continue  # it has to name what it looks for
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or another binary file
        if problems := offences(text):
            found[path.relative_to(CHECKOUT).as_posix()] = problems
    assert found == {}


@pytest.mark.parametrize(
    "text", ["see https://py" + "pi.org/simple", "cd /wo" + "rk/main", "from files.python" + "hosted.org"]
)
def test_the_search_finds(text: str) -> None:
    assert offences(text)


def test_the_search_leaves_other_words_alone() -> None:
    assert offences("https://cache.nixos.org and frame/work/er, wor/king, https://crates.io") == []


def test_only_data_is_large() -> None:
    sizes = {path.relative_to(CHECKOUT).as_posix(): path.stat().st_size for path in own_files()}
    large = {name: size for name, size in sizes.items() if size > MOST_BYTES}
    assert [name for name in large if not name.startswith("resources/")] == []
