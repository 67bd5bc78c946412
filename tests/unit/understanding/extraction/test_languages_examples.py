"""A sample of the example lines of every language: most slots are found, and no value is a made-up one."""

from pathlib import Path

import pytest

from example_lines import ExampleLine, read_folder, single
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.slots import CERTAIN
from span_training import same_words

SENTENCES = Path(__file__).parents[4] / "resources" / "sentences"
LANGUAGES = ("de", "es", "fr", "pt_BR", "ru", "zh_CN", "ja", "ar", "hi")
_FLOOR = 0.88
_EACH = 11
"""Every so many lines one is looked at."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    folder: Path = tmp_path_factory.mktemp("index")
    build_index(PackageIndex.file_in(folder))
    return PackageIndex.open(folder)


def _is_right(line: ExampleLine, index: PackageIndex, language: str) -> bool:
    found = extract(line.requests[0], line.text, index, language).values
    wanted = line.slots[0]
    return set(found) == set(wanted) and all(_same(slot, wanted[slot], found[slot], index) for slot in wanted)


def _same(slot: str, wanted: str, found: object, index: PackageIndex) -> bool:
    if isinstance(found, list):
        return [_canonical(name, index) for name in wanted.split(",")] == found
    if slot in ("package", "dependency"):
        return _canonical(wanted, index) == found
    return same_words(wanted, str(found))


def _canonical(name: str, index: PackageIndex) -> str:
    best = index.resolve(name)
    return best[0].attribute if best and best[0].score >= CERTAIN else name


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_slots_of_the_examples_are_right(language: str, index: PackageIndex) -> None:
    lines = [
        line
        for line in single(read_folder(SENTENCES / language / "examples"))
        if line.requests[0] in catalogue() and catalogue()[line.requests[0]].slots
    ][::_EACH]
    right = [_is_right(line, index, language) for line in lines]
    assert len(lines) > 100
    assert sum(right) / len(right) >= _FLOOR
