"""A shell with some packages: the exact versions, a command that works, and a terminal where there is one."""

import subprocess
from pathlib import Path

import pytest

from nixforhumanity.assistant.host import OpenedShell
from nixforhumanity.core.errors import UserError
from nixforhumanity.nix.commands import NixCommands
from nixforhumanity.nix.practice import PracticeSystem
from nixforhumanity.nix.profiles import ProfileTool
from nixforhumanity.nix.sources import ChannelSource, FlakeSource
from nixforhumanity.nix.version import NixFamily, NixVersion, capabilities_of
from nixforhumanity.system.host_detection import practice_host
from waiting import wait_until

SCIENCE = ("python3", "python3Packages.numpy", "python3Packages.scipy")


def commands(source: FlakeSource | ChannelSource) -> NixCommands:
    return NixCommands(
        capabilities=capabilities_of(NixVersion(NixFamily.NIX, (2, 18, 0))),
        tool=ProfileTool.NIX_PROFILE,
        source=source,
        store_folder="/nix/store",
        profile=None,
        enable_features=False,
    )


def test_the_commands_for_each_source() -> None:
    channel, flake = commands(ChannelSource("nixpkgs", "/x/nixpkgs")), commands(FlakeSource())
    assert flake.shell(("ripgrep", "jq")) == ("nix", "shell", "nixpkgs#ripgrep", "nixpkgs#jq")
    assert channel.shell(("ripgrep", "jq")) == ("nix-shell", "-p", "ripgrep", "jq")
    python = "python3.withPackages (ps: [ ps.numpy ps.scipy ])"
    assert channel.shell(SCIENCE) == ("nix-shell", "-p", python)
    assert channel.shell((*SCIENCE, "jq")) == ("nix-shell", "-p", python, "jq")
    assert flake.shell(SCIENCE)[-1].endswith(python)
    assert flake.shell((*SCIENCE, "jq"))[-2:] == ("p0", "p1")


def test_nothing_but_names_of_packages_gets_into_a_command() -> None:
    for bad in ("jq; rm", "$(x)", "python3Packages.numpy ]) evil", "-f"):
        with pytest.raises(UserError):
            commands(FlakeSource()).shell(("python3Packages.scipy", bad))


def run_in(shell: OpenedShell, practice: PracticeSystem, *inside: str) -> str:
    environment = {**practice.environment, "PATH": "/usr/bin:/bin", "HOME": str(practice.profile.parent)}
    done = subprocess.run(
        [*shell.command, *inside], capture_output=True, text=True, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.nix
async def test_python_with_numpy_and_scipy(practice_system: PracticeSystem, tmp_path: Path) -> None:
    host = practice_host(
        practice_system, tmp_path, environment={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    )
    shell = await host.open_shell(SCIENCE)
    assert not shell.opened
    versions = dict(shell.versions)
    printed = run_in(
        shell,
        practice_system,
        "--run",
        "python3 -c 'import numpy, scipy; print(numpy.__version__, scipy.__version__)'",
    )
    assert printed.split() == [versions["python3Packages.numpy"], versions["python3Packages.scipy"]]


@pytest.mark.nix
async def test_tools_of_the_terminal(practice_system: PracticeSystem, tmp_path: Path) -> None:
    host = practice_host(
        practice_system, tmp_path, environment={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    )
    shell = await host.open_shell(("ripgrep", "jq"))
    printed = run_in(shell, practice_system, "--command", "sh", "-c", "command -v rg; command -v jq")
    assert len(printed.split()) == 2
    assert dict(shell.versions)["jq"] in printed
    assert list(await host.generations()) == [], "nothing is installed"


@pytest.mark.nix
async def test_an_unknown_tool_is_refused(practice_system: PracticeSystem, tmp_path: Path) -> None:
    host = practice_host(
        practice_system, tmp_path, environment={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    )
    with pytest.raises(UserError):
        await host.open_shell(("ripgrep", "nosuchthing"))


@pytest.mark.nix
async def test_a_terminal_is_opened_where_there_is_one(
    practice_system: PracticeSystem, tmp_path: Path
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    terminal = programs / "xterm"
    terminal.write_text(f'#!/bin/sh\nshift 2\n"$@" --command sh -c "command -v jq > {tmp_path}/found"\n')
    terminal.chmod(0o755)
    environment = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path), "DISPLAY": ":99"}
    shell = await practice_host(practice_system, tmp_path, environment=environment).open_shell(("jq",))
    assert shell.opened
    found = tmp_path / "found"
    wait_until(lambda: found.exists() and "jq" in found.read_text(), "the terminal has found jq", 60)
