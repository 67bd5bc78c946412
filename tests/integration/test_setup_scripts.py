"""What ``make setup`` does with virtual environments and system packages; fakes play pip and apt."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from project import CHECKOUT

SCRIPTS = CHECKOUT / "packaging" / "setup"
FAKE_PIP = """
import os, pathlib, sys
if "--version" in sys.argv:
    sys.exit()
with open(os.environ["PIP_LOG"], "a") as log:
    print(*sys.argv[1:], file=log)
match os.environ.get("PIP_FATE"):
    case "fails":
        sys.exit("no network")
    case "killed":
        os.kill(os.getppid(), 9)
        sys.exit(1)
if "--editable" in sys.argv:
    site = pathlib.Path(__file__).parents[1]
    (site / "nixforhumanity").mkdir(exist_ok=True)
    (site / "nixforhumanity/__init__.py").touch()
    info = site / "nix_for_humanity-0.1.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: nix-for-humanity\\nVersion: 0.1.0\\n")
    program = pathlib.Path(sys.prefix) / "bin/nix-for-humanity"
    program.write_text("#!/bin/sh\\necho started\\n")
    program.chmod(0o755)
"""
FAKE_PYTHON = """#!/bin/sh
case "$*" in
*"-m venv"*)
    for folder; do :; done
    {python} -I -m venv --without-pip "$folder" || exit 1
    for site in "$folder"/lib/python3*/site-packages; do cp -R {pip} "$site/pip"; done ;;
