"""Places, regions, level, text size, room, memory and names of the window."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from nixforhumanity.protocol.messages import SessionInfo
from nixforhumanity.settings.declarations import LEVEL, TEXT_SIZE
from nixforhumanity.ui.main_window import MainWindow
from nixforhumanity.ui.sidebar.sidebar import Place
from nixforhumanity.ui.window_state import WindowState
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


def test_ctrl_and_a_number_lead_to_a_place(world: WindowWorld) -> None:  # noqa: F811
    world.key("Ctrl+2")
    assert world.window.place is Place.HISTORY
    world.key("Ctrl+1")
    assert world.window.place is Place.CONVERSATION


def test_f6_goes_around_the_window_and_back(world: WindowWorld) -> None:  # noqa: F811
    world.window.prompt.editor.setFocus()
    seen = []
    for _ in range(4):
        world.key("F6")
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
    assert seen[3] is world.window.prompt.editor
    assert len({id(one) for one in seen}) == 4
    world.key("Shift+F6")
    assert QApplication.focusWidget() is seen[2]


def test_the_level_switch_changes_setting_and_session(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.press("level-expert")
    assert world.settings.get(LEVEL) == "expert"
    world.until(lambda: ("mode", "new1", "expert") in world.connection.calls)


def test_arrow_keys_move_through_the_levels(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.find("level-beginner").setFocus()
    world.key("Right")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "level-intermediate"
    assert world.settings.get(LEVEL) == "intermediate"


def test_a_level_asked_for_by_words_is_shown(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.change_level("expert")
    assert world.settings.get(LEVEL) == "expert"
    assert world.window.header.levels.level == "expert"


def test_text_size_by_keys(world: WindowWorld) -> None:  # noqa: F811
    before = QApplication.font().pointSizeF()
    world.key("Ctrl+=")
    assert world.settings.get(TEXT_SIZE) == 125
    assert QApplication.font().pointSizeF() > before
    world.key("Ctrl+-")
    world.key("Ctrl+-")
    assert world.settings.get(TEXT_SIZE) == 100
    assert QApplication.font().pointSizeF() == before


@pytest.mark.parametrize("size", [100, 200])
def test_nothing_is_wider_than_a_narrow_window(world: WindowWorld, size: int) -> None:  # noqa: F811
    world.settings.set(TEXT_SIZE, size)
    width = 320 if size == 100 else 480
    world.window.resize(width, 640)
    world.until(lambda: world.window.width() == width)
    world.until(lambda: world.shown("past-conversations"))
    assert not world.shown("session-list")
    for name in ("connection-pill", "level-menu", "settings-button", "send", "prompt", "search-entry"):
        widget = world.find(name)
        corner = widget.mapTo(world.window, widget.rect().topRight())
        assert corner.x() < world.window.width(), name
        assert widget.width() >= min(widget.minimumSizeHint().width(), 40), name


def test_a_wide_window_shows_words_and_conversations(world: WindowWorld) -> None:  # noqa: F811
    assert world.shown("session-list")
    assert world.shown("level-beginner")
    assert not world.shown("past-conversations")


def test_the_past_conversations_are_a_menu_in_a_narrow_window(world: WindowWorld) -> None:  # noqa: F811
    world.connect(
        SessionInfo(session_id="s1", cwd="/", title="Edit photos"),
        SessionInfo(session_id="s2", cwd="/", title="R & D"),
        last="s1",
    )
    world.window.resize(360, 640)
    world.until(lambda: world.shown("past-conversations"))
    button = world.find("past-conversations", QToolButton)
    assert isinstance(button, QToolButton)
    menu = button.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Edit photos", "R && D"]
    menu.actions()[1].trigger()
    world.until(lambda: world.binding.controller.current_session == "s2")


def test_the_size_of_the_window_is_remembered(world: WindowWorld) -> None:  # noqa: F811
    world.window.resize(700, 600)
    world.window.close()
    again = MainWindow(world.settings, WindowState(world.state.path), world.window.words)
    assert (again.width(), again.height()) == (700, 600)
    again.deleteLater()


def test_a_damaged_memory_is_as_none(world: WindowWorld) -> None:  # noqa: F811
    world.state.path.parent.mkdir(parents=True, exist_ok=True)
    for damaged in ("{", "[1]", '{"geometry": 3, "session": "s1"}'):
        world.state.path.write_text(damaged)
        state = WindowState(world.state.path)
        assert state.geometry == ""
    assert state.last_session() == "s1"


def test_every_control_has_a_name(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.offer_commands("install")
    world.window.show_place(Place.HISTORY)
    world.key("Ctrl+,")
    controls = [
        one
        for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
        for one in world.window.findChildren(kind)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _part_of_another(one)
    ]
    assert len(controls) > 15
    nameless = [
        one.objectName() or type(one).__name__
        for one in controls
        if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text())
    ]
    assert nameless == []


def test_a_button_without_words_has_a_name_and_a_tool_tip(world: WindowWorld) -> None:  # noqa: F811
    world.window.resize(340, 640)
    world.until(lambda: world.shown("past-conversations"))
    silent = [
        one
        for one in world.window.findChildren(QToolButton)
        if one.isVisible() and one.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ]
    assert len(silent) > 5
    for button in silent:
        if not _part_of_another(button):
            assert button.accessibleName(), button.objectName()
            assert button.toolTip(), button.objectName()


class Marked(QTranslator):
    """A language in which every word is in angle brackets."""

    def translate(self, context: str, text: str, *rest: object) -> str:
        return f"‹{text}›"

    def isEmpty(self) -> bool:
        return False


def test_another_language_is_shown_at_once(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.window.show_place(Place.HISTORY)
    translator = Marked()
    QCoreApplication.installTranslator(translator)
    try:
        QApplication.processEvents()
        assert world.find("send").text().strip() == "‹Send›"  # type: ignore[attr-defined]
        assert world.find("level-expert").text() == "‹Expert›"  # type: ignore[attr-defined]
        assert ["‹Connected: ", "place}›"][0] in world.window.header.pill.text()
        assert world.find("history-filter").placeholderText() == "‹Filter by name›"  # type: ignore[attr-defined]
        assert world.window.commands["settings"].text == "‹Settings›"
        assert world.window.windowTitle().startswith("‹Nix for Humanity›")
    finally:
        QCoreApplication.removeTranslator(translator)
    QApplication.processEvents()
    assert world.find("send").text().strip() == "Send"  # type: ignore[attr-defined]


def test_right_to_left_puts_the_side_bar_on_the_other_side(world: WindowWorld) -> None:  # noqa: F811
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        world.until(lambda: world.window.sidebar.x() > world.window.width() / 2)
    finally:
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    world.until(lambda: world.window.sidebar.x() == 0)


def _part_of_another(widget: QWidget) -> bool:
    """A clear button or scroll button belongs to its control."""
    return widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit | QComboBox)


def test_quit_by_key_closes_the_window(world: WindowWorld) -> None:  # noqa: F811
    closed = []
    world.window.closed.connect(lambda: closed.append(True))
    world.key("Ctrl+Q")
    assert closed
    assert not world.window.isVisible()
