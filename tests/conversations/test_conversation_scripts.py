"""Every conversation script is held against the real assistant with the shipped index and model."""

from functools import cache
from pathlib import Path

import pytest

from conversation_runner import Models, run_script
from conversation_script import read_script
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.understanding.model.trained_model import TrainedModel, folder_of

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("*/*.txt"))


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    folder = tmp_path_factory.mktemp("index")
    build_index(PackageIndex.file_in(folder))
    index = PackageIndex.open(folder)
    assert index.complete
    return index


@pytest.fixture(scope="module")
def models(finder: PackageIndex) -> Models:
    @cache
    def in_folder(name: str) -> TrainedModel:
        is_name = (lambda word: any(m.score >= 1 for m in finder.resolve(word, 1))) if name == "en" else None
        model = TrainedModel(resource("models", name), is_name)
        model.load_encoder()
        return model

    return lambda language: in_folder(folder_of(language))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_the_conversation_goes_as_its_script_says(
    path: Path, tmp_path: Path, finder: PackageIndex, models: Models
) -> None:
    assert await run_script(read_script(path), tmp_path, finder, models) == []
