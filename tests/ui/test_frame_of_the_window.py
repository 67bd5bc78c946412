"""Header, side bar, input and lists of choices: keys, names for screen readers, sizes and looks."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QWidget

from nixforhumanity.protocol.messages import AvailableCommand, AvailableCommandsUpdate
from nixforhumanity.settings.declarations import TEXT_SIZE, THEME
from nixforhumanity.ui.conversation.row_view import RowView
from nixforhumanity.ui.prompt_input.command_line_delegate import ABOUT
from nixforhumanity.ui.sidebar.sidebar import Place
from nixforhumanity.ui.theme.tokens import HIGH_CONTRAST
from ui.conversation_demo import fill_talk
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


def told(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Return what a screen reader says of a widget: name and role."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name), interface.role()


def test_levels_and_places_are_radio_buttons_with_names(world: WindowWorld) -> None:  # noqa: F811
    for name in (
        "level-beginner",
        "level-intermediate",
        "level-expert",
        "place-conversation",
        "place-history",
    ):
        button = world.find(name)
        said, role = told(button)
        assert role == QAccessible.Role.RadioButton, name
        assert said
    interface = QAccessible.queryAccessibleInterface(world.find("level-beginner"))
    assert interface is not None
    assert interface.state().checked
    assert "Everyday words" in interface.text(QAccessible.Text.Description)


def test_a_list_of_choices_is_named_by_its_label(world: WindowWorld) -> None:  # noqa: F811
    world.key("Ctrl+,")
    box = world.find("general.theme", QComboBox)
    assert told(box) == ("Colours", QAccessible.Role.ComboBox)
    interface = QAccessible.queryAccessibleInterface(box)
    assert interface is not None
    assert interface.text(QAccessible.Text.Value) == "As the desktop has them"
    assert "contrast" in interface.text(QAccessible.Text.Description)
    assert interface.childCount() == 1
    child = interface.child(0)
    assert child is not None
    assert child.role() == QAccessible.Role.List


def test_the_arrow_keys_of_the_places_show_them(world: WindowWorld) -> None:  # noqa: F811
    world.find("place-conversation").setFocus()
    world.key("Down")
    assert world.window.place is Place.HISTORY
    world.key("Up")
    assert world.window.place is Place.CONVERSATION


@pytest.mark.parametrize("key", ["Return", "Enter", "Space"])
@pytest.mark.parametrize("name", ["connection-pill", "settings-button", "new-conversation"])
def test_every_button_of_the_frame_is_pressed_by_enter_too(
    world: WindowWorld,  # noqa: F811
    name: str,
    key: str,
) -> None:
    pressed: list[str] = []
    button = world.find(name)
    button.clicked.disconnect()  # type: ignore[attr-defined]
    button.clicked.connect(lambda: pressed.append(name))  # type: ignore[attr-defined]
    button.setFocus()
    world.key(key)
    assert pressed == [name]


def test_a_click_leaves_the_keyboard_in_the_input(world: WindowWorld) -> None:  # noqa: F811
    world.window.prompt.editor.setFocus()
    QTest.mouseClick(world.find("place-history"), Qt.MouseButton.LeftButton)
    assert world.window.place is Place.HISTORY
    assert QApplication.focusWidget() is world.window.prompt.editor


def test_the_pointer_is_forgotten_when_a_dialog_takes_it(world: WindowWorld) -> None:  # noqa: F811
    pill = world.find("connection-pill")
    pill.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    QApplication.sendEvent(pill, QEvent(QEvent.Type.WindowBlocked))
    assert not pill.underMouse()


def test_the_name_of_the_connection_does_not_stutter(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    assert told(world.find("connection-pill"))[0] == "Connected: this computer"


@pytest.mark.parametrize("size", [100, 150, 200])
@pytest.mark.parametrize("width", [480, 1200])
def test_input_and_buttons_are_equally_high_and_in_the_column(
    world: WindowWorld,  # noqa: F811
    size: int,
    width: int,
) -> None:
    world.connect()
    world.settings.set(TEXT_SIZE, size)
    world.window.resize(width, 700)
    fill_talk(world.window.conversation.model)
    QApplication.processEvents()
    editor, send = world.window.prompt.editor, world.find("send")
    assert editor.height() == send.height()
    row = next(one for one in world.window.conversation.findChildren(RowView) if one.isVisible())
    left, column = row.column(row.width())
    start = row.mapTo(world.window, QPoint(left, 0)).x()
    assert editor.mapTo(world.window, QPoint(0, 0)).x() == start
    assert send.mapTo(world.window, QPoint(send.width(), 0)).x() == start + column


def test_stop_keeps_its_word_in_a_narrow_window(world: WindowWorld) -> None:  # noqa: F811
    world.window.resize(480, 700)
    world.window.prompt.show_busy(True)
    for size in (100, 200):
        world.settings.set(TEXT_SIZE, size)
        QApplication.processEvents()
        assert world.find("stop").text().strip() == "Stop"  # type: ignore[attr-defined]


def test_the_places_keep_their_words_at_twice_the_text_size(world: WindowWorld) -> None:  # noqa: F811
    world.window.resize(1100, 760)
    world.settings.set(TEXT_SIZE, 200)
    QApplication.processEvents()
    button = world.find("place-history")
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon  # type: ignore[attr-defined]
    assert world.shown("session-list")


def test_placeholders_are_not_grey_in_high_contrast(world: WindowWorld) -> None:  # noqa: F811
    world.settings.set(THEME, "high-contrast")
    QApplication.processEvents()
    world.key("Ctrl+F")
    for widget in (world.window.prompt.editor, world.find("find-line")):
        widget.ensurePolished()
        shown = widget.palette().color(QPalette.ColorRole.PlaceholderText)
        assert (shown.name(), shown.alpha()) == (HIGH_CONTRAST.muted, 255)


def test_close_has_no_picture_of_another_look(world: WindowWorld) -> None:  # noqa: F811
    world.key("Ctrl+,")
    box = world.window.settings_dialog.findChild(QDialogButtonBox)
    assert box is not None
    assert box.button(QDialogButtonBox.StandardButton.Close).icon().isNull()


def test_all_choices_are_in_sight_and_the_wheel_changes_none(world: WindowWorld) -> None:  # noqa: F811
    world.key("Ctrl+,")
    box = world.find("general.theme", QComboBox)
    assert isinstance(box, QComboBox)
    wheel = QWheelEvent(
        QPoint(5, 5), box.mapToGlobal(QPoint(5, 5)), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.currentData() == "system"
    box.showPopup()
    QApplication.processEvents()
    view = box.view()
    last = view.visualRect(box.model().index(box.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    box.hidePopup()


COMMANDS = [
    AvailableCommand(name=f"command-{number}", description=f"what number {number} does")
    for number in range(14)
]


@pytest.mark.parametrize("size", [100, 200])
def test_a_slash_shows_every_command_and_what_it_does(world: WindowWorld, size: int) -> None:  # noqa: F811
    world.connect()
    world.settings.set(TEXT_SIZE, size)
    world.window.resize(480, 700)
    world.connection.update(AvailableCommandsUpdate(available_commands=COMMANDS))
    world.type("/")
    shown = world.window.prompt.completion
    assert shown.isVisible()
    assert shown.count() == len(COMMANDS)
    assert shown.item(3).data(ABOUT) == "what number 3 does"
    QApplication.processEvents()
    assert shown.height() < world.window.height() / 2
    world.key("Down")
    world.key("Down")
    world.key("Return")
    assert world.written == "/command-2 "
    assert not shown.isVisible()


def test_commands_told_before_the_conversation_has_a_name_are_known(world: WindowWorld) -> None:  # noqa: F811
    update = AvailableCommandsUpdate(available_commands=COMMANDS)
    world.binding.controller.session_updated("one-that-is-not-open-yet", update)
    world.type("/")
    assert world.window.prompt.completion.isVisible()
    world.key("Escape")
    assert not world.window.prompt.completion.isVisible()
    assert world.written == "/"


def test_commands_that_come_after_the_slash_are_shown(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("/")
    assert not world.window.prompt.completion.isVisible()
    world.connection.update(AvailableCommandsUpdate(available_commands=COMMANDS))
    assert world.window.prompt.completion.isVisible()
