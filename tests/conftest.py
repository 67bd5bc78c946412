"""What holds for every test: the real home is not touched, chance is repeatable, nothing outlives the run."""

import os
import random
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from desktop import PrivateDesktop, private_folders
from removing import remove_tree

# Before the program or Qt is imported: libraries remember these folders.
ROOT = Path(tempfile.mkdtemp(prefix="nfh-"))
os.environ.update(
    private_folders(ROOT),
    LC_ALL="C.UTF-8",
    LANG="C.UTF-8",
    NO_PROXY="localhost,127.0.0.1,::1",
    no_proxy="localhost,127.0.0.1,::1",
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    QT_QPA_PLATFORM="offscreen",
    OPENBLAS_NUM_THREADS="1",
)
for name in (
    *("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "LANGUAGE"),
    *("NIX_PATH", "NIX_REMOTE", "NIX_PROFILES", "NIX_CONFIG", "NIX_USER_PROFILE_DIR"),
):
    os.environ.pop(name, None)

pytest_plugins = ["leak_watch", "skip_ledger", "throwaway_nix"]

SEED = pytest.StashKey[int]()
EVERYDAY_SEED = 1
EVERYDAY_SHARE = 10  # an everyday run does one in so many of what a torture run does


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this project's tests."""
    group = parser.getgroup("nix for humanity")
    group.addoption(
        "--torture", action="store_true", help="run tests that scale a count in full, with a seed by chance"
    )
    group.addoption(
        "--seed", type=int, help="the seed for everything random (default: fixed, or by chance for torture)"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed and what Hypothesis does with it."""
    torture: bool = config.getoption("--torture")
    seed: int | None = config.getoption("--seed")
    by_chance = torture and seed is None
    config.stash[SEED] = secrets.randbelow(2**32) if by_chance else EVERYDAY_SEED if seed is None else seed
    everyday_examples = hypothesis.settings.get_profile("default").max_examples
    hypothesis.settings.register_profile(
        "ci", deadline=None, derandomize=True, database=None, print_blob=True
    )
    hypothesis.settings.register_profile(
        "torture",
        deadline=None,
        database=None,
        print_blob=True,
        max_examples=everyday_examples * EVERYDAY_SHARE,
    )
    hypothesis.settings.load_profile("torture" if torture else "ci")
    if torture and config.getoption("--hypothesis-seed") is None:
        config.option.hypothesis_seed = str(config.stash[SEED])


def pytest_report_header(config: pytest.Config) -> str:
    """Say how to have the same run again."""
    kind = "torture" if config.getoption("--torture") else "everyday"
    return f"{kind} run, seed {config.stash[SEED]} (again with: --seed {config.stash[SEED]})"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Remove this run's home."""
    remove_tree(ROOT)


@pytest.fixture
def seeded_random(request: pytest.FixtureRequest) -> random.Random:
    """Give random numbers that are the same for this test and seed, alone or among other tests."""
    return random.Random(f"{request.config.stash[SEED]} {request.node.nodeid}")


@pytest.fixture(scope="session")
def torture_count(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Give the function that turns a full count into the one to use: all for torture, else a tenth."""
    if request.config.getoption("--torture"):
        return lambda full: full
    return lambda full: max(1, full // EVERYDAY_SHARE)


@pytest.fixture(scope="session")
def desktop() -> Iterator[PrivateDesktop]:
    """Give the private desktop that this run's window tests share."""
    with PrivateDesktop() as private_desktop:
        yield private_desktop
