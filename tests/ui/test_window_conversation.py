"""Saying something, stopping it, allowing, rejecting, losing the connection: in a whole window, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.messages import AgentMessageChunk, Selected, SessionInfo, TextBlock
from nixforhumanity.settings.declarations import WEBSOCKET_PORT
from nixforhumanity.ui.conversation.items import MessageKind
from nixforhumanity.ui.sidebar.sidebar import Place
from ui.fake_connection import connected, lost, plan_card, port_taken
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401

GIMP = SessionInfo(session_id="s1", cwd="/", title="Edit photos")
DISK = SessionInfo(session_id="s2", cwd="/", title="Space on the disk")


def test_enter_sends_and_the_words_appear(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("install gimp")
    world.key("Return")
    assert world.said == ["install gimp"]
    assert [one.text for one in world.messages] == ["install gimp"]
    assert world.written == ""


def test_words_are_not_shown_twice_when_the_server_echoes_them(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("install gimp")
    world.key("Return")
    world.connection.echo(*world.connection.sent[0])
    assert [one.text for one in world.messages] == ["install gimp"]


def test_send_becomes_stop_until_the_turn_has_ended(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("update")
    world.press("send")
    assert world.shown("stop")
    assert not world.shown("send")
    world.connection.end("prompt1")
    assert world.shown("send")
    assert not world.shown("stop")


def test_escape_stops_only_while_something_runs(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.key("Escape")
    assert ("cancel", "new1") not in world.connection.calls
    world.type("update")
    world.key("Return")
    world.key("Escape")
    assert ("cancel", "new1") in world.connection.calls


def test_a_double_click_on_send_does_not_stop(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("update")
    QTest.mouseClick(world.find("send"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(world.find("stop"), Qt.MouseButton.LeftButton)
    assert ("cancel", "new1") not in world.connection.calls


def test_two_turns_at_once_stay_stoppable_until_both_have_ended(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    for words in ("update", "list generations"):
        world.type(words)
        world.key("Return")
    world.connection.end("prompt1")
    assert world.shown("stop")
    world.connection.end("prompt2")
    assert not world.shown("stop")


@pytest.mark.parametrize(("button", "option"), [("allow", "yes"), ("reject", "no")])
def test_the_card_answers_the_question(world: WindowWorld, button: str, option: str) -> None:  # noqa: F811
    world.connect()
    world.connection.show_plan(plan_card())
    question = world.connection.ask("p1")
    world.until(lambda: world.plans[0].asking)
    signal = (
        world.window.conversation.plan_allowed
        if button == "allow"
        else world.window.conversation.plan_rejected
    )
    signal.emit("p1")
    world.until(question.done)
    assert question.result() == Selected(option_id=option)
    world.until(lambda: not world.plans[0].asking)


def test_a_withdrawn_question_can_no_longer_be_answered(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.show_plan(plan_card())
    question = world.connection.ask("p1")
    world.until(lambda: world.plans[0].asking)
    question.cancel()
    world.until(lambda: not world.plans[0].asking)
    world.window.conversation.plan_allowed.emit("p1")
    assert question.cancelled()


def test_a_question_of_another_conversation_waits_there(world: WindowWorld) -> None:  # noqa: F811
    world.connect(GIMP, DISK, last="s2")
    question = world.connection.ask("p1", "s1")
    world.until(lambda: world.shown("elsewhere"))
    world.connection.replays["s1"] = []
    world.press("show-elsewhere")
    world.until(lambda: world.binding.controller.current_session == "s1")
    world.connection.show_plan(plan_card(), "s1")
    world.until(lambda: bool(world.plans) and world.plans[0].asking)
    assert not world.shown("elsewhere")
    world.window.conversation.plan_allowed.emit("p1")
    world.until(question.done)


def test_words_said_without_a_connection_wait_and_are_sent_once(world: WindowWorld) -> None:  # noqa: F811
    world.type("install gimp")
    world.key("Return")
    assert [(one.text, one.waiting) for one in world.messages] == [("install gimp", True)]
    world.connect()
    world.until(lambda: world.said == ["install gimp"])
    assert [(one.text, one.waiting) for one in world.messages] == [("install gimp", False)]


def test_the_outbox_is_marked_while_the_connection_is_lost(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.become(lost())
    world.type("install gimp")
    world.key("Return")
    assert world.messages[0].waiting
    world.connection.become(connected())
    assert not world.messages[0].waiting


def test_words_that_cannot_be_sent_come_back(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.refusal = UserError("settings-newer", path="x")
    world.type("install gimp")
    world.key("Return")
    assert world.written == "install gimp"
    assert world.shown("notice")
    assert world.messages == []


def test_a_failed_turn_is_an_answer(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.type("update")
    world.key("Return")
    world.connection.end("prompt1", Message("settings-newer", {"path": "x"}))
    assert world.messages[-1].kind is MessageKind.ERROR
    assert "newer version" in world.messages[-1].text


def test_a_lost_connection_counts_down_and_retries_on_demand(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.become(lost(7))
    assert "7 s" in world.window.connection_banner.text
    assert "Not connected" in world.window.header.pill.accessibleName()
    world.press("retry")
    world.until(lambda: ("retry",) in world.connection.calls)
    assert not world.shown("connection-banner")


def test_a_taken_port_offers_a_free_one(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.become(port_taken(free=3461))
    world.press("connection-banner-toggle")
    assert "address already in use" in world.find("connection-banner-details").toPlainText()  # type: ignore[attr-defined]
    world.press("use-port")
    world.until(lambda: ("retry",) in world.connection.calls)
    assert world.settings.get(WEBSOCKET_PORT) == 3461


def test_the_last_conversation_is_opened_and_another_on_enter(world: WindowWorld) -> None:  # noqa: F811
    chunk = AgentMessageChunk(content=TextBlock(text="GIMP fits."), message_id="m")
    world.connection.replays["s2"] = [chunk]
    world.connect(GIMP, DISK, last="s2")
    assert [one.text for one in world.messages] == ["GIMP fits."]
    sessions = world.window.sidebar.sessions
    sessions.setFocus()
    world.key("Up")
    world.key("Return")
    world.until(lambda: world.binding.controller.current_session == "s1")
    assert world.messages == []
    assert world.state.last_session() == "s1"


def test_a_new_conversation_is_begun_by_key(world: WindowWorld) -> None:  # noqa: F811
    world.connect(GIMP, last="s1")
    world.window.show_place(Place.HISTORY)
    world.key("Ctrl+N")
    world.until(lambda: world.binding.controller.current_session == "new1")
    assert world.window.place is Place.CONVERSATION
    assert QApplication.focusWidget() is world.window.prompt.editor


def test_an_empty_conversation_is_not_begun_again(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.key("Ctrl+N")
    world.until(lambda: len(world.tasks) == 0)
    assert world.binding.controller.current_session == "new1"


def test_a_deleted_conversation_can_be_brought_back(world: WindowWorld) -> None:  # noqa: F811
    world.connect(GIMP, DISK, last="s1")
    sessions = world.window.sidebar.sessions
    sessions.setFocus()
    world.key("Down")
    world.key("Delete")
    assert [one.session_id for one in sessions.conversations] == ["s1"]
    world.press("undo-delete")
    assert [one.session_id for one in sessions.conversations] == ["s1", "s2"]
    assert ("delete", "s2") not in world.connection.calls


def test_a_deleted_conversation_is_gone_when_the_message_is_closed(world: WindowWorld) -> None:  # noqa: F811
    world.connect(GIMP, DISK, last="s1")
    world.window.sidebar.sessions.delete_requested.emit("s1")
    world.press("deletion-close")
    world.until(lambda: ("delete", "s1") in world.connection.calls)
    world.until(lambda: world.binding.controller.current_session == "s2")


def test_find_goes_through_the_places(world: WindowWorld) -> None:  # noqa: F811
    world.connection.replays["s1"] = [
        AgentMessageChunk(content=TextBlock(text="GIMP fits. GIMP is free."), message_id="m")
    ]
    world.connect(GIMP, last="s1")
    world.key("Ctrl+F")
    QTest.keyClicks(QApplication.focusWidget(), "gimp")
    assert world.find("find-count").text() == "2 of 2"  # type: ignore[attr-defined]
    world.key("Return")
    assert world.find("find-count").text() == "1 of 2"  # type: ignore[attr-defined]
    world.key("Escape")
    assert not world.shown("find-bar")
    assert QApplication.focusWidget() is world.window.prompt.editor
