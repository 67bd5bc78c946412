"""The History place: what is listed, what is filtered, and that going back only shows a card."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel

from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.cards import GenerationCard, JournalEntry, JournalResponse
from nixforhumanity.settings.declarations import LEVEL
from nixforhumanity.ui.history.timeline import Shown, timeline
from nixforhumanity.ui.history.timeline_card import TimelineCard
from nixforhumanity.ui.sidebar.sidebar import Place
from ui.fake_connection import sample_journal
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


def cards(world: WindowWorld) -> list[TimelineCard]:  # noqa: F811
    return [one for one in world.window.history.findChildren(TimelineCard) if one.isVisible()]


def texts(world: WindowWorld) -> str:  # noqa: F811
    return "\n".join(one.text() for one in world.window.history.findChildren(QLabel) if one.isVisible())


def open_history(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.key("Ctrl+2")
    world.until(lambda: bool(cards(world)) or world.shown("history-retry"))


def test_changes_and_generations_are_one_timeline(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    names = [one.accessibleName() for one in cards(world)]
    assert names == ["Generation 12", "Install GIMP", "Clean up", "Generation 11"]
    shown = texts(world)
    assert "Added: gimp 3.0.4" in shown
    assert "Changed: firefox 144.0 → 145.0" in shown
    assert "failed" in shown
    assert "Nothing was changed." in shown


def test_undo_asks_for_the_card_of_that_change(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    assert world.find("undo-7").accessibleName() == "Undo: Install GIMP"
    world.press("undo-7")
    world.until(lambda: ("undo", "new1", 7) in world.connection.calls)
    assert world.window.place is Place.CONVERSATION


def test_go_back_here_says_it_in_the_conversation(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    assert not world.shown("go-back-12")
    world.press("go-back-11")
    assert world.said == ["switch to generation 11"]
    assert world.window.place is Place.CONVERSATION


def test_the_filter_finds_names_and_versions(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    QTest.keyClicks(world.find("history-filter"), "FIREFOX")
    world.until(lambda: [one.accessibleName() for one in cards(world)] == ["Generation 11"])
    QTest.keyClicks(world.find("history-filter"), "zzz")
    world.until(lambda: "Nothing in the history fits." in texts(world))


def test_only_changes_or_only_generations(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    kinds = world.find("history-kinds", QComboBox)
    assert isinstance(kinds, QComboBox)
    kinds.setFocus()
    world.key("Down")
    world.until(lambda: [one.accessibleName() for one in cards(world)] == ["Install GIMP", "Clean up"])
    world.key("Down")
    world.until(lambda: [one.accessibleName() for one in cards(world)] == ["Generation 12", "Generation 11"])


def test_an_empty_history_says_so(world: WindowWorld) -> None:  # noqa: F811
    world.connection.journal_answer = JournalResponse(entries=[])
    world.connect()
    world.key("Ctrl+2")
    world.until(lambda: "Nothing was changed yet." in texts(world))


def test_a_history_that_cannot_be_read_says_why_and_tries_again(world: WindowWorld) -> None:  # noqa: F811
    world.connection.journal_answer = UserError("settings-newer", path="x")
    open_history(world)
    assert "newer version" in texts(world)
    world.connection.journal_answer = sample_journal()
    world.press("history-retry")
    world.until(lambda: len(cards(world)) == 4)
    assert not world.shown("history-retry")


def test_commands_are_shown_where_everything_is_open(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    assert "nix-env -iA" not in texts(world)
    world.settings.set(LEVEL, "expert")
    world.until(lambda: "nix-env -iA nixpkgs.gimp" in texts(world))


def test_the_history_is_read_again_when_a_turn_ends(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    world.type("remove gimp")
    world.key("Return")
    world.key("Ctrl+2")
    world.connection.journal_answer = JournalResponse(entries=sample_journal().entries[:1])
    world.connection.end("prompt1")
    world.until(lambda: [one.accessibleName() for one in cards(world)] == ["Install GIMP"])


def test_a_long_history_comes_in_parts(world: WindowWorld) -> None:  # noqa: F811
    generations = [
        GenerationCard(number=number, at="2026-01-01T00:00:00Z", current=number == 200)
        for number in range(200, 0, -1)
    ]
    world.connection.journal_answer = JournalResponse(entries=[], generations=generations)
    open_history(world)
    assert len(cards(world)) == 30
    world.press("history-more")
    world.until(lambda: len(cards(world)) == 60)


def test_the_newest_is_first_and_a_wrong_time_is_last() -> None:
    journal = sample_journal()
    broken = JournalEntry(
        entry_id=1, session_id="s", request="r", title="t", at="?", state="done", state_text="", commands=[]
    )
    rows = timeline(JournalResponse(entries=[broken, *journal.entries]), Shown.ALL)
    assert [row.happened.entry_id for row in rows] == [7, 6, 1]  # type: ignore[union-attr]


def test_times_without_a_zone_count_as_utc() -> None:
    entry = sample_journal().entries[0]
    both = JournalResponse(entries=[entry], generations=[])
    assert timeline(both, Shown.ALL)[0].at.tzinfo is not None