*) exec {python} "$@" ;;
esac
"""
PRESENT = "window library libc.so.6 a-debian a-fedora an-arch\n"
MISSING = f"""{PRESENT}
window library libnosuch.so.9 libnosuch9 nosuch-libs nosuch
test program no-such-tool tool tool tool
"""
TOOLS = (
    *("bash", "cat", "cut", "grep", "sort", "tr", "awk", "dirname", "mkdir", "rm", "sha256sum", "env"),
    *("cp", "true", "flock"),
)


@dataclass(frozen=True)
class FakeCheckout:
    """A checkout that holds nothing but the set-up scripts."""

    root: Path
    environment: dict[str, str]

    def setup(self, *kinds: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run the set-up and return what it said."""
        return subprocess.run(
            ["bash", self.root / "packaging/setup/setup.sh", *(kinds or ("run",))],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def pip_calls(self) -> list[str]:
        """Return what pip was asked since the last time."""
        log = Path(self.environment["PIP_LOG"])
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def table(self, text: str) -> None:
        """Say what the system has to bring."""
        (self.root / "packaging/setup/system-packages.txt").write_text(text)


@pytest.fixture
def checkout(tmp_path: Path) -> FakeCheckout:
    root = tmp_path / "check out"  # a blank in the path must not matter
    shutil.copytree(SCRIPTS, root / "packaging/setup")
    (root / "pyproject.toml").write_text("[project]\n")
    (root / "constraints.txt").write_text("a==1\n")
    pip = tmp_path / "pip"
    pip.mkdir()
    (pip / "__init__.py").touch()
    (pip / "__main__.py").write_text(FAKE_PIP)
    python = tmp_path / "fake-python"
    python.write_text(FAKE_PYTHON.format(python=sys.executable, pip=pip))
    python.chmod(0o755)
    made = FakeCheckout(root, {**os.environ, "PYTHON": str(python), "PIP_LOG": str(tmp_path / "pip.log")})
    made.table(PRESENT)
    return made


@pytest.fixture
def ready(checkout: FakeCheckout) -> FakeCheckout:
    done = checkout.setup()
    assert done.returncode == 0, done.stderr
    checkout.pip_calls()
    return checkout


def test_the_first_start_installs_the_pinned_versions(checkout: FakeCheckout) -> None:
    done = checkout.setup()
    assert done.returncode == 0, done.stderr
    calls = checkout.pip_calls()
    assert any("--editable" in call and "--no-build-isolation" in call for call in calls)
    assert all(f"--constraint {checkout.root}/constraints.txt" in call for call in calls)
    assert "--group" not in " ".join(calls)
    assert (checkout.root / ".venv/bin/nix-for-humanity").exists()


def test_the_second_start_installs_nothing_and_says_nothing(ready: FakeCheckout) -> None:
    started = time.perf_counter()
    done = ready.setup(PIP_FATE="fails")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert ready.pip_calls() == []
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_list_of_packages_is_installed_into_the_same_environment(
    ready: FakeCheckout, name: str
) -> None:
    kept = ready.root / ".venv/kept"
    kept.touch()
    (ready.root / name).write_text("# changed\n")
    assert ready.setup().returncode == 0
    assert len(ready.pip_calls()) == 3
    assert kept.exists()


def test_what_tests_need_is_added_later(ready: FakeCheckout) -> None:
    assert ready.setup("run", "test").returncode == 0
    assert any("--group test" in call for call in ready.pip_calls())
    assert ready.setup("run", "test").returncode == 0
    assert ready.pip_calls() == []


@pytest.mark.parametrize("lost", ["bin/python", "bin/nix-for-humanity", "pyvenv.cfg", "lib"])
def test_a_damaged_environment_is_made_again(ready: FakeCheckout, lost: str) -> None:
    path = ready.root / ".venv" / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = ready.setup()
    assert done.returncode == 0, done.stderr
    assert "Making it again" in done.stderr
    assert path.exists()


def test_a_set_up_that_was_killed_begins_anew(checkout: FakeCheckout) -> None:
    assert checkout.setup(PIP_FATE="killed").returncode != 0
    done = checkout.setup()
    assert done.returncode == 0, done.stderr
    assert "was not finished" in done.stderr


def test_a_failed_download_says_so_and_can_be_taken_up_again(checkout: FakeCheckout) -> None:
    failed = checkout.setup(PIP_FATE="fails")
    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    again = checkout.setup()
    assert again.returncode == 0, again.stderr
    assert "Making" not in again.stderr


def test_a_moved_checkout_is_set_up_again(ready: FakeCheckout) -> None:
    moved = FakeCheckout(ready.root.with_name("moved"), ready.environment)
    ready.root.rename(moved.root)
    assert moved.setup().returncode == 0
    assert moved.pip_calls()


@pytest.fixture
def programs(tmp_path: Path, checkout: FakeCheckout) -> Path:
    """Give the folder of the only programs that the scripts find; a person who is not root, without sudo."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    write_program(folder / "id", "echo 1000")
    checkout.environment["PATH"] = str(folder)
    checkout.table(MISSING)
    return folder


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_without_rights_the_exact_line_is_said(checkout: FakeCheckout, programs: Path) -> None:
    write_program(programs / "apt-get", "exit 9")
    write_program(programs / "sudo", "exit 1")
    done = checkout.setup()
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends libnosuch9\n" in done.stderr
    assert "libnosuch.so.9" in done.stderr
    assert checkout.pip_calls() == []


def test_without_apt_the_names_for_other_systems_are_said(checkout: FakeCheckout, programs: Path) -> None:
    done = checkout.setup()
    assert done.returncode == 1
    assert "dnf install nosuch-libs" in done.stderr
    assert "pacman -S --needed nosuch" in done.stderr


def test_without_apt_all_goes_on_when_nothing_is_missing(checkout: FakeCheckout, programs: Path) -> None:
    checkout.table(PRESENT)
    done = checkout.setup()
    assert done.returncode == 0, done.stderr


def test_with_rights_only_what_is_missing_is_installed(checkout: FakeCheckout, programs: Path) -> None:
    log = programs / "log"
    libraries = programs / "libraries"
    libraries.mkdir()
    write_program(programs / "sudo", '[ "$1" = -n ] && shift; exec "$@"')
    write_program(
        programs / "apt-get",
        f'echo "$@" >>"{log}"; case "$*" in *install*) : >"{libraries}/libnosuch.so.9" ;; esac',
    )
    done = checkout.setup(LD_LIBRARY_PATH=str(libraries))
    assert done.returncode == 0, done.stderr
    update, install = log.read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("--no-install-recommends libnosuch9")


def test_what_only_tests_need_is_asked_for_by_tests_only(checkout: FakeCheckout, programs: Path) -> None:
    assert "no-such-tool" not in checkout.setup("run").stderr
    assert "no-such-tool" in checkout.setup("run", "test").stderr


def test_an_old_python_is_named(checkout: FakeCheckout, tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    write_program(old, 'case "$*" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    done = checkout.setup(PYTHON=str(old))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed. Found here: Python 3.9.2" in done.stderr


def test_a_python_without_venv_is_named(checkout: FakeCheckout, tmp_path: Path) -> None:
    bare = tmp_path / "bare-python"
    write_program(bare, 'case "$*" in *ensurepip*) exit 1 ;; esac')
    done = checkout.setup(PYTHON=str(bare))
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
