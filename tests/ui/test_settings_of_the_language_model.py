"""The page of the language model: off at first, says who gets what, connects only when asked to."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
)

from model_server import ModelServerOfTests, chat, hang, model_server, models, reply
from nixforhumanity.assistant.language_model.reading import question_about
from nixforhumanity.assistant.skills import all_skills
from nixforhumanity.core.errors import UserError
from nixforhumanity.settings.declarations import (
    LANGUAGE_MODEL_ADDRESS,
    LANGUAGE_MODEL_IN_THE_OPEN,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_ON,
)
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401

UNDERSTOOD = chat('{"request": "list_installed", "slots": {}}')


@pytest.fixture
def server() -> Iterator[ModelServerOfTests]:
    with model_server(models("small", "large"), UNDERSTOOD) as one:
        yield one


def open_page(world: WindowWorld) -> None:  # noqa: F811
    world.key("Ctrl+,")
    world.until(lambda: world.window.settings_dialog.isActiveWindow())
    tabs = world.find("settings-tabs", QTabWidget)
    assert isinstance(tabs, QTabWidget)
    tabs.tabBar().setFocus()
    while tabs.tabText(tabs.currentIndex()) != "Language model":
        before = tabs.currentIndex()
        QTest.keyClick(tabs.tabBar(), Qt.Key.Key_Right)
        assert tabs.currentIndex() > before
    world.until(lambda: world.shown("language-model-page"))


def said(world: WindowWorld, name: str) -> str:  # noqa: F811
    return world.find(name).text().replace("\u200b", "")  # type: ignore[attr-defined,no-any-return]


def switched_on(world: WindowWorld, server: ModelServerOfTests, model: str = "small") -> None:  # noqa: F811
    world.settings.set(LANGUAGE_MODEL_ON, True)
    world.settings.set(LANGUAGE_MODEL_ADDRESS, server.address)
    world.settings.set(LANGUAGE_MODEL_NAME, model)


def test_it_is_off_and_says_so(world: WindowWorld, server: ModelServerOfTests) -> None:  # noqa: F811
    world.settings.set(LANGUAGE_MODEL_ADDRESS, server.address)
    open_page(world)
    assert said(world, "language-model-state") == "Off. Nothing is sent to any language model."
    for name in ("language_model.address", "try-model", "ask-for-models", "model-key"):
        assert not world.shown(name)
    assert "Not your earlier words" in said(world, "what-is-sent")
    assert server.connected == 0


def test_from_off_to_a_working_model_by_keyboard(
    world: WindowWorld,  # noqa: F811
    server: ModelServerOfTests,
) -> None:
    open_page(world)
    tick = world.find("language_model.on", QCheckBox)
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert "not ready" in said(world, "language-model-state")
    line = world.find("language_model.address", QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, server.address)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "Choose a model" in said(world, "language-model-state")
    assert not world.find("try-model").isEnabled()
    assert server.connected == 0
    world.press("ask-for-models")
    world.until(lambda: world.shown("models-of-the-server"))
    box = world.find("models-of-the-server", QComboBox)
    assert isinstance(box, QComboBox)
    assert [box.itemText(row) for row in range(box.count())] == ["Choose a model", "small", "large"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert world.settings.get(LANGUAGE_MODEL_NAME) == "small"
    assert "It does not leave this computer" in said(world, "language-model-state")
    assert server.connected == 1
    world.press("try-model")
    world.until(lambda: "It works" in said(world, "model-tried"))
    assert "list my installed programs" in said(world, "model-tried")
    assert server.connected == 2


def test_tab_goes_from_top_to_bottom(world: WindowWorld, server: ModelServerOfTests) -> None:  # noqa: F811
    switched_on(world, server)
    open_page(world)
    world.press("show-what-is-sent")
    content = world.window.settings_dialog.language_model.content
    world.find("language_model.on", QCheckBox).setFocus()
    heights: list[int] = []
    names: list[str] = []
    while (focused := QApplication.focusWidget()) is not None and content.isAncestorOf(focused):
        heights.append(focused.mapTo(content, QPoint(0, 0)).y())
        names.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert heights == sorted(heights), names
    assert {"exactly-what-is-sent", "model-key", "try-model", "more-settings"} <= set(names)


def test_keys_lead_to_the_end_of_what_is_sent(
    world: WindowWorld,  # noqa: F811
    server: ModelServerOfTests,
) -> None:
    switched_on(world, server)
    open_page(world)
    world.press("show-what-is-sent")
    box = world.find("exactly-what-is-sent", QPlainTextEdit)
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    world.key("Ctrl+End")
    bar = box.verticalScrollBar()
    assert bar.maximum() > 1
    assert bar.value() >= bar.maximum() - 1  # the last line may be cut in half
    world.key("Ctrl+Home")
    assert box.verticalScrollBar().value() == 0


def test_an_address_in_the_help_is_not_broken(
    world: WindowWorld,  # noqa: F811
    server: ModelServerOfTests,
) -> None:
    switched_on(world, server)
    open_page(world)
    texts = [label.text() for label in world.window.settings_dialog.language_model.findChildren(QLabel)]
    (help_text,) = [text for text in texts if "Ollama" in text]
    address = "http:/\u2060/\u2060localhost:8080"
    assert address in help_text
    layout = QTextLayout(help_text)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    whole = QFontMetrics(layout.font()).horizontalAdvance(address) + 4
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(whole)
        lines.append(help_text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    assert any(address in line for line in lines), lines


def test_exactly_what_is_sent_is_shown_and_sent(world: WindowWorld) -> None:  # noqa: F811
    with model_server(UNDERSTOOD) as server:
        switched_on(world, server)
        open_page(world)
        world.press("show-what-is-sent")
        view = world.find("exactly-what-is-sent", QPlainTextEdit)
        assert isinstance(view, QPlainTextEdit)
        shown = view.toPlainText()
        world.press("try-model")
        world.until(lambda: world.shown("model-tried") and "It works" in said(world, "model-tried"))
        body = server.bodies[0]
        for message in body["messages"]:  # type: ignore[attr-defined]
            assert str(message["content"]) in shown
        assert question_about("x", all_skills()).instructions in shown
        assert set(body) == {"model", "messages", "stream", "temperature", "max_tokens", "response_format"}
        assert all(f'"{name}"' in shown for name in body)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (chat("nonsense"), "not in the way that is needed"),
        (chat('{"request": "disk_usage", "slots": {}}'), "not in the way that is needed"),
        (reply("{}", "401 Unauthorized"), "did not accept the key"),
        (reply("{}", "500 X"), "error number 500"),
    ],
)
def test_a_trial_that_fails_says_why(world: WindowWorld, answer: bytes, told: str) -> None:  # noqa: F811
    with model_server(answer) as server:
        switched_on(world, server)
        open_page(world)
        world.press("try-model")
        world.until(lambda: world.shown("model-tried") and told in said(world, "model-tried"))


def test_a_trial_can_be_stopped(world: WindowWorld) -> None:  # noqa: F811
    with model_server(hang) as server:
        switched_on(world, server)
        open_page(world)
        world.press("try-model")
        world.until(lambda: server.waiting.is_set())
        assert world.find("try-model").text() == "Stop"  # type: ignore[attr-defined]
        world.press("try-model")
        world.until(lambda: said(world, "model-tried") == "Stopped.")
        world.until(lambda: server.ended.is_set())
        assert world.find("try-model").text() == "Try it"  # type: ignore[attr-defined]


def test_a_key_goes_to_the_keyring_and_can_be_deleted(
    world: WindowWorld,  # noqa: F811
    server: ModelServerOfTests,
) -> None:
    switched_on(world, server)
    open_page(world)
    assert "No key is kept" in said(world, "model-key-state")
    assert not world.shown("forget-model-key")
    line = world.find("model-key", QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line.setFocus()
    QTest.keyClicks(line, "k3y-of-mine")
    world.press("keep-model-key")
    world.until(lambda: "is kept in your keyring" in said(world, "model-key-state"))
    assert line.text() == ""
    assert "k3y-of-mine" not in world.settings.path.read_text()
    world.settings.set(LANGUAGE_MODEL_ADDRESS, "https://models.example")
    assert "It is never sent to models.example:443" in said(world, "model-key-state")
    world.press("forget-model-key")
    world.until(lambda: "No key is kept" in said(world, "model-key-state"))
    gone = world.tasks.start(world.secrets.get("language model"), name="look")
    world.until(gone.done)
    assert gone.result() is None


def test_without_a_keyring_that_is_said_and_nothing_is_kept(
    world: WindowWorld,  # noqa: F811
    server: ModelServerOfTests,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def missing(*_: object) -> None:
        raise UserError("keyring-unavailable", reason="not found")

    monkeypatch.setattr(world.secrets, "set", missing)
    switched_on(world, server)
    open_page(world)
    QTest.keyClicks(world.find("model-key", QLineEdit), "k3y-of-mine")
    world.press("keep-model-key")
    world.until(lambda: "a key cannot be kept" in said(world, "model-key-state"))
    assert "k3y-of-mine" not in world.settings.path.read_text()
    assert not world.shown("forget-model-key")


def test_a_network_address_needs_a_permission_that_belongs_to_it(world: WindowWorld) -> None:  # noqa: F811
    world.settings.set(LANGUAGE_MODEL_ON, True)
    world.settings.set(LANGUAGE_MODEL_NAME, "small")
    world.settings.set(LANGUAGE_MODEL_ADDRESS, "http://192.168.1.5:11434")
    open_page(world)
    assert "not ready" in said(world, "language-model-state")
    assert not world.find("try-model").isEnabled()
    world.press("language-model-in-the-open")
    assert world.settings.get(LANGUAGE_MODEL_IN_THE_OPEN) == "http://192.168.1.5:11434"
    assert "192.168.1.5:11434. Whoever runs it can read" in said(world, "language-model-state")
    world.settings.set(LANGUAGE_MODEL_ADDRESS, "http://192.168.1.6:11434")
    assert "not ready" in said(world, "language-model-state")


@pytest.mark.parametrize("address", ["http://93.184.216.34", "nas:11434", "ftp://x"])
def test_a_wrong_address_is_said_below_it(world: WindowWorld, address: str) -> None:  # noqa: F811
    world.settings.set(LANGUAGE_MODEL_ON, True)
    world.settings.set(LANGUAGE_MODEL_ADDRESS, address)
    world.settings.set(LANGUAGE_MODEL_NAME, "small")
    open_page(world)
    assert world.shown("language_model.address-note")
    assert not world.shown("language-model-in-the-open")
    assert not world.find("ask-for-models").isEnabled()
