"""The reader of conversation scripts is strict: a slip in a script is told by file and line."""

from pathlib import Path

import pytest

from conversation_script import BadScriptError, fits, read_script


def written(folder: Path, text: str) -> Path:
    path = folder / "one.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_script_is_read(tmp_path: Path) -> None:
    script = read_script(
        written(
            tmp_path,
            "# who\nhas: vlc hello\nlevel: expert\n> install gimp\nplan: install_package package=gimp\n\n"
            "breaks: the disk is full\nelsewhere: remove vlc\n> a\\nb\nsilent:\ninstalled:\n",
        )
    )
    assert (script.has, script.level) == (("vlc", "hello"), "expert")
    first, second = script.exchanges
    assert first.of_kind("plan") == ["install_package package=gimp"]
    assert (second.said, second.breaks, second.elsewhere) == ("a\nb", "the disk is full", "remove vlc")
    assert [one.line for one in second.expected] == [10, 11]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "one.txt:0: nobody says anything"),
        ("> hi\n", "one.txt:1: nothing is expected of line 1"),
        ("> hi\n> ho\nsays: ~\n", "one.txt:2: nothing is expected of line 1"),
        (">\nsays: ~\n", "one.txt:1: nothing is said"),
        ("says: ~\n", "one.txt:1: “says” comes before anything is said"),
        ("> hi\nsaid: ~\n", "one.txt:2: unknown word “said”"),
        ("> hi\nplan install_package\n", "one.txt:2: neither"),
        ("> hi\nplan: install_package vlc\n", "one.txt:2: not “request slot=value ...”"),
        ("> hi\nsays:\n", "one.txt:2: “says” says nothing"),
        ("> hi\nsilent: ~\n", "one.txt:2: “silent” stands alone"),
        ("> hi\nsays: ~\nhas: vlc\n", "one.txt:3: “has” comes only before the first words"),
        ("level: easy\n> hi\nsays: ~\n", "one.txt:1: no such level: easy"),
        ("breaks: a\nbreaks: b\n> hi\nsays: ~\n", "one.txt:2: “breaks” is there twice"),
        ("> hi\nsays: ~\nbreaks: a\n", "one.txt:3: something is staged"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadScriptError) as told:
        read_script(written(tmp_path, text))
    assert str(told.value).startswith(complaint)


@pytest.mark.parametrize(
    ("pattern", "text", "does"),
    [
        ("~", "", True),
        ("~vlc~", "Install VLC now", True),
        ("vlc", "Install VLC", False),
        ("Do you mean ~?", "Do you mean\nthis one?", True),
        ("~(a)~", "x (a) y", True),
    ],
)
def test_a_tilde_stands_for_any_words(pattern: str, text: str, does: bool) -> None:
    assert fits(pattern, text) is does
