"""Which words of a command line are options, and which are said."""

from pathlib import Path

import pytest

from nixforhumanity.cli.arguments import arranged, names_a_folder
from nixforhumanity.cli.command_parser import BAD_INPUT
from nixforhumanity.cli.program import parser


@pytest.mark.parametrize(
    ("typed", "practice", "words"),
    [
        (["ask", "--practice", "install", "hello"], "", ["install", "hello"]),
        (["ask", "--practice", "what is /nix/store?"], "", ["what is /nix/store?"]),
        (["ask", "--practice", "/help"], "", ["/help"]),
        (["ask", "--practice", "/install hello"], "", ["/install hello"]),
        (["ask", "--practice", "./new", "install", "hello"], "./new", ["install", "hello"]),
        (["ask", "--practice=new", "hi"], "new", ["hi"]),
        (["ask", "install", "hello", "--practice"], "", ["install", "hello"]),
        (["ask", "install", "--practice", "hello"], "", ["install", "hello"]),
        (["--practice", "ask", "hi"], "", ["hi"]),
        (["ask", "hi"], None, ["hi"]),
        (["ask", "nix-env", "-iA", "nixpkgs.jq"], None, ["nix-env", "-iA", "nixpkgs.jq"]),
        (["ask", "--", "--practice"], None, ["--practice"]),
        (["ask", "--yes", "install", "jq"], None, ["install", "jq"]),
    ],
)
def test_practice_takes_a_folder_and_never_words(
    typed: list[str], practice: str | None, words: list[str]
) -> None:
    read = parser().parse_args(arranged(typed))
    assert (read.practice, read.words) == (practice, words)


def test_a_folder_that_exists_needs_no_slash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    assert names_a_folder("mine")
    assert not names_a_folder("install")
    read = parser().parse_args(arranged(["--practice", "mine"]))
    assert (read.command, read.practice) == (None, "mine")


def test_the_window_takes_no_word_for_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(arranged(["--practice", "mine"]))
    assert ended.value.code == BAD_INPUT
    assert "--practice=./mine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "near"),
    [(["tokne"], "nix-for-humanity token"), (["sevre"], "nix-for-humanity serve"),
     (["data", "exprot", "x"], "nix-for-humanity data export"), (["install", "hello"], "ask 'install ...'")],
)  # fmt: skip
def test_an_unknown_command_is_answered_with_the_nearest(
    typed: list[str], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(arranged(typed))
    assert ended.value.code == BAD_INPUT
    said = capsys.readouterr().err
    assert near in said
    assert "Traceback" not in said


@pytest.mark.parametrize("typed", [["ask", "--practise", "install", "hello"], ["ask", "--yess", "hi"]])
def test_a_mistyped_option_is_no_word(typed: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(arranged(typed))
    assert ended.value.code == BAD_INPUT


@pytest.mark.parametrize(
    "command", [[], ["ask"], ["serve"], ["acp"], ["token"], ["data"], ["data", "list"], ["data", "export"],
                ["data", "delete"]]
)  # fmt: skip
def test_every_command_explains_itself_with_an_example(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for line in (["help", *command], [*command, "--help"]):
        with pytest.raises(SystemExit) as ended:
            parser().parse_args(arranged(line))
        assert ended.value.code == 0
        said = capsys.readouterr().out
        assert "example" in said
        assert f"nix-for-humanity {' '.join(command)}".strip() in said.partition("example")[2]


@pytest.mark.parametrize("command", [[], ["ask"], ["serve"], ["acp"], ["token"], ["data"]])
def test_exit_codes_are_told(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([*command, "--help"])
    assert "exit codes:" in capsys.readouterr().out
