"""The conversation in its window: Tab from the input, Send and Stop, replays, questions without a plan."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from nixforhumanity.protocol.messages import (
    AgentMessageChunk,
    Cancelled,
    PermissionOption,
    PermissionRequest,
    Selected,
    SessionInfo,
    TextBlock,
    ToolCallUpdate,
)
from nixforhumanity.ui import find_bar
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from ui.fake_connection import connected, lost, plan_card
from ui.window_fixtures import WindowWorld, qt_loop, world  # noqa: F401

GIMP = SessionInfo(session_id="s1", cwd="/", title="Edit photos")


def card(world: WindowWorld, plan_id: str = "p1") -> PlanCardView:  # noqa: F811
    model = world.window.conversation.model
    row = model.index_of_plan(plan_id)
    assert row is not None
    found = world.window.conversation.transcript.row_view(row)
    assert isinstance(found, PlanCardView)
    return found


def stops(world: WindowWorld, count: int, *, back: bool = False) -> list[str]:  # noqa: F811
    """Press Tab and return what has the keyboard each time."""
    seen = []
    for _ in range(count):
        focus = QApplication.focusWidget()
        QTest.keyClick(focus, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
    return seen


def an_old_and_a_waiting_plan(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.show_plan(plan_card("p0", title="Install Krita", state="done"))
    world.connection.show_plan(plan_card("p1", title="Install GIMP"))
    world.connection.ask("p1")
    world.until(lambda: world.plans[1].asking)
    world.window.prompt.editor.setFocus()


def test_tab_leads_from_the_input_to_the_plan_that_waits_and_then_to_old_ones(
    world: WindowWorld,  # noqa: F811
) -> None:
    an_old_and_a_waiting_plan(world)
    seen = stops(world, 7)
    assert seen[:6] == [
        "What exactly happens: Install GIMP",
        "Not now: Install GIMP",
        "Explain: Install GIMP",
        "Install: Install GIMP",
        "The details: Install Krita",
        "Explain: Install Krita",
    ]
    focus = QApplication.focusWidget()
    assert world.window.header.isAncestorOf(focus), "the way on leads past the input: it was there before"


def test_tab_back_from_the_plan_that_waits_leads_to_the_input(world: WindowWorld) -> None:  # noqa: F811
    an_old_and_a_waiting_plan(world)
    assert stops(world, 2)[-1] == "Not now: Install GIMP"
    assert stops(world, 2, back=True) == ["What exactly happens: Install GIMP", "Your message"]


def test_tab_goes_all_around_the_window(world: WindowWorld) -> None:  # noqa: F811
    an_old_and_a_waiting_plan(world)
    seen = stops(world, 40)
    assert "Your message" in seen
    assert "Settings" in seen
    assert "Conversation" in seen


def test_what_waits_for_an_answer_can_be_sent_to_and_what_runs_can_be_stopped(
    world: WindowWorld,  # noqa: F811
) -> None:
    world.connect()
    world.type("install gimp")
    world.key("Return")
    assert world.shown("stop")
    world.connection.show_plan(plan_card())
    question = world.connection.ask("p1")
    world.until(lambda: world.plans[0].asking)
    assert world.shown("send")
    assert not world.shown("stop")
    world.window.conversation.plan_allowed.emit("p1")
    world.until(question.done)
    world.connection.show_plan(plan_card(state="running"))
    assert world.shown("stop")
    assert [one.text() for one in card(world).buttons.shown()] == ["What exactly happens", "Explain"]
    world.connection.show_plan(plan_card(state="done"))
    world.connection.end("prompt1")
    assert world.shown("send")
    assert not world.shown("stop")


def test_a_plan_that_another_window_began_can_be_stopped(world: WindowWorld) -> None:  # noqa: F811
    world.connect()
    world.connection.show_plan(plan_card(state="running"))
    began = world.window.prompt._since_busy
    world.until(lambda: began.elapsed() >= QApplication.doubleClickInterval())
    world.press("stop")
    assert ("cancel", "new1") in world.connection.calls


def test_a_past_conversation_is_said_in_one_sentence(world: WindowWorld) -> None:  # noqa: F811
    said: list[str] = []
    world.window.conversation.announcer.announced.connect(said.append)
    world.connection.replays["s1"] = [
        AgentMessageChunk(content=TextBlock(text=f"Answer {number}."), message_id=f"m{number}")
        for number in range(5)
    ]
    world.connect(GIMP, last="s1")
    assert said == ["Conversation Edit photos, 5 messages"]


def test_after_a_reconnection_only_news_are_said(world: WindowWorld) -> None:  # noqa: F811
    said: list[str] = []
    chunks = [
        AgentMessageChunk(
            content=TextBlock(text=f"Answer {number}."),
            message_id=f"m{number}",
            meta={"nixforhumanity/suggestions": []},
        )
        for number in range(3)
    ]
    world.connection.replays["s1"] = [*chunks[:2]]
    world.connect(GIMP, last="s1")
    world.window.conversation.announcer.announced.connect(said.append)
    world.connection.become(lost())
    world.connection.listener.session_reset("s1")
    for chunk in chunks:
        world.connection.update(chunk, "s1")
    assert said == []
    world.connection.become(connected())
    assert said == ["Answer: Answer 2."]


def foreign(session_id: str) -> PermissionRequest:
    return PermissionRequest(
        session_id=session_id,
        tool_call=ToolCallUpdate(tool_call_id="t9", title="Write to notes.txt", raw_input={"path": "notes"}),
        options=[
            PermissionOption(option_id="once", name="Allow once", kind="allow_once"),
            PermissionOption(option_id="always", name="Always allow", kind="allow_always"),
            PermissionOption(option_id="no", name="Reject", kind="reject_once"),
        ],
    )


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Allow once", Selected(option_id="once")),
        ("Always allow", Selected(option_id="always")),
        ("Reject", Selected(option_id="no")),
    ],
)
def test_a_question_without_a_plan_has_a_card_with_its_own_answers(
    world: WindowWorld,  # noqa: F811
    button: str,
    answer: Selected | Cancelled,
) -> None:
    world.connect()
    asking = asyncio.get_event_loop().create_task(
        world.binding.controller.permission_requested(foreign("new1"))
    )
    world.until(lambda: bool(world.plans) and world.plans[0].asking)
    shown = card(world, "t9")
    assert world.plans[0].card.title == "Write to notes.txt"
    assert "notes" in shown.accessible_text()
    assert [one.text() for one in shown.buttons.shown()] == ["Reject", "Always allow", "Allow once"]
    pressed = next(one for one in shown.findChildren(QPushButton) if one.text() == button)
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)
    world.until(asking.done)
    assert asking.result() == answer
    world.until(lambda: world.plans[0].card.state in ("done", "declined"))
    assert button in card(world, "t9").accessible_text()
    assert card(world, "t9").buttons.shown() == []


def test_a_found_place_is_said_with_its_line(
    world: WindowWorld,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(find_bar, "announce", lambda _widget, text: said.append(text))
    chunk = AgentMessageChunk(content=TextBlock(text="First.\n\nGIMP fits.\n\nGIMP is free."), message_id="m")
    world.connection.replays["s1"] = [chunk]
    world.connect(GIMP, last="s1")
    world.key("Ctrl+F")
    QTest.keyClicks(QApplication.focusWidget(), "gimp")
    world.until(lambda: bool(said))
    assert said == ["2 of 2. gimp is free."]
    QTest.keyClicks(QApplication.focusWidget(), "x")
    world.until(lambda: len(said) == 2)
    assert said[1] == "Not found"
