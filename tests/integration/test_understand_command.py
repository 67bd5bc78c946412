"""`nix-for-humanity understand`: one JSON line for each line, the same every time, nothing carried out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from project import SOURCE_ROOT

LINES = ["get rid of vlc", "", "make port eighty eighty reachable", "what is the weather\t", "😀" * 50]


def understand(*arguments: str, said: str = "", home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nixforhumanity", "understand", *arguments],
        input=said,
        env={"PYTHONPATH": str(SOURCE_ROOT), "HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")  # its index is built once


def test_lines_become_rows(home: Path) -> None:
    ran = understand("--json", said="\n".join(LINES) + "\n", home=home)
    assert ran.returncode == 0, ran.stderr
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [row["text"] for row in rows] == LINES
    first, empty, port, weather, noise = rows
    assert first["requests"] == [
        {"request": "remove_package", "slots": {"package": "vlc"}, "confidence": 1.0}
    ]
    assert first["decision"] == "act"
    assert first["alternatives"][0] == "remove_package"
    assert len(first["alternatives"]) == 5
    assert port["requests"][0]["slots"] == {"port": 8080}
    assert {row["decision"] for row in (empty, weather, noise)} == {"decline"}
    assert all(row["ms"] >= 0 for row in rows)


def test_a_file_gives_the_same_every_time(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(b"my speakers are dead\nna\xefve\n")
    runs = [understand("--json", "--file", str(path), home=home).stdout.splitlines() for _ in range(2)]
    rows = [[json.loads(line) | {"ms": 0} for line in lines] for lines in runs]
    assert rows[0] == rows[1]
    assert rows[0][0]["requests"][0]["request"] == "diagnose_sound"
    assert len(rows[0]) == 2


def test_for_people_it_is_one_line_more(home: Path) -> None:
    assert understand("install", "gimp", home=home).stdout == (
        "install gimp\n  act: install_package(package=gimp)\n"
    )


def test_it_explains_itself_step_by_step(home: Path) -> None:
    ran = understand("--explain", "kindly get rid of vcl", home=home)
    assert ran.stderr == ""
    assert ran.stdout.startswith("kindly get rid of vcl\n  read as")
    assert "remove_package" in ran.stdout
    assert "Ask back: no program is certainly called “vcl”." in ran.stdout
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_the_explanation_stands_beside_the_fixed_fields(home: Path) -> None:
    plain, explained = (
        json.loads(understand("--json", *more, "my speakers are dead", home=home).stdout)
        for more in ((), ("--explain",))
    )
    trace = explained.pop("trace")
    assert explained | {"ms": 0} == plain | {"ms": 0}
    assert trace["reason"] == "sure"
    assert trace["together"][0][0] == trace["by_words"][0][0] == "diagnose_sound"
    assert len(trace["by_meaning"]) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--file", "/nowhere"), "cannot be read"), (("--language", "xx", "hi"), "There are: en")],
)
def test_what_cannot_be_done_is_said(home: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = understand(*arguments, home=home)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert ran.stdout == ""
