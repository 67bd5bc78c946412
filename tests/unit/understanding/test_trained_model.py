"""The shipped model on lines that it was not trained on, and whether it belongs to the examples beside it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation import Answered, shares
from example_lines import OUT_OF_SCOPE, BadExampleError, ExampleLine, read_examples, read_folder, single
from model_checksums import checksum
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.resources import resource
from nixforhumanity.understanding.by_model import UNTRAINED
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.model.trained_model import TrainedModel, folder_of
from nixforhumanity.understanding.normalise import normalise
from project import CHECKOUT

HELD_BACK = CHECKOUT / "tests/understanding"
EXAMPLES = resource("sentences", "en", "examples")


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    model = TrainedModel(resource("models", "en"))
    model.load_encoder()
    return model


@pytest.fixture(scope="module")
def held_back(request: pytest.FixtureRequest) -> list[ExampleLine]:
    """All of the lines with --torture, else every fourth."""
    lines = [*read_folder(HELD_BACK / "development/en"), *read_folder(HELD_BACK / "fresh/en")]
    return single(lines)[:: 1 if request.config.getoption("--torture") else 4]


@pytest.fixture(scope="module")
def answered(model: TrainedModel, held_back: list[ExampleLine]) -> list[Answered]:
    return answers(model, held_back)


def answers(model: TrainedModel, lines: Sequence[ExampleLine], *, quick: bool = False) -> list[Answered]:
    return [Answered(line, model.likelihoods(normalise(line.text), quick=quick)) for line in lines]


def test_strangers_are_understood(answered: list[Answered]) -> None:
    found = shares(answered)
    assert found["in scope"][0] >= 0.96
    assert found["in scope, among three"][0] >= 0.98
    assert found["out of scope"][0] >= 0.9
    assert found["declined rightly"][0] >= 0.95
    assert found["dangerous"][0] == 1


def test_the_quick_half_alone_is_good_enough_to_begin_with(
    model: TrainedModel, held_back: list[ExampleLine]
) -> None:
    assert shares(answers(model, held_back, quick=True))["in scope"][0] >= 0.93


def test_of_what_is_not_ours_hardly_anything_is_acted_on(answered: list[Answered]) -> None:
    others = [row for row in answered if row.line.requests == (OUT_OF_SCOPE,)]
    acted = [
        row.line.text
        for row in others
        if row.found[0].request != OUT_OF_SCOPE and row.found[0].probability >= 0.6
    ]
    assert len(acted) <= max(1, len(others) // 100), acted


def test_its_probabilities_are_about_true(answered: list[Answered]) -> None:
    sure = [row for row in answered if row.found[0].probability >= 0.9]
    assert len(sure) > 0.7 * len(answered)
    assert sum(row.right for row in sure) / len(sure) >= 0.98


def test_the_model_belongs_to_the_examples_beside_it() -> None:
    folder = resource("models", "en")
    said = json.loads((folder / "checksums.json").read_text(encoding="utf-8"))
    there = {f"en/{path.name}": checksum(path) for path in EXAMPLES.glob("*.txt")}
    assert said["made_from"] == there, "the examples have changed: run 'make model'"
    files = {path.name: checksum(path) for path in folder.iterdir() if path.name != "checksums.json"}
    assert said["files"] == files


def test_every_request_has_a_hundred_examples_by_six_people() -> None:
    lines = single(read_folder(EXAMPLES))
    for request in set(catalogue()) - UNTRAINED - {OUT_OF_SCOPE}:
        mine = [line for line in lines if line.requests == (request,)]
        assert len(mine) >= 100, request
        assert len({line.writer for line in mine}) >= 6, request
    assert sum(line.requests == (OUT_OF_SCOPE,) for line in lines) >= 1500


def test_examples_name_known_requests_and_slots() -> None:
    for line in [*read_folder(EXAMPLES), *read_folder(HELD_BACK / "development/en")]:
        for request, slots in zip(line.requests, line.slots, strict=True):
            known = {slot.name for slot in catalogue()[request].slots}
            extra = set(slots) - known - {"protocol", "scope"}
            assert not extra, (line.writer, line.text, extra)


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt_BR", "ru", "zh_CN", "ja", "ar", "hi"])
def test_other_languages_have_examples_for_every_request(language: str) -> None:
    lines = single(read_folder(resource("sentences", language, "examples")))
    for request in set(catalogue()) - UNTRAINED - {OUT_OF_SCOPE}:
        assert sum(line.requests == (request,) for line in lines) >= 25, request
    assert all(line.requests[0] in catalogue() for line in lines)


def test_no_held_back_line_is_an_example() -> None:
    trained = {normalise(line.text) for line in read_folder(EXAMPLES)}
    for held_back in ("development", "fresh"):
        lines = read_folder(HELD_BACK / held_back / "en")
        same = [line.text for line in lines if normalise(line.text) in trained]
        assert len(same) <= len(lines) // 50, same


def test_a_line_that_breaks_the_format_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "w.txt"
    path.write_text("# w\n[greeting]\nplain: hi\nshouted: HI\n", encoding="utf-8")
    with pytest.raises(BadExampleError, match=r"w\.txt:4"):
        list(read_examples(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_themselves_are_understood_in_one_batch(
    language: str, request: pytest.FixtureRequest
) -> None:
    """All of the lines with --torture, else every tenth; by the n-grams, which are quick."""
    lines = single(read_folder(resource("sentences", language, "examples")))
    lines = lines[:: 1 if request.config.getoption("--torture") else 10]
    model = TrainedModel(resource("models", folder_of(language)))
    taken = [
        model.likelihoods(normalise(line.text, language=language), quick=True)[0].request for line in lines
    ]
    right = sum(found == line.requests[0] for found, line in zip(taken, lines, strict=True))
    assert right / len(lines) >= 0.97
