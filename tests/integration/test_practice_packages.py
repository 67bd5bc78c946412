"""The practice packages on a real Nix: each evaluates, builds, starts and goes wrong as the real ones do."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import PracticeSystem, prepare_practice

pytestmark = pytest.mark.nix

PROMISED = set(
    re.findall(
        r"\S+",
        """
        hello cowsay tree htop ripgrep fd bat jq git vim neovim nano emacs firefox chromium
        thunderbird gimp krita darktable inkscape blender vlc mpv audacity obs-studio
        libreoffice evince zathura jitsi-meet-electron signal-desktop telegram-desktop
        element-desktop keepassxc syncthing transmission_4-gtk python3 nodejs gcc cargo rustc go
        ffmpeg yt-dlp gnome-calculator supertux supertuxkart tuxpaint gcompris vscode
        google-chrome discord spotify openssl_1_1 python3Packages.numpy python3Packages.scipy
        brokenpkg failing noout hashmismatch slow editor editor-gtk
        """,
    )
)
UNFREE = {"vscode", "google-chrome", "discord", "spotify", "steam", "zoom-us", "obsidian"}
FAULTY = {"failing", "noout", "hashmismatch"}
ERRORS = {
    "abort": "evaluation aborted",
    "assertion": r"assertion '\(1 == 2\)' failed",
    "coerce": "cannot coerce a set to a string",
    "extraarg": "called with unexpected argument 'c'",
    "inf": "infinite recursion",
    "int": "division by zero",
    "listplus": "while a list was expected|expected a list but found",
    "missingarg": "called without required argument 'a'",
    "missingattr": "attribute 'b' missing",
    "nixpath": "file 'no-such-channel' was not found in the Nix search path",
    "nofile": "does-not-exist.nix'?.*(No such file|does not exist)",
    "notfn": "attempt to call something which is not a function",
    "syntax": "syntax error, unexpected '='",
    "typemismatch": "cannot add a string to an integer",
    "undefined": "undefined variable 'vim'",
}


@dataclass(frozen=True)
class Practice:
    """A practice system and a caller's environment that it must not depend on."""

    system: PracticeSystem
    caller: Mapping[str, str]

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the practice system."""
        return subprocess.run(
            command,
            env={**self.caller, **self.system.environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def output(self, *command: str, **more: str) -> str:
        """Run a command that must succeed and return what it printed."""
        done = self.run(*command, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refusal(self, *command: str, **more: str) -> str:
        """Run a command that must fail and return its error."""
        done = self.run(*command, **more)
        assert done.returncode != 0, done.stdout
        return done.stderr

    def flake(self, attribute: str) -> str:
        """Return the flake address of a package."""
        return f"path:{self.system.packages}#{attribute}"

    def facts(self) -> dict[str, dict[str, object]]:
        """Return what a listing of all packages tells."""
        listing = self.output("nix-env", "-f", str(self.system.packages), "-qaP", "--json", "--meta")
        facts: dict[str, dict[str, object]] = json.loads(listing)
        return facts


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """One practice system for the whole file, so that each package is built once."""
    folder = tmp_path_factory.mktemp("practice")
    system = prepare_practice(folder / "root", resource("practice"))
    (folder / "caller").mkdir()
    caller = {"PATH": os.environ["PATH"], "HOME": str(folder / "caller"), "LANG": "C.UTF-8", "NO_COLOR": "1"}
    yield Practice(system, caller)
    system.remove()
    assert not system.root.exists()


@pytest.fixture
def own_practice(tmp_path: Path, practice: Practice) -> Iterator[Practice]:
    """A practice system for one test, for what changes the system."""
    system = prepare_practice(tmp_path / "root", resource("practice"))
    yield Practice(system, practice.caller)
    system.remove()


@pytest.fixture(scope="module")
def built(practice: Practice) -> dict[str, Path]:
    """Attribute to output of every package that can be built, by one call of Nix."""
    names = [name for name in practice.facts() if name not in FAULTY]
    chosen = " ".join(f'{{ name = "{name}"; path = set.{name}; }}' for name in names)
    expression = practice.system.root / "home/everything.nix"
    expression.write_text(
        "let set = import <nixpkgs> { config = { allowUnfree = true; allowBroken = true; "
        'permittedInsecurePackages = [ "openssl-1.1.1w" ]; phaseSeconds = "0"; }; }; in '
        "derivation { "
        'name = "everything"; system = builtins.currentSystem; builder = "/bin/sh"; PATH = "/usr/bin:/bin"; '
        f'paths = map (entry: "${{entry.name}}=${{entry.path}}") [ {chosen} ]; '
        'args = [ "-c" "printf \'%s\\\\n\' $paths > $out" ]; }'
    )
    output = Path(practice.output("nix-build", "--no-out-link", str(expression)).strip())
    lines = [line.split("=", 1) for line in output.read_text().split()]
    assert len(lines) == len(names)
    return {name: Path(path) for name, path in lines}


def test_all_promised_packages_are_there(practice: Practice) -> None:
    facts = practice.facts()
    assert set(facts) >= PROMISED
    for name, package in facts.items():
        meta = package["meta"]
        assert isinstance(meta, dict)
        assert meta["description"], name
        assert meta["license"]["fullName"], name
        assert meta["category"], name
        assert meta["unfree"] is (name in UNFREE), name


def test_every_stand_in_says_what_it_stands_for(practice: Practice, built: dict[str, Path]) -> None:
    started = set()
    for name, package in practice.facts().items():
        meta = package["meta"]
        assert isinstance(meta, dict)
        if name not in built or "mainProgram" not in meta or name == "bash":
            continue
        done = practice.run(str(built[name] / "bin" / meta["mainProgram"]))
        assert done.returncode == 0, (name, done.stderr)
        said = done.stdout + done.stderr
        assert "This is the practice stand-in for " in said, name
        assert str(package["version"]) in said, name
        started.add(name)
    assert len(started) >= 70


def test_programs_with_a_window_are_in_the_menu(built: dict[str, Path]) -> None:
    entry = (built["gimp"] / "share/applications/gimp.desktop").read_text().splitlines()
    assert entry[0] == "[Desktop Entry]"
    assert {"Name=GIMP", "Exec=gimp", "Categories=Graphics;"} <= set(entry)
    assert not (built["ripgrep"] / "share/applications").exists()


def test_sizes_and_closures_are_true_to_life(practice: Practice, built: dict[str, Path]) -> None:
    sizes = {
        name: sum(f.stat().st_size for f in path.rglob("*") if f.is_file()) for name, path in built.items()
    }
    assert sizes["hello"] < 10_000
    assert 1_000_000 < sizes["blender"] < 2_500_000
    closures = {
        name: set(practice.output("nix-store", "-qR", str(built[name])).split())
        for name in ("gimp", "inkscape", "vlc")
    }
    assert str(built["gtk3"]) in closures["gimp"] & closures["inkscape"]
    assert str(built["glib"]) in set.intersection(*closures.values())
    assert str(built["qt6.qtbase"]) in closures["vlc"] - closures["gimp"]


def test_a_window_is_asked_for_where_there_is_a_display(
    practice: Practice, built: dict[str, Path], tmp_path: Path
) -> None:
    tool = tmp_path / "zenity"
    tool.write_text('#!/bin/sh\nprintf "%s|" "$@" > "$TOLD"\n')
    tool.chmod(0o755)
    told = tmp_path / "told"
    path = f"{tmp_path}:/usr/bin:/bin"
    practice.output(str(built["gimp"] / "bin/gimp"), PATH=path, DISPLAY=":77", TOLD=str(told))
    assert "|GIMP (practice)|" in told.read_text()
    assert "practice stand-in for GIMP 3.0.4" in told.read_text()
    told.unlink()
    practice.output(str(built["gimp"] / "bin/gimp"), PATH=path, TOLD=str(told))
    practice.output(str(built["ripgrep"] / "bin/rg"), PATH=path, DISPLAY=":77", TOLD=str(told))
    assert not told.exists()


def test_python_runs_and_with_packages_brings_modules(practice: Practice, built: dict[str, Path]) -> None:
    python = str(built["python3"] / "bin/python3")
    with_own_first = f"{built['python3']}/bin:{practice.caller['PATH']}"
    assert practice.output(python, "-c", "print(6 * 7)", PATH=with_own_first) == "42\n"
    assert practice.output(python, "--version").startswith("Python 3.13")
    expression = "with import <nixpkgs> { }; python3.withPackages (ps: with ps; [ numpy scipy ])"
    chosen = practice.output("nix-build", "--no-out-link", "-E", expression).strip()
    code = (
        "import numpy, scipy; print(numpy.__version__, scipy.__version__, numpy.mean(numpy.array([1, 2, 6])))"
    )
    assert practice.output(f"{chosen}/bin/python3", "-c", code) == "2.3.1 1.16.0 3.0\n"
    solving = (
        "import scipy; print(round(scipy.bisect(lambda x: x * x - 2, 0, 2), 6), scipy.integrate(abs, 0, 2))"
    )
    assert practice.output(f"{chosen}/bin/python3", "-c", solving) == "1.414214 2.0\n"


def test_installing_with_nix_env(own_practice: Practice) -> None:
    packages = str(own_practice.system.packages)
    own_practice.output("nix-env", "-f", packages, "-iA", "hello")
    own_practice.output("nix-env", "-f", packages, "-iA", "kdePackages.kate")
    assert own_practice.output("nix-env", "-q").split() == ["hello-2.12.1", "kate-25.04.3"]
    greeting = own_practice.output(str(own_practice.system.profile / "bin/hello"))
    assert greeting.startswith("Hello, world!\n")
    own_practice.output("nix-env", "--rollback")
    assert own_practice.output("nix-env", "-q").split() == ["hello-2.12.1"]


def test_installing_with_nix_profile_and_updating_to_the_next_release(own_practice: Practice) -> None:
    system = own_practice.system
    own_practice.output("nix", "profile", "install", own_practice.flake("htop"), "nixpkgs#hello")
    assert "htop 3.4.0" in own_practice.output(str(system.profile / "bin/htop"), "--version")
    system.set_release("b")
    own_practice.output("nix", "profile", "upgrade", ".*")
    assert "htop 3.4.1" in own_practice.output(str(system.profile / "bin/htop"), "--version")
    assert "GNU Hello 2.12.3" in own_practice.output(str(system.profile / "bin/hello"), "--version")
    history = own_practice.output("nix", "profile", "history")
    assert re.search(r"hello: 2\.12\.1 -> 2\.12\.3", history)


def test_release_b_has_newer_versions(own_practice: Practice) -> None:
    before = {name: package["version"] for name, package in own_practice.facts().items()}
    own_practice.system.set_release("b")
    after = {name: package["version"] for name, package in own_practice.facts().items()}
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert {"hello", "firefox", "gimp", "python3", "python3Packages.numpy", "gtk3"} <= changed
    assert {"cowsay", "tuxpaint", "evince"}.isdisjoint(changed)


def test_trying_without_installing(practice: Practice) -> None:
    assert "ripgrep 14.1.1" in practice.output("nix", "shell", "nixpkgs#ripgrep", "-c", "rg", "--version")
    assert "ripgrep 14.1.1" in practice.output("nix", "run", "nixpkgs#ripgrep", "--", "--version")
    assert "jq 1.7.1" in practice.output("nix-shell", "-p", "jq", "--run", "jq --version")


def test_development_shells(practice: Practice) -> None:
    project = practice.system.root / "home/project"
    project.mkdir()
    (project / "flake.nix").write_text(
        "{ outputs = { self, nixpkgs }: { devShells = builtins.mapAttrs (system: pkgs: { "
        'default = pkgs.mkShell { packages = [ pkgs.fd ]; shellHook = "export HOOKED=yes"; }; }) '
        "nixpkgs.legacyPackages; }; }"
    )
    said = practice.output(
        "nix", "develop", f"path:{project}", "-c", "sh", "-c", "fd --version; echo $HOOKED"
    )
    assert said == "fd 10.2.0 (practice stand-in)\nyes\n"


def test_the_flake_holds_together(practice: Practice) -> None:
    practice.output("nix", "flake", "check", "nixpkgs")
    found = json.loads(practice.output("nix", "search", "nixpkgs", "photos", "--json"))
    names = {name.split(".", 2)[2] for name in found}
    assert {"darktable", "gimp"} <= names
    packages = json.loads(
        practice.output(
            "nix",
            "eval",
            "--json",
            "nixpkgs#packages",
            "--apply",
            ("builtins.mapAttrs (system: builtins.attrNames)"),
        )
    )
    assert set(packages) == {"x86_64-linux", "aarch64-linux"}
    assert {"hello", "failing"} <= set(packages["aarch64-linux"])
    assert not UNFREE & set(packages["x86_64-linux"])


@pytest.mark.parametrize("name", sorted(UNFREE))
def test_unfree_packages_are_refused_until_allowed(practice: Practice, name: str) -> None:
    error = practice.refusal("nix-build", "--no-out-link", "<nixpkgs>", "-A", name)
    assert "has an unfree license (‘unfree’), refusing to evaluate" in error
    assert "programs/" in error
    assert practice.run("nix-instantiate", "<nixpkgs>", "-A", name, NIXPKGS_ALLOW_UNFREE="1").returncode == 0


def test_unfree_packages_with_a_flake(practice: Practice) -> None:
    assert "has an unfree license" in practice.refusal("nix", "build", "--no-link", "nixpkgs#vscode")
    practice.output("nix", "build", "--no-link", "--impure", "nixpkgs#vscode", NIXPKGS_ALLOW_UNFREE="1")


def test_the_configuration_file_of_the_practice_home_counts(own_practice: Practice) -> None:
    file = own_practice.system.root / "home/.config/nixpkgs/config.nix"
    file.parent.mkdir(parents=True)
    file.write_text('{ allowUnfreePredicate = package: package.pname == "discord"; }')
    own_practice.output("nix-instantiate", "<nixpkgs>", "-A", "discord")
    assert "unfree license" in own_practice.refusal("nix-instantiate", "<nixpkgs>", "-A", "spotify")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("openssl_1_1", "Package ‘openssl-1.1.1w’ in .* is marked as insecure, refusing to evaluate"),
        ("brokenpkg", "Package ‘brokenpkg-1.0’ in .* is marked as broken, refusing to evaluate"),
        ("failing", "main.c:3:10: fatal error: zlib.h: No such file or directory"),
        ("failing", r"failed with exit code 2|exit code 2"),
        ("noout", "failed to produce output path"),
        ("hashmismatch", r"hash mismatch in fixed-output derivation(.|\n)*got: +sha256-"),
        ("oldname", "'oldname' has been renamed to/replaced by 'hello'"),
        ("removedpkg", "'removedpkg' has been removed, as it was unmaintained"),
        ("helo", "attribute 'helo'.* not found"),
    ],
)
def test_faults(practice: Practice, name: str, error: str) -> None:
    assert re.search(error, practice.refusal("nix-build", "--no-out-link", "<nixpkgs>", "-A", name))


@pytest.mark.parametrize(("name", "error"), ERRORS.items())
def test_evaluation_errors(practice: Practice, name: str, error: str) -> None:
    packages = str(practice.system.packages)
    assert re.search(error, practice.refusal("nix-instantiate", "--eval", packages, "-A", f"errors.{name}"))


@pytest.mark.parametrize("pair", [("editor", "editor-gtk"), ("vim", "vim-full")])
def test_two_packages_with_the_same_file_collide(own_practice: Practice, pair: tuple[str, str]) -> None:
    own_practice.output("nix", "profile", "install", f"nixpkgs#{pair[0]}")
    error = own_practice.refusal("nix", "profile", "install", f"nixpkgs#{pair[1]}")
    assert re.search("have the same priority|already provides the following file", error)


def test_the_slow_package_reports_phases_and_its_time_can_be_set(own_practice: Practice) -> None:
    own_practice.system.set_phase_seconds(0.02)
    done = own_practice.run(
        "nix", "build", "--no-link", "-v", "--log-format", "internal-json", "nixpkgs#slow"
    )
    assert done.returncode == 0
    events = [
        json.loads(line.removeprefix("@nix "))
        for line in done.stderr.splitlines()
        if line.startswith("@nix ")
    ]
    phases = [event["fields"][0] for event in events if event["action"] == "result" and event["type"] == 104]
    assert phases == ["unpackPhase", "buildPhase", "installPhase", "fixupPhase"]
    wanted = own_practice.output("nix", "eval", "--raw", "nixpkgs#slow.phaseSeconds")
    assert wanted == "0.020"


def traces() -> dict[str, tuple[int, int] | None]:
    """Return what tells whether Nix has touched the real system."""
    home = Path.home()
    places = [home / ".nix-profile", home / ".nix-defexpr", home / ".cache/nix", home / ".local/state/nix"]
    places += [
        home / ".config/nix",
        home / ".local/share/nix",
        Path("/nix/store"),
        Path("/nix/var/nix/profiles"),
    ]
    found: dict[str, tuple[int, int] | None] = {}
    for place in places:
        known = os.path.lexists(place)
        found[str(place)] = (place.lstat().st_ino, place.lstat().st_mtime_ns) if known else None
    return found


def test_nothing_outside_the_root_is_touched(own_practice: Practice) -> None:
    before = traces()
    own_practice.output("nix", "profile", "install", "nixpkgs#hello")
    own_practice.output("nix", "search", "nixpkgs", "hello")
    own_practice.output("nix-collect-garbage", "-d")
    own_practice.output("nix-shell", "-p", "jq", "--run", "jq")
    assert traces() == before
    assert list(Path(own_practice.caller["HOME"]).iterdir()) == []
    assert own_practice.system.profile.is_symlink()
    beside = {path.name for path in own_practice.system.root.parent.iterdir()}
    assert beside == {"root"}
