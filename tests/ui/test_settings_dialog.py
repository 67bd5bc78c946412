"""The settings: in force at once, with help, taken back one by one; and the connection's page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QTabBar

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.settings.declarations import (
    LEVEL,
    REMOTE_URL,
    SERVER_PLACE,
    TEXT_SIZE,
    THEME,
    WEBSOCKET_PORT,
)
from nixforhumanity.ui.theme.appearance import appearance_of
from nixforhumanity.ui.window_binding import RECONNECT_PAUSE_MS
from ui.fake_connection import lost, port_taken
from ui.layout_rules import defects
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401


def pick(world: WindowWorld, key: str, value: object) -> None:  # noqa: F811
    """Choose in a list by its keys."""
    box = world.find(key, QComboBox)
    assert isinstance(box, QComboBox)
    box.setFocus()
    index = box.findData(value)
    steps = index - box.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    assert box.currentData() == value


def open_server_page(world: WindowWorld) -> None:  # noqa: F811
    world.press("connection-pill")
    menu = world.find("connection-menu", QMenu)
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Up)  # the last one
    QTest.keyClick(menu, Qt.Key.Key_Return)
    world.until(lambda: world.window.settings_dialog.isActiveWindow())
    assert world.shown("server-page")


def open_general_page(world: WindowWorld) -> None:  # noqa: F811
    world.key("Ctrl+,")
    world.until(lambda: world.window.settings_dialog.isActiveWindow())


def test_a_theme_is_shown_at_once_and_kept(world: WindowWorld) -> None:  # noqa: F811
    open_general_page(world)
    pick(world, "general.theme", "dark")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert appearance_of(application).colours.dark
    assert world.settings.get(THEME) == "dark"
    assert "dark" in world.settings.path.read_text()


def test_a_changed_setting_is_marked_and_can_be_taken_back(world: WindowWorld) -> None:  # noqa: F811
    open_general_page(world)
    assert not world.shown("general.text_size-restore")
    pick(world, "general.text_size", 150)
    assert world.settings.get(TEXT_SIZE) == 150
    world.press("general.text_size-restore")
    assert world.settings.get(TEXT_SIZE) == 100
    assert not world.shown("general.text_size-restore")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "general.text_size"


def test_level_reaches_the_conversation(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.offer_options()
    open_general_page(world)
    pick(world, "general.level", "intermediate")
    assert world.window.header.levels.level == "intermediate"
    world.until(lambda: ("mode", "new1", "intermediate") in world.connection.calls)


def test_a_setting_changed_elsewhere_is_shown(world: WindowWorld) -> None:  # noqa: F811
    open_general_page(world)
    world.settings.set(LEVEL, "expert")
    box = world.find("general.level", QComboBox)
    assert isinstance(box, QComboBox)
    assert box.currentData() == "expert"


def test_every_control_tells_its_help(world: WindowWorld) -> None:  # noqa: F811
    open_general_page(world)
    for row in world.window.settings_dialog.general.rows.values():
        assert row.control.accessibleName()
        assert row.control.accessibleDescription()


def test_a_hidden_setting_is_one_press_away_and_stays_when_changed(world: WindowWorld) -> None:  # noqa: F811
    open_server_page(world)
    assert not world.shown("ports.websocket")
    world.press("more-settings")
    assert world.shown("ports.websocket")
    world.press("more-settings")
    world.settings.set(WEBSOCKET_PORT, 4000)
    assert world.shown("ports.websocket")


def test_a_setting_that_cannot_be_written_says_why_and_stays(world: WindowWorld) -> None:  # noqa: F811
    world.settings.path.parent.mkdir(parents=True, exist_ok=True)
    world.settings.path.write_text("version = 99\n")
    world.settings.reload()
    open_general_page(world)
    assert "newer version" in world.find("settings-problems").text()  # type: ignore[attr-defined]
    box = world.find("general.theme", QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert "newer version" in world.find("general.theme-note").text()  # type: ignore[attr-defined]
    assert isinstance(box, QComboBox)
    assert box.currentData() == "system"


def test_an_address_and_a_token_for_a_server_elsewhere(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    open_server_page(world)
    assert not world.shown("token")
    world.press("more-settings")
    pick(world, "server.place", "remote")
    line = world.find("server.remote_url", QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "wss://nas.example:4000")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert world.settings.get(REMOTE_URL) == "wss://nas.example:4000"
    token = world.find("token", QLineEdit)
    QTest.keyClicks(token, "s3cret")
    world.press("keep-token")
    state = world.find("token-state")
    world.until(lambda: "is kept" in state.text())  # type: ignore[attr-defined]
    kept = world.tasks.start(world.secrets.get("remote token nas.example:4000"), name="look")
    world.until(kept.done)
    assert kept.result() == "s3cret"
    assert "s3cret" not in world.settings.path.read_text()
    assert token.text() == ""  # type: ignore[attr-defined]


def test_a_wrong_address_is_said_below_the_address_and_no_token_is_kept(world: WindowWorld) -> None:  # noqa: F811
    world.settings.set(SERVER_PLACE, "remote")
    world.settings.set(REMOTE_URL, "http://nas.example")
    open_server_page(world)
    note = world.find("server.remote_url-note").text()  # type: ignore[attr-defined]
    assert "http://nas.example" in note.replace("\u2060", "")
    QTest.keyClicks(world.find("token", QLineEdit), "s3cret")
    world.press("keep-token")
    state = world.find("token-state")
    world.until(lambda: "Enter the address first" in state.text())  # type: ignore[attr-defined]
    assert "http://nas.example" not in state.text()  # type: ignore[attr-defined]
    assert world.find("token", QLineEdit).text() == "s3cret"  # type: ignore[attr-defined]


def test_a_locked_keyring_is_not_said_to_have_lost_a_token(
    world: WindowWorld,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def locked(name: str) -> str | None:
        raise UserError("keyring-unavailable", reason="not found")

    monkeypatch.setattr(world.secrets, "get", locked)
    world.settings.set(SERVER_PLACE, "remote")
    world.settings.set(REMOTE_URL, "wss://nas.example:4000")
    open_server_page(world)
    state = world.find("token-state")
    world.until(lambda: "cannot be used: not found" in state.text())  # type: ignore[attr-defined]
    assert "was not kept" not in state.text()  # type: ignore[attr-defined]


def type_port(world: WindowWorld, text: str) -> QLineEdit:  # noqa: F811
    """Write a port in place of the one that is there."""
    open_server_page(world)
    world.press("more-settings")
    line = world.find("ports.websocket", QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    return line


def test_another_port_is_used_at_once(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    line = type_port(world, "4001")
    assert ("retry",) not in world.connection.calls
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert world.settings.get(WEBSOCKET_PORT) == 4001
    world.until(lambda: ("retry",) in world.connection.calls)
    assert world.window.settings_dialog.isVisible()


@pytest.mark.parametrize("text", ["abc99999", "0", "65536", "", "-1", "34 57"])
def test_what_is_no_port_is_said_while_it_is_typed_and_not_taken(world: WindowWorld, text: str) -> None:  # noqa: F811
    world.connect()
    line = type_port(world, text)
    if not text:
        QTest.keyClick(line, Qt.Key.Key_Backspace)
    note = world.find("ports.websocket-note")
    assert "from 1 to 65535" in note.text()  # type: ignore[attr-defined]
    assert "from 1 to 65535" in line.accessibleDescription()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert world.settings.get(WEBSOCKET_PORT) == 3457
    assert line.text() == text


def test_a_low_port_says_who_may_use_it(world: WindowWorld) -> None:  # noqa: F811
    line = type_port(world, "80")
    assert "administrator" in world.find("ports.websocket-note").text()  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert world.settings.get(WEBSOCKET_PORT) == 80


def test_half_an_address_is_no_reason_to_disconnect(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    open_server_page(world)
    world.press("more-settings")
    pick(world, "server.place", "remote")
    assert "Enter the address" in world.find("server.remote_url-note").text()  # type: ignore[attr-defined]
    state = world.find("token-state")
    world.until(lambda: "Enter the address first" in state.text())  # type: ignore[attr-defined]
    line = world.find("server.remote_url", QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "wss:")
    assert "is not an address" in world.find("server.remote_url-note").text()  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert world.settings.get(REMOTE_URL) == ""
    QTest.qWait(RECONNECT_PAUSE_MS + 100)
    assert ("retry",) not in world.connection.calls
    QTest.keyClicks(line, "//nas.example:4000")
    assert not world.shown("server.remote_url-note")
    QTest.keyClick(line, Qt.Key.Key_Return)
    world.until(lambda: ("retry",) in world.connection.calls)


def test_the_page_says_what_the_window_connects_to_now(world: WindowWorld) -> None:  # noqa: F811
    open_server_page(world)
    world.connection.become(
        ConnectionState(ConnectionPhase.CONNECTING, ServerPlace.REMOTE, "nas.example:4000")
    )
    sentence = world.find("server-sentence").text()  # type: ignore[attr-defined]
    assert sentence == "The window connects to nas.example:4000 now …"
    assert "at once" in world.find("server-at-once").text()  # type: ignore[attr-defined]


def test_practice_says_that_it_has_a_server_of_its_own(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.binding.practise()
    open_server_page(world)
    assert "assistant server of its own" in world.find("server-practice").text()  # type: ignore[attr-defined]
    world.settings.set(SERVER_PLACE, "remote")
    assert not world.shown("server-practice")


def test_outside_practice_nothing_is_said_about_it(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    open_server_page(world)
    assert not world.shown("server-practice")


def test_closing_unchanged_settings_leaves_the_connection_alone(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    open_server_page(world)
    world.key("Escape")
    assert ("retry",) not in world.connection.calls


def test_the_page_shows_why_the_server_failed_and_its_log(world: WindowWorld) -> None:  # noqa: F811
    world.connection.become(port_taken())
    open_server_page(world)
    assert "address already in use" in world.find("server-log").toPlainText()  # type: ignore[attr-defined]


def test_a_test_of_the_connection_tells_how_it_ended(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.become(lost())
    open_server_page(world)
    world.press("test-connection")
    sentence = world.find("server-sentence")
    world.until(lambda: sentence.text() == "The connection works.")  # type: ignore[attr-defined]
    world.connection.host_refusal = UserError("settings-newer", path="x")
    world.press("test-connection")
    world.until(lambda: "newer version" in sentence.text())  # type: ignore[attr-defined]
    assert Message("settings-newer", {"path": "x"}) == world.connection.host_refusal.message


def test_an_environment_variable_goes_before(world: WindowWorld) -> None:  # noqa: F811
    settings = type(world.settings)(world.settings.path, {"WEBSOCKET_PORT": "5000"})
    from nixforhumanity.ui.settings_dialog.setting_row import SettingRow

    row = SettingRow(WEBSOCKET_PORT, settings, world.window.words, world.window)
    assert not row.control.isEnabled()
    assert row.belongs_to_level
    row.deleteLater()


@pytest.mark.parametrize(("size", "width"), [(200, 320), (200, 480), (100, 320)])
def test_every_page_can_be_reached_where_the_tabs_have_no_room(
    world: WindowWorld,  # noqa: F811
    size: int,
    width: int,
) -> None:
    world.settings.set(TEXT_SIZE, size)
    open_general_page(world)
    dialog = world.window.settings_dialog
    dialog.resize(width, 640)
    QApplication.processEvents()
    assert dialog.width() == width
    pages = world.find("settings-pages", QComboBox)
    bar = dialog.findChild(QTabBar)
    assert isinstance(pages, QComboBox)
    assert bar is not None
    assert not bar.isVisible(), "cut tabs behind arrows are no way to a page"
    assert pages.accessibleName()
    assert [pages.itemText(row) for row in range(pages.count())] == [
        "General", "Assistant server", "My words", "Language model",
    ]  # fmt: skip
    pages.setFocus()
    for page in ("server-page", "words-page", "language-model-page"):
        QTest.keyClick(pages, Qt.Key.Key_Down)
        assert world.shown(page)
    assert pages.currentText() == "Language model"
    for _ in range(4):  # every layout that was put off
        QApplication.processEvents()
    assert defects(dialog) == []


def test_the_tabs_come_back_with_the_room_and_keep_the_page(world: WindowWorld) -> None:  # noqa: F811
    world.settings.set(TEXT_SIZE, 200)
    open_general_page(world)
    dialog = world.window.settings_dialog
    dialog.resize(320, 640)
    pages = world.find("settings-pages", QComboBox)
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_End)
    dialog.resize(1200, 640)
    bar = dialog.findChild(QTabBar)
    assert bar is not None
    assert bar.isVisible()
    assert not pages.isVisible()
    assert bar.tabText(bar.currentIndex()) == "Language model"
    assert QApplication.focusWidget() is bar, "the keyboard is where it was"
