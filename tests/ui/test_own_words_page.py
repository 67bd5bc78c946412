"""The page "My words": what is remembered is seen, changed, deleted and brought back, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit, QTabBar, QWidget

from nixforhumanity.core.errors import UserError
from nixforhumanity.settings.declarations import LEVEL, SERVER_PLACE, TEXT_SIZE, THEME
from nixforhumanity.ui.settings_dialog.words_page import ROWS_AT_A_TIME, WordsPage
from ui.fake_own_words import FakeOwnWords, card
from ui.layout_rules import defects
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


def open_page(world: WindowWorld, words: FakeOwnWords) -> WordsPage:  # noqa: F811
    """Go to the page by keyboard."""
    world.binding.use_own_words(words)
    world.key("Ctrl+,")
    world.until(lambda: world.window.settings_dialog.isActiveWindow())
    page = world.window.settings_dialog.own_words
    bar = world.window.settings_dialog.findChild(QTabBar)
    assert bar is not None
    bar.setFocus()
    for _ in range(bar.count()):
        if not page.isVisible():
            QTest.keyClick(bar, Qt.Key.Key_Right)
    world.until(lambda: len(world.tasks) == 0)
    return page


def texts(page: WordsPage) -> list[str]:
    return [row.accessibleName() for row in page.findChildren(QWidget, "word-row") if row.isVisible()]


def focused_name() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def text_of(world: WindowWorld, name: str) -> str:  # noqa: F811
    return str(world.find(name).text()).replace("\u200b", "")  # type: ignore[attr-defined]


def test_without_words_it_says_how_they_come_to_be(world: WindowWorld) -> None:  # noqa: F811
    page = open_page(world, FakeOwnWords())
    assert "I meant install VLC" in text_of(world, "words-state")
    assert texts(page) == []
    assert not world.shown("delete-all-words")


def test_where_the_words_are_kept_is_said_truly(world: WindowWorld) -> None:  # noqa: F811
    page = open_page(world, FakeOwnWords())
    switch = world.find("words.learn", QCheckBox)
    assert "stay on this computer" in text_of(world, "words-state")
    assert "on this computer" in switch.accessibleDescription()
    world.settings.set(SERVER_PLACE, "remote")
    assert page.isVisible()
    assert "this computer" not in text_of(world, "words-state")
    assert "on the other computer" in text_of(world, "words-state")
    assert "on the other computer" in switch.accessibleDescription()
    assert "this computer" not in switch.accessibleDescription()


def test_words_are_shown_with_what_they_mean_and_their_use(world: WindowWorld) -> None:  # noqa: F811
    page = open_page(world, FakeOwnWords(card(1, used=3), card(2)))
    assert texts(page)[0] == "“pop vlc on here 1” means: Install VLC media player"
    rows = page.findChildren(QWidget, "word-row")
    assert "used 3 times" in rows[0].accessibleDescription()
    assert "not used yet" in rows[1].accessibleDescription()
    assert "Learned" in rows[0].accessibleDescription()


def test_every_control_has_a_name_of_its_own(world: WindowWorld) -> None:  # noqa: F811
    page = open_page(world, FakeOwnWords(card(1), card(2)))
    names = [
        one.accessibleName() or one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()
    ]
    assert all(names)
    assert len(set(names)) == len(names)


def test_words_and_meaning_are_changed_by_keyboard(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1), card(2))
    page = open_page(world, words)
    world.press("edit-words-1")
    world.until(lambda: world.shown("own-words-line"))
    assert focused_name() == "own-words-line"
    line = world.find("own-words-line", QLineEdit)
    assert line.accessibleName() == "When I say"
    QTest.keyClicks(line, "chuck vlc out")  # all of it was selected
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert focused_name() == "own-words-meaning"
    box = world.find("own-words-meaning", QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    world.press("save-words")
    world.until(lambda: not world.shown("own-words-line"))
    assert words.cards[1].words == "chuck vlc out"
    assert words.cards[1].request == "remove_package"
    world.until(lambda: texts(page)[0] == "“chuck vlc out” means: Remove VLC media player")
    assert focused_name() == "edit-words-1"


def test_escape_leaves_everything_as_it_was(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    open_page(world, words)
    world.press("edit-words-1")
    world.until(lambda: world.shown("own-words-line"))
    QTest.keyClicks(world.find("own-words-line"), "something else")
    QTest.keyClick(world.find("own-words-line"), Qt.Key.Key_Escape)
    assert not world.shown("own-words-line")
    assert world.window.settings_dialog.isVisible()
    assert words.cards[1].words == "pop vlc on here 1"
    assert focused_name() == "edit-words-1"


def test_words_that_cannot_be_used_say_why_and_stay(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    open_page(world, words)
    world.press("edit-words-1")
    world.until(lambda: world.shown("own-words-line"))
    words.problem = UserError("own-words-not-allowed")
    line = world.find("own-words-line", QLineEdit)
    QTest.keyClicks(line, "yes")
    QTest.keyClick(line, Qt.Key.Key_Return)
    world.until(lambda: world.shown("own-words-note"))
    assert "use other words" in text_of(world, "own-words-note")
    assert "use other words" in line.accessibleDescription()
    assert line.text() == "yes"  # type: ignore[attr-defined]
    assert world.find("save-words").isEnabled()


def test_one_is_deleted_and_brought_back(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1), card(2))
    page = open_page(world, words)
    world.press("delete-words-1")
    world.until(lambda: world.shown("restore-words"))
    assert "“pop vlc on here 1” is deleted." in text_of(world, "words-banner-text")
    assert focused_name() == "restore-words"
    world.until(lambda: len(texts(page)) == 1)
    assert list(words.cards) == [2]
    world.press("restore-words")
    world.until(lambda: len(texts(page)) == 2)
    assert not world.shown("words-banner")


def test_all_are_deleted_only_after_a_question(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1), card(2))
    page = open_page(world, words)
    world.press("delete-all-words")
    assert "all 2 phrases" in text_of(world, "words-banner-text")
    assert focused_name() == "keep-all-words"
    world.press("keep-all-words")
    assert len(words.cards) == 2
    assert focused_name() == "delete-all-words"
    world.press("delete-all-words")
    world.press("delete-all-really")
    world.until(lambda: texts(page) == [])
    assert words.cards == {}
    world.press("restore-words")
    world.until(lambda: len(texts(page)) == 2)


def test_the_switch_turns_learning_off(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    open_page(world, words)
    switch = world.find("words.learn", QCheckBox)
    assert isinstance(switch, QCheckBox)
    assert switch.isChecked()
    world.press("words.learn")
    world.until(lambda: not words.learning)
    world.until(lambda: len(world.tasks) == 0)
    assert not switch.isChecked()


def test_a_switch_that_cannot_be_kept_goes_back(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    open_page(world, words)
    words.problem = UserError("own-words-not-here")
    world.press("words.learn")
    world.until(lambda: world.shown("words-banner"))
    world.until(lambda: len(world.tasks) == 0)
    switch = world.find("words.learn", QCheckBox)
    assert isinstance(switch, QCheckBox)
    assert switch.isChecked()


def test_what_is_learned_in_another_window_appears_while_one_is_changed(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    page = open_page(world, words)
    world.press("edit-words-1")
    world.until(lambda: world.shown("own-words-line"))
    QTest.keyClicks(world.find("own-words-line"), "half wri")
    words.cards[2] = card(2)
    words.tell()
    world.until(lambda: len(texts(page)) == 2)
    assert focused_name() == "own-words-line"
    assert text_of(world, "own-words-line") == "half wri"


def test_a_page_that_nobody_sees_is_not_read(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    page = open_page(world, words)
    world.window.settings_dialog.close()
    words.cards[2] = card(2)
    words.tell()
    assert len(world.tasks) == 0
    assert len(page.findChildren(QWidget, "word-row")) == 1


def test_what_cannot_be_read_says_why_and_can_be_tried_again(world: WindowWorld) -> None:  # noqa: F811
    words = FakeOwnWords(card(1))
    words.problem = UserError("own-words-not-here")
    page = open_page(world, words)
    assert "does not remember own words" in text_of(world, "words-banner-text")
    world.press("reload-words")
    world.until(lambda: len(texts(page)) == 1)
    assert not world.shown("words-banner")


def test_there_is_nothing_to_scroll_to_where_everything_fits(world: WindowWorld) -> None:  # noqa: F811
    page = open_page(world, FakeOwnWords(card(1), card(2, used=4)))
    world.until(lambda: len(texts(page)) == 2)
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() == 0


def test_of_many_the_rest_is_one_press_away(world: WindowWorld) -> None:  # noqa: F811
    page = open_page(world, FakeOwnWords(*(card(number) for number in range(1, 71))))
    assert len(texts(page)) == ROWS_AT_A_TIME
    world.press("more-words")
    assert len(texts(page)) == 70
    assert focused_name() == f"edit-words-{ROWS_AT_A_TIME + 1}"
    assert not world.shown("more-words")


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark"), (150, "high-contrast")])
def test_nothing_is_cut_or_overlaps(world: WindowWorld, size: int, theme: str) -> None:  # noqa: F811
    world.settings.set(THEME, theme)
    world.settings.set(TEXT_SIZE, size)
    world.settings.set(LEVEL, "expert")
    page = open_page(
        world, FakeOwnWords(card(1, used=2), card(2, "chuck " * 20), card(3, "Donaudampfschiff" * 9))
    )
    world.until(lambda: len(texts(page)) == 3)
    QApplication.processEvents()
    assert defects(world.window.settings_dialog) == []
    world.press("edit-words-2")
    world.until(lambda: world.shown("own-words-line"))
    world.press("delete-words-1")
    world.until(lambda: world.shown("restore-words"))
    QApplication.processEvents()
    assert defects(world.window.settings_dialog) == []
