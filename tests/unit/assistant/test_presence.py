"""Who is alone with the files."""

from pathlib import Path

from nixforhumanity.assistant.presence import Presence


def test_the_first_is_alone_until_it_has_settled_and_gone(tmp_path: Path) -> None:
    path = tmp_path / "presence.lock"
    first = Presence(path)
    assert first.alone
    first.settle()
    second = Presence(path)
    assert not second.alone
    first.end()
    third = Presence(path)
    assert not third.alone, "the second is still there"
    second.end()
    third.end()
    fourth = Presence(path)
    assert fourth.alone
    fourth.end()
