"""How text is cut, cleaned and measured, without a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.protocol.cards import FileChange
from nixforhumanity.ui.conversation.find_matches import find_matches
from nixforhumanity.ui.conversation.markdown_pieces import LONGEST_TEXT, cut_markdown, cut_plain
from nixforhumanity.ui.conversation.output_log import OutputLog
from nixforhumanity.ui.conversation.plan_details import diff_text
from nixforhumanity.ui.conversation.row_heights import RowHeights
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_command, visible_text


def test_code_is_cut_out_of_an_answer() -> None:
    pieces = cut_markdown("before\n\n```nix\n{ a = 1; }\n```\nafter")
    assert [(piece.text.strip(), piece.code, piece.language) for piece in pieces] == [
        ("before", False, ""),
        ("{ a = 1; }", True, "nix"),
        ("after", False, ""),
    ]


def test_a_fence_that_is_open_is_code_already() -> None:
    (piece,) = cut_markdown("```sh\necho hello")
    assert (piece.text, piece.code) == ("echo hello", True)


def test_a_shorter_fence_inside_does_not_end_the_code() -> None:
    (piece,) = cut_markdown("````\n```\nx\n```\n````")
    assert piece.text == "```\nx\n```"


def test_a_list_is_never_cut() -> None:
    text = "\n\n".join(f"- item {number} " + "word " * 60 for number in range(30))
    assert len(cut_markdown(text)) == 1
    assert len(cut_markdown(text.replace("- item", "item"))) > 3


FRAGMENTS = st.sampled_from(
    [
        "word ",
        "\n",
        "\n\n",
        "```\n",
        "```nix\n",
        "- item\n",
        "1. one\n",
        "| a |\n",
        "    x\n",
        "long " * 300,
        "# H\n",
    ]
)


@given(st.lists(FRAGMENTS, max_size=40))
def test_pieces_that_are_complete_stay_as_they_are_while_an_answer_grows(parts: list[str]) -> None:
    text, shown = "", []
    for part in parts:
        text += part
        now = list(cut_markdown(text))
        assert now[: max(0, len(shown) - 1)] == shown[:-1]
        if shown:
            start = shown[-1].start
            again = [(piece.text, piece.code, piece.start + start) for piece in cut_markdown(text[start:])]
            assert again == [(piece.text, piece.code, piece.start) for piece in now[len(shown) - 1 :]]
        shown = now


@given(st.text(max_size=200), st.integers(1, 40))
def test_plain_text_is_cut_without_losing_anything(text: str, times: int) -> None:
    whole = (text + "x") * times * 10
    pieces = cut_plain(whole)
    assert all(len(piece.text) <= LONGEST_TEXT for piece in pieces)
    assert "".join(piece.text for piece in pieces).replace("\n", "") == whole.replace("\n", "")


def test_control_characters_are_seen_and_overrides_are_gone() -> None:
    assert visible_text("a\x1b[31m\x00b\r\nc\td\u202egpj") == "a�[31m�b\nc\tdgpj"


def test_a_command_hides_nothing() -> None:
    assert visible_command("rm\u200b -r \u202ex\x07") == "rm\\u200b -r \\u202ex\\u0007"


def test_plain_text_leaves_out_the_marks() -> None:
    assert plain_text("# A **b** `c` [d](http://e)").strip() == "A b c d"


def test_find_counts_every_place() -> None:
    assert [(match.row, match.number) for match in find_matches(["a gimp gimp", "x", "gimp"], "GIMP")] == [
        (0, 0),
        (0, 1),
        (2, 0),
    ]
    assert find_matches(["a"], "") == []


def test_the_output_log_keeps_the_end_and_knows_what_is_new() -> None:
    log = OutputLog(3)
    log.append(["1", "2"])
    log.append(["3", "4", "5"])
    assert (log.text(), log.count) == ("3\n4\n5", 5)
    assert list(log.since(4)) == ["5"]
    assert list(log.since(0)) == ["3", "4", "5"]
    assert list(log.since(5)) == []


def test_a_diff_shows_what_changes() -> None:
    text = diff_text(FileChange(path="/a", old_text="x\ny\n", new_text="x\nz\n"))
    assert text.splitlines()[1:] == [" x", "-y", "+z"]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.data())
def test_row_positions_are_sums_of_heights(heights: list[int], data: st.DataObject) -> None:
    rows = RowHeights()
    rows.reset(heights)
    known = list(heights)
    for _ in range(5):
        row = data.draw(st.integers(0, len(known) - 1))
        known[row] = data.draw(st.integers(1, 500))
        rows.set_height(row, known[row])
        assert rows.total == sum(known)
        assert rows.start(row) == sum(known[:row])
        assert rows.row_at(rows.start(row)) == row
        assert rows.row_at(rows.start(row) + known[row] - 1) == row
    rows.append(7)
    assert rows.total == sum(known) + 7


@pytest.mark.parametrize(("position", "row"), [(-5, 0), (0, 0), (10, 1), (10_000, 2)])
def test_a_position_outside_is_the_first_or_last_row(position: int, row: int) -> None:
    rows = RowHeights()
    rows.reset([10, 10, 10])
    assert rows.row_at(position) == row
