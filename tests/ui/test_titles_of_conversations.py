"""The titles of past conversations: each is read, and cut, in the direction of its own words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from nixforhumanity.ui.sidebar.session_list import ConversationTitle, SessionList, TitleDelegate
from nixforhumanity.ui.text_direction import direction_of

ARABIC = "ثبت krita من فضلك، أريد أن أرسم"
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize(
    ("text", "direction"), [("install vlc", LEFT), (ARABIC, RIGHT), ("1. התקן gimp", RIGHT), ("42 …", None)]
)
def test_the_first_letter_tells_the_direction(text: str, direction: Qt.LayoutDirection | None) -> None:
    assert direction_of(text) is direction


@pytest.mark.parametrize("window", [LEFT, RIGHT])
@pytest.mark.parametrize(("title", "own"), [("install vlc", LEFT), (ARABIC, RIGHT)])
def test_a_title_has_the_direction_of_its_words(
    qapp: QApplication, qtbot: QtBot, window: Qt.LayoutDirection, title: str, own: Qt.LayoutDirection
) -> None:
    sessions = SessionList()
    qtbot.addWidget(sessions)
    sessions.setLayoutDirection(window)
    sessions.show_conversations([ConversationTitle("s", title)], None)
    option = QStyleOptionViewItem()
    option.initFrom(sessions)
    delegate = sessions.itemDelegate()
    assert isinstance(delegate, TitleDelegate)
    delegate.initStyleOption(option, sessions.model().index(0, 0))
    assert option.direction is own
    starts_at_right = bool(option.displayAlignment & Qt.AlignmentFlag.AlignRight) is (own is LEFT)
    assert starts_at_right is (window is RIGHT)


def test_the_dots_of_a_cut_title_stand_at_its_end(qapp: QApplication, qtbot: QtBot) -> None:
    """The dots are low and the letters are not: the first ink from the left is a dot's."""
    sessions = SessionList()
    qtbot.addWidget(sessions)
    sessions.show_conversations([ConversationTitle("s", "א" * 60)], None)
    sessions.resize(200, 90)
    sessions.show()
    qtbot.waitExposed(sessions)
    image = sessions.viewport().grab(sessions.visualItemRect(sessions.item(0))).toImage()
    ground = image.pixel(0, 0)

    def inked(top: int, bottom: int) -> list[int]:
        rows = range(top, bottom)
        return [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows)]

    everywhere, letters = inked(0, image.height()), inked(0, image.height() // 2)
    assert min(everywhere) < min(letters) - 2
    assert max(everywhere) <= max(letters) + 2
