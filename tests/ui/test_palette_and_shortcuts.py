"""The command palette, the list of keys, and the fuzzy match."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableWidget

from nixforhumanity.protocol.messages import SessionInfo
from nixforhumanity.settings.declarations import LEVEL
from nixforhumanity.ui.palette.command_palette import CommandPalette
from nixforhumanity.ui.palette.fuzzy_match import NO_MATCH, match_score
from nixforhumanity.ui.sidebar.sidebar import Place
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


def palette(world: WindowWorld, typed: str = "") -> CommandPalette:  # noqa: F811
    world.key("Ctrl+K")
    found = world.window.findChild(CommandPalette)
    assert found is not None
    assert found.isVisible()
    QTest.keyClicks(found.findChild(QLineEdit), typed)
    return found


def titles(dialog: CommandPalette) -> list[str]:
    model = dialog.findChild(QListView).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_few_letters_and_enter_do_it(world: WindowWorld) -> None:  # noqa: F811
    dialog = palette(world, "hist")
    assert titles(dialog)[0] == "History"
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert world.window.place is Place.HISTORY
    assert not dialog.isVisible()


def test_what_is_no_action_is_asked(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    dialog = palette(world, "qqq zzz")
    assert titles(dialog) == ["Ask: “qqq zzz”"]
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert world.said == ["qqq zzz"]


def test_the_fall_through_is_last_when_actions_fit(world: WindowWorld) -> None:  # noqa: F811
    dialog = palette(world, "expert")
    assert titles(dialog)[0] == "Level: Expert"
    assert titles(dialog)[-1] == "Ask: “expert”"
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert world.settings.get(LEVEL) == "expert"


def test_what_cannot_be_done_now_is_not_picked(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    dialog = palette(world, "stop what runs")
    assert titles(dialog)[0] == "Stop what runs"
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert world.said == ["stop what runs"]


def test_slash_commands_and_conversations_are_found_too(world: WindowWorld) -> None:  # noqa: F811
    world.connect(SessionInfo(session_id="s1", cwd="/", title="Edit photos"), last="s1")
    world.connection.offer_commands("generations")
    dialog = palette(world, "what generations does")
    assert titles(dialog)[0] == "what generations does"
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert world.written == "/generations "
    assert "Edit photos" in titles(palette(world, "edit ph"))


def test_the_marked_line_is_told_to_a_screen_reader(world: WindowWorld) -> None:  # noqa: F811
    dialog = palette(world, "settings")
    line = dialog.findChild(QLineEdit)
    assert line.accessibleDescription() == "Settings, Ctrl+,"
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert line.accessibleDescription() != "Settings, Ctrl+,"


def test_the_search_entry_opens_the_palette(world: WindowWorld) -> None:  # noqa: F811
    world.press("search-entry")
    found = world.window.findChild(CommandPalette)
    assert found is not None
    assert found.isVisible()


def test_every_key_is_listed_once(world: WindowWorld) -> None:  # noqa: F811
    world.key("F1")
    table = world.window.findChild(QTableWidget, "shortcuts-table")
    keys = [table.item(row, 1).text() for row in range(table.rowCount())]
    for keys_of_one in (
        "Ctrl+K",
        "Ctrl+F",
        "Ctrl+N",
        "Ctrl+1",
        "Ctrl+2",
        "Ctrl+,",
        "Esc",
        "Ctrl+Z",
        "Ctrl+Q",
        "F6",
    ):
        assert keys.count(keys_of_one) == 1, keys_of_one
    QApplication.activeModalWidget().close()


def test_no_two_commands_have_the_same_key(world: WindowWorld) -> None:  # noqa: F811
    keys = [sequence.toString() for command in world.window.commands for sequence in command.shortcuts]
    assert len(keys) == len(set(keys))
    assert QKeySequence("Ctrl+K").toString() in keys


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("his", "History", "What is this"),
        ("nc", "New conversation", "Connection to the assistant"),
        ("text la", "Larger text", "Next part, last"),
        ("uber", "Über alles", "Conversation"),
    ],
)
def test_starts_of_words_and_runs_fit_better(typed: str, better: str, worse: str) -> None:
    assert match_score(typed, better) > match_score(typed, worse)


def test_letters_that_do_not_occur_do_not_fit() -> None:
    assert match_score("xyz", "History") == NO_MATCH
    assert match_score("yrotsih", "History") == NO_MATCH
