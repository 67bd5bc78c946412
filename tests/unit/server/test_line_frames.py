"""Cutting a stream into lines."""

from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.server.line_frames import LineFrames, LineTooLong


def test_lines_come_whole_whatever_the_pieces() -> None:
    lines = LineFrames(longest=10)
    assert lines.feed(b"on") == []
    assert lines.feed(b"e\r\n\n \ntwo\nthr") == [b"one", b"two"]
    assert lines.feed(b"ee\n") == [b"three"]


def test_a_line_that_is_too_long_is_skipped_to_its_end() -> None:
    lines = LineFrames(longest=4)
    assert lines.feed(b"1234\n12345") == [b"1234", LineTooLong()]
    assert lines.feed(b"6789" * 1000) == []
    assert lines.feed(b"0\nok\n") == [b"ok"]
    assert lines.feed(b"123456\n12\n") == [LineTooLong(), b"12"]


@given(st.lists(st.binary(min_size=1, max_size=8)), st.lists(st.integers(0, 40)))
def test_the_pieces_do_not_matter(given_lines: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(line.replace(b"\n", b"") + b"\n" for line in given_lines)
    whole = LineFrames(longest=6).feed(stream)
    pieces, rest = LineFrames(longest=6), stream
    found: list[bytes | LineTooLong] = []
    for cut in cuts:
        found += pieces.feed(rest[:cut])
        rest = rest[cut:]
    assert found + pieces.feed(rest) == whole
