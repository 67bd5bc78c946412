"""The shipped model of nine languages on lines that it was not trained on, and what it was made from."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evaluation import Answered, shares
from example_lines import OUT_OF_SCOPE, ExampleLine, read_folder, single
from model_checksums import checksum
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.by_model import UNTRAINED
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.model.trained_model import TrainedModel
from nixforhumanity.understanding.normalise import normalise
from project import CHECKOUT

OTHERS = [language for language in LANGUAGES if language != "en"]
HELD_BACK = CHECKOUT / "tests/understanding"


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    model = TrainedModel(resource("models", "many"))
    model.load_encoder()
    return model


@pytest.fixture(scope="module")
def answered(model: TrainedModel, request: pytest.FixtureRequest) -> dict[str, list[Answered]]:
    """All of the lines with --torture, else every fourth."""
    step = 1 if request.config.getoption("--torture") else 4
    return {language: answers(model, language, held_back(language)[::step]) for language in OTHERS}


def held_back(language: str) -> list[ExampleLine]:
    parts = (HELD_BACK / "development" / language, HELD_BACK / "fresh" / language)
    return single([line for part in parts for line in read_folder(part)])


def answers(
    model: TrainedModel, language: str, lines: list[ExampleLine], *, quick: bool = False
) -> list[Answered]:
    return [
        Answered(line, model.likelihoods(normalise(line.text, language=language), quick=quick))
        for line in lines
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_strangers_are_understood(answered: dict[str, list[Answered]], language: str) -> None:
    found = shares(answered[language])
    assert found["in scope"][0] >= 0.88
    assert found["in scope, among three"][0] >= 0.94


def test_strangers_are_understood_in_all_languages_together(answered: dict[str, list[Answered]]) -> None:
    found = shares([row for rows in answered.values() for row in rows])
    assert found["in scope"][0] >= 0.95
    assert found["out of scope"][0] >= 0.85
    assert found["declined rightly"][0] >= 0.95


def test_of_what_is_not_ours_little_is_acted_on(answered: dict[str, list[Answered]]) -> None:
    others = [row for rows in answered.values() for row in rows if row.line.requests == (OUT_OF_SCOPE,)]
    acted = [
        r.line.text for r in others if r.found[0].request != OUT_OF_SCOPE and r.found[0].probability >= 0.6
    ]
    assert len(acted) <= len(others) // 25, acted


def test_the_quick_half_alone_is_good_enough_to_begin_with(model: TrainedModel) -> None:
    rows = [row for name in OTHERS for row in answers(model, name, held_back(name)[::4], quick=True)]
    assert shares(rows)["in scope"][0] >= 0.85


def test_the_model_belongs_to_the_examples_beside_it() -> None:
    folder = resource("models", "many")
    said = json.loads((folder / "checksums.json").read_text(encoding="utf-8"))
    there = {f"{name}/{path.name}": checksum(path) for name in LANGUAGES for path in examples(name)}
    assert said["made_from"] == there, "the examples have changed: run 'make model'"
    files = {path.name: checksum(path) for path in folder.iterdir() if path.name != "checksums.json"}
    assert said["files"] == files


@pytest.mark.parametrize("language", OTHERS)
def test_every_request_has_examples_by_two_people(language: str) -> None:
    lines = single(read_folder(resource("sentences", language, "examples")))
    counted = Counter(line.requests[0] for line in lines)
    assert min(counted[request] for request in set(catalogue()) - UNTRAINED - {OUT_OF_SCOPE}) >= 36
    assert counted[OUT_OF_SCOPE] >= 400
    assert len({line.writer for line in lines if line.requests != (OUT_OF_SCOPE,)}) >= 2


@pytest.mark.parametrize("language", OTHERS)
def test_no_held_back_line_is_among_the_examples(language: str) -> None:
    learned = {line.text.casefold() for line in read_folder(resource("sentences", language, "examples"))}
    assert [line.text for line in held_back(language) if line.text.casefold() in learned] == []


def examples(language: str) -> list[Path]:
    return sorted(resource("sentences", language, "examples").glob("*.txt"))
