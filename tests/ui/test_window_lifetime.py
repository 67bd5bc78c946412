"""Closing during a change, the connection's banner and menu, and what waits in other conversations."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.protocol.messages import SessionInfo
from ui.fake_connection import ADDRESS, connected, lost, plan_card
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401

ONE = SessionInfo(session_id="one", cwd="/", title="One")
TWO = SessionInfo(session_id="two", cwd="/", title="Two")


def run_plan(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE, TWO, last="one")
    world.connection.show_plan(plan_card(state="running"), "one")


def question(world: WindowWorld) -> QMessageBox:  # noqa: F811
    world.window.close()
    box = world.find("closing", QMessageBox)
    assert isinstance(box, QMessageBox)
    return box


def test_closing_during_a_change_asks_and_lets_it_finish(world: WindowWorld) -> None:  # noqa: F811
    run_plan(world)
    box = question(world)
    assert "Install GIMP for you" in box.text()
    assert box.defaultButton().objectName() == "closing-finish"
    assert world.window.isVisible()
    world.press("closing-finish")
    world.until(lambda: not world.window.isVisible())
    assert ("cancel", "one") not in world.connection.calls


def test_a_change_is_stopped_and_then_the_window_closes(world: WindowWorld) -> None:  # noqa: F811
    run_plan(world)
    question(world)
    world.press("closing-stop")
    assert ("cancel", "one") in world.connection.calls
    assert world.window.isVisible()
    world.connection.show_plan(plan_card(state="stopped"), "one")
    world.until(lambda: not world.window.isVisible())


@pytest.mark.parametrize("how", ["button", "escape"])
def test_the_window_is_kept_open(world: WindowWorld, how: str) -> None:  # noqa: F811
    run_plan(world)
    box = question(world)
    if how == "button":
        world.press("closing-keep")
    else:
        QTest.keyClick(box, Qt.Key.Key_Escape)
    world.until(lambda: not world.shown("closing"))
    assert world.window.isVisible()
    assert question(world).isVisible()


@pytest.mark.parametrize(
    ("state", "words"),
    [("done", "it is done."), ("failed", "it did not work."), ("stopped", "it was stopped.")],
)
def test_a_change_that_ends_while_it_is_asked_is_said(
    world: WindowWorld,  # noqa: F811
    state: str,
    words: str,
) -> None:
    run_plan(world)
    box = question(world)
    world.connection.show_plan(plan_card(state=state, state_text="It took **two** minutes."), "one")
    assert box.text() == f"“Install GIMP for you” has ended: {words}\nIt took two minutes."
    assert not world.shown("closing-stop")
    assert world.window.isVisible()


def test_a_plan_that_waits_does_not_hold_the_window(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE)
    world.connection.show_plan(plan_card(), "one")
    world.window.close()
    assert not world.window.isVisible()


def test_the_next_window_opens_where_the_change_runs(world: WindowWorld) -> None:  # noqa: F811
    run_plan(world)
    world.binding.controller.open_conversation("two")
    world.until(lambda: world.state.last_session() == "two")
    world.tasks.start(world.binding.finish(1), name="finish")
    world.until(lambda: world.state.last_session() == "one")


def test_a_question_elsewhere_is_reached_by_f6_and_shown_by_enter(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE, TWO, last="one")
    world.connection.ask("p2", "two")
    world.until(lambda: world.shown("show-elsewhere"))
    world.window.prompt.editor.setFocus()
    for _ in range(3):
        world.key("F6")
    world.key("Return")
    world.until(lambda: world.binding.controller.current_session == "two")
    assert not world.shown("elsewhere")


def test_a_question_elsewhere_is_reached_by_tab(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE, TWO, last="one")
    world.connection.ask("p2", "two")
    world.until(lambda: world.shown("show-elsewhere"))
    world.window.sidebar.focus_places()
    reached: list[str] = []
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or world.window, Qt.Key.Key_Tab)
        reached.append((QApplication.focusWidget() or world.window).objectName())
    assert "show-elsewhere" in reached
    assert "elsewhere-close" in reached


def test_a_dismissed_question_comes_back_only_for_a_new_one(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE, TWO, last="one")
    world.connection.ask("p2", "two")
    world.until(lambda: world.shown("elsewhere"))
    world.press("elsewhere-close")
    assert not world.shown("elsewhere")
    world.connection.ask("p2", "two")  # the same one again, as after a reconnection
    world.until(lambda: len(world.binding.controller.questions._questions) == 1)
    assert not world.shown("elsewhere")
    world.connection.ask("p3", "two")
    world.until(lambda: world.shown("elsewhere"))


def test_silence_is_said_and_a_restart_offered(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE)
    calls = len(world.connection.calls)
    world.connection.become(dataclasses.replace(connected(), silent=True))
    assert "does not answer yet" in world.window.connection_banner.text
    assert not world.shown("restart")
    assert len(world.connection.calls) == calls, "a word about the connection is no new connection"
    world.connection.become(dataclasses.replace(connected(), silent=True, restartable=True))
    world.until(lambda: world.shown("restart"))
    world.press("restart")
    world.until(lambda: ("restart",) in world.connection.calls)
    assert not world.shown("connection-banner")


def test_words_that_were_heard_do_not_wait_to_be_sent(world: WindowWorld) -> None:  # noqa: F811
    world.connect(ONE)
    world.connection.become(lost())
    world.type("install gimp")
    world.key("Return")
    session, prompt, text = world.connection.sent[-1]
    assert world.messages[-1].waiting
    world.connection.echo(session, prompt, text)
    assert not world.messages[-1].waiting
    world.connection.become(lost(4))
    assert not world.messages[-1].waiting


def test_a_conversation_that_cannot_be_opened_leaves_the_one_on_the_screen(world: WindowWorld) -> None:  # noqa: F811
    from nixforhumanity.core.errors import UserError

    world.connect(ONE, TWO, last="one")
    world.connection.say("still here", "one")
    world.connection.refusal = UserError("connection-lost")
    world.binding.controller.open_conversation("two")
    world.until(lambda: world.shown("notice"))
    assert [one.text for one in world.messages] == ["still here"]
    assert world.binding.controller.current_session == "one"


@pytest.mark.parametrize("place", list(ServerPlace))
def test_the_menu_of_the_connection(world: WindowWorld, place: ServerPlace) -> None:  # noqa: F811
    world.connect(ONE)
    world.connection.become(ConnectionState(ConnectionPhase.CONNECTED, place, ADDRESS))
    world.press("connection-pill")
    menu = world.find("connection-menu", QMenu)
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions() if one.text()]
    assert ADDRESS in texts[0]
    assert ("Restart the assistant" in texts) is (place is ServerPlace.EMBEDDED)
    assert texts[-1].startswith("Settings")
    menu.close()
