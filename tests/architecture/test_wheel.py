"""What an installation puts on a person's Python path."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from project import CHECKOUT, modules


@pytest.fixture(scope="module")
def names_in_the_wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = Path(folder).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_only_our_package_becomes_importable(names_in_the_wheel: list[str]) -> None:
    tops = {name.split("/")[0] for name in names_in_the_wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"nixforhumanity"}


def test_every_module_is_in_it(names_in_the_wheel: list[str]) -> None:
    assert {f"nixforhumanity/{module.label}" for module in modules()} <= set(names_in_the_wheel)


def test_the_data_and_the_licence_are_in_it(names_in_the_wheel: list[str]) -> None:
    assert "nixforhumanity/resources/requests.toml" in names_in_the_wheel
    assert any(name.endswith("/LICENSE") for name in names_in_the_wheel)


def test_nothing_that_only_a_checkout_needs_is_in_it(names_in_the_wheel: list[str]) -> None:
    assert [name for name in names_in_the_wheel if name.endswith(".pyc") or "/tests/" in name] == []
