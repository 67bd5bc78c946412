"""The History place: what is listed, what is filtered, and that going back only shows a card."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.cards import GenerationCard, JournalEntry, JournalResponse
from nixforhumanity.settings.declarations import LEVEL, THEME
from nixforhumanity.ui.friendly_dates import friendly_day, friendly_moment
from nixforhumanity.ui.history.timeline import Shown, timeline
from nixforhumanity.ui.history.timeline_card import TimelineCard
from nixforhumanity.ui.icon_label import IconLabel
from nixforhumanity.ui.sidebar.sidebar import Place
from nixforhumanity.ui.theme.palettes import colours_of
from nixforhumanity.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT
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


def names(world: WindowWorld) -> list[str]:  # noqa: F811
    return [one.accessibleName() for one in cards(world)]


def test_a_change_and_what_it_made_are_one_row(world: WindowWorld) -> None:  # noqa: F811
    world.settings.set(LEVEL, "intermediate")
    open_history(world)
    assert names(world) == ["Install GIMP", "Clean up", "Generation 11"]
    shown = texts(world)
    assert "Made generation 12" in shown
    assert "in use now" in shown
    assert shown.count("gimp 3.0.4") == 1
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
    world.until(lambda: len(cards(world)) == 1 and names(world)[0].startswith("Generation 11 of"))
    QTest.keyClicks(world.find("history-filter"), "zzz")
    world.until(lambda: "Nothing in the history fits." in texts(world))


def test_only_changes_or_only_generations(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    kinds = world.find("history-kinds", QComboBox)
    assert isinstance(kinds, QComboBox)
    kinds.setFocus()
    world.key("Down")
    world.until(lambda: names(world) == ["Install GIMP", "Clean up"])
    world.key("Down")
    world.until(lambda: len(cards(world)) == 2 and names(world)[0] == "Install GIMP")
    assert names(world)[1].startswith("Generation 11 of your programs, from ")


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
    world.until(lambda: len(cards(world)) == 3)
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
    assert [row.entry.entry_id for row in rows if row.entry is not None] == [7, 6, 1]


def test_what_was_undone_does_not_say_that_it_is_there(world: WindowWorld) -> None:  # noqa: F811
    entry = msgspec.structs.replace(
        sample_journal().entries[0], state="undone", state_text="GIMP is installed.", can_undo=False
    )
    world.connection.journal_answer = JournalResponse(entries=[entry])
    open_history(world)
    assert "undone" in texts(world)
    assert "is installed" not in texts(world)


def test_times_without_a_zone_count_as_utc() -> None:
    entry = sample_journal().entries[0]
    both = JournalResponse(entries=[entry], generations=[])
    assert timeline(both, Shown.ALL)[0].at.tzinfo is not None


def test_a_beginner_reads_the_words_of_the_conversation(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    assert "Since then: generation 12 of your programs" in texts(world)
    name = world.find("go-back-11").accessibleName()
    assert name.startswith("Go back to generation 11 of your programs, from ")
    assert "tate" not in name
    kinds = world.find("history-kinds", QComboBox)
    assert isinstance(kinds, QComboBox)
    assert [kinds.itemText(row) for row in range(3)] == ["Everything", "Changes", "Generations"]


def test_the_order_of_one_second_goes_by_number() -> None:
    entry = sample_journal().entries[0]
    same = [msgspec.structs.replace(entry, entry_id=number, generation=None) for number in (3, 5, 4)]
    for order in (same, same[::-1]):
        rows = timeline(JournalResponse(entries=order), Shown.ALL)
        assert [row.entry.entry_id for row in rows if row.entry is not None] == [5, 4, 3]


def many(count: int, newest: int) -> JournalResponse:
    entry = sample_journal().entries[0]
    entries = [
        msgspec.structs.replace(entry, entry_id=number, generation=None, title=f"Change {number}")
        for number in range(newest, newest - count, -1)
    ]
    return JournalResponse(entries=entries)


def test_it_opens_at_the_newest_each_time(world: WindowWorld) -> None:  # noqa: F811
    world.connection.journal_answer = many(30, 30)
    open_history(world)
    bar = world.window.history.list.verticalScrollBar()
    world.until(lambda: bar.maximum() > 500)
    bar.setValue(bar.maximum())
    world.key("Ctrl+1")
    world.key("Ctrl+2")
    world.until(lambda: bar.value() == 0)


def test_a_new_change_moves_nothing_that_is_in_sight(world: WindowWorld) -> None:  # noqa: F811
    world.connection.journal_answer = many(30, 30)
    open_history(world)
    bar = world.window.history.list.verticalScrollBar()
    world.until(lambda: bar.maximum() > 500)
    bar.setValue(300)
    seen = next(one for one in cards(world) if one.geometry().bottom() > bar.value())
    place = seen.y() - bar.value()
    world.connection.journal_answer = many(31, 31)
    world.binding.controller.load_history()
    world.until(lambda: "Change 31" in names(world))
    QApplication.processEvents()
    assert seen.isVisible()
    assert seen.y() - bar.value() == place


def test_the_keyboard_stays_when_the_history_is_read_again(world: WindowWorld) -> None:  # noqa: F811
    world.connection.journal_answer = many(5, 5)
    open_history(world)
    world.find("undo-3").setFocus()
    world.connection.journal_answer = many(6, 6)
    world.binding.controller.load_history()
    world.until(lambda: "Change 6" in names(world))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "undo-3"


def test_more_than_the_newest_hundred_can_be_seen(world: WindowWorld) -> None:  # noqa: F811
    world.connection.journal_answer = many(130, 130)
    world.connection.limits.clear()
    open_history(world)
    assert world.connection.limits == [100]
    while world.shown("history-more"):
        before = len(cards(world))
        world.press("history-more")
        world.until(lambda before=before: len(cards(world)) > before or not world.shown("history-more"))
        world.until(lambda: len(world.tasks) == 0)
    assert len(cards(world)) == 130
    assert names(world)[-1] == "Change 1"


def test_icons_follow_the_look(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    picture = cards(world)[0].findChild(IconLabel)
    for theme, colours in (("light", LIGHT), ("dark", DARK), ("high-contrast", HIGH_CONTRAST)):
        world.settings.set(THEME, theme)
        QApplication.processEvents()
        image = picture.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert colours.success in seen, theme


@pytest.mark.parametrize(
    ("locale", "this_year", "year_before"),
    [
        ("en_GB", "12 November", "2 March 2025"),
        ("en_US", "November 12", "March 2, 2025"),
        ("de_DE", "12. November", "2. März 2025"),
        ("es_ES", "12 de noviembre", "2 de marzo de 2025"),
        ("ru_RU", "12 ноября", "2 марта 2025\u202fг."),
        ("ja_JP", "11月12日", "2025年3月2日"),
    ],
)
def test_days_are_said_as_people_say_them(locale: str, this_year: str, year_before: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        today = date(2026, 11, 24)
        assert friendly_day(date(2026, 11, 12), today) == this_year
        assert friendly_day(date(2025, 3, 2), today) == year_before
        assert friendly_day(date(2026, 11, 23), today) == "Yesterday"
        assert friendly_moment(datetime(2026, 11, 24, 14, 3, tzinfo=UTC), today).startswith("today ")
    finally:
        QLocale.setDefault(before)


def test_marks_of_bold_text_are_not_shown(world: WindowWorld) -> None:  # noqa: F811
    entry = msgspec.structs.replace(
        sample_journal().entries[0],
        can_undo=False,
        undo_reason="Generation **\u20682\u2069** was deleted. Say `list generations`; nix_2_3 stays.",
    )
    world.connection.journal_answer = JournalResponse(entries=[entry])
    open_history(world)
    assert "*" not in texts(world)
    assert "was deleted. Say list generations; nix_2_3 stays." in texts(world)


def test_a_click_into_the_history_draws_no_ring(world: WindowWorld) -> None:  # noqa: F811
    open_history(world)
    area = world.window.history.list
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=area.viewport().rect().center())
    area.setFocus(Qt.FocusReason.MouseFocusReason)
    assert area.property("ring") is False
    assert ring_at_edge(area) is False
    world.window.prompt.editor.setFocus()
    area.setFocus(Qt.FocusReason.TabFocusReason)
    assert area.property("ring") is True
    assert ring_at_edge(area) is True
    sessions = world.window.sidebar.sessions
    sessions.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring_at_edge(sessions) is False
    QTest.keyClick(sessions, Qt.Key.Key_Down)
    assert ring_at_edge(sessions) is True


def ring_at_edge(widget: QWidget) -> bool:
    """Tell whether the left edge of the widget has the colour of the keyboard's ring."""
    picture = widget.grab().toImage()
    return picture.pixelColor(0, picture.height() // 2).name() == colours_of(widget.palette()).focus.lower()
