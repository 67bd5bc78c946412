"""A talk over a computer in memory."""

from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


@pytest.fixture(scope="session")
def finder() -> PackageIndex:
    return PackageIndex.from_facts(FakeHost().packages.values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
