"""The session controller without a window: what it shows, asks and remembers."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from nixforhumanity.client.interface import ConnectionPhase, ConnectionState, ServerPlace
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.tasks import BackgroundTasks
from nixforhumanity.core.text import Message
from nixforhumanity.protocol.messages import (
    Cancelled,
    CurrentModeUpdate,
    Selected,
    SessionInfo,
    SessionInfoUpdate,
)
from nixforhumanity.ui.session_controller import SessionController
from ui.fake_connection import FakeConnection, connected, lost

OLD = SessionInfo(session_id="old", cwd="/", title="Old")
OTHER = SessionInfo(session_id="other", cwd="/", title="Other")


class Notebook:
    """A screen that writes down what it is told, and a memory."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []
        self.remembered = ""

    def __getattr__(self, name: str) -> object:
        def note(*values: object, **_named: object) -> None:
            self.told.append((name, *values))

        return note

    def history_in_sight(self) -> bool:
        return False

    def last_session(self) -> str:
        return self.remembered

    def remember_session(self, session_id: str) -> None:
        self.remembered = session_id

    def all_told(self, name: str) -> list[tuple[object, ...]]:
        return [call[1:] for call in self.told if call[0] == name]


class Desk:
    """A controller with everything around it."""

    def __init__(self) -> None:
        self.screen = Notebook()
        self.tasks = BackgroundTasks()
        self.controller = SessionController(self.screen, self.screen, self.tasks)  # type: ignore[arg-type]
        self.connection = FakeConnection(self.controller)

    async def connect(self, *sessions: SessionInfo, last: str = "") -> None:
        self.connection.known = list(sessions)
        self.screen.remembered = last
        self.controller.prefer("level", "beginner")
        self.controller.attach(self.connection)
        await self.connection.start()
        await self.settle()

    async def settle(self) -> None:
        async with asyncio.timeout(5):
            while len(self.tasks):
                await asyncio.sleep(0)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    made.connection.withdraw_all()
    await asyncio.sleep(0)
    await made.tasks.stop()


async def test_the_last_conversation_is_opened(desk: Desk) -> None:
    await desk.connect(OTHER, OLD, last="old")
    assert desk.controller.current_session == "old"
    assert ("open", "old") in desk.connection.calls


async def test_a_last_conversation_that_is_gone_is_no_problem(desk: Desk) -> None:
    await desk.connect(OTHER, last="deleted")
    assert desk.controller.current_session == "new1"
    assert desk.screen.remembered == "new1"
    assert desk.screen.all_told("show_problem") == []


async def test_a_reconnection_keeps_the_conversation(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.connection.become(lost())
    desk.connection.become(connected())
    await desk.settle()
    assert desk.controller.current_session == "old"
    assert desk.connection.calls.count(("open", "old")) == 1


async def test_another_server_has_other_conversations(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.connection.known = [OTHER]
    elsewhere = ConnectionState(ConnectionPhase.CONNECTED, ServerPlace.REMOTE, "nas.example:443")
    desk.connection.become(elsewhere)
    await desk.settle()
    assert desk.controller.current_session == "new1"


async def test_yesterdays_level_of_a_conversation_is_not_taken(desk: Desk) -> None:
    desk.connection.replays["old"] = [CurrentModeUpdate(current_mode_id="expert")]
    await desk.connect(OLD, last="old")
    assert desk.screen.all_told("show_level") == []
    assert ("mode", "old", "beginner") in desk.connection.calls


async def test_a_level_told_right_after_a_reconnection_is_not_taken(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.controller.session_reset("old")
    desk.connection.change_level("expert")
    assert desk.screen.all_told("show_level") == []


async def test_a_level_asked_for_by_words_is_taken(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.connection.change_level("expert")
    assert desk.screen.all_told("show_level") == [("expert",)]


async def test_what_was_chosen_while_the_connection_was_lost_is_told_later(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.connection.become(lost())
    desk.controller.prefer("level", "expert")
    await desk.settle()
    assert ("mode", "old", "expert") not in desk.connection.calls
    desk.connection.become(connected())
    await desk.settle()
    assert ("mode", "old", "expert") in desk.connection.calls


async def test_only_what_the_server_offers_is_chosen_and_only_once(desk: Desk) -> None:
    desk.controller.prefer("style", "encouraging")
    desk.controller.prefer("language", "ru")
    await desk.connect(OLD, last="old")
    desk.connection.offer_options()
    await desk.settle()
    assert [call for call in desk.connection.calls if call[0] == "option"] == []
    desk.controller.prefer("style", "minimal")
    await desk.settle()
    desk.connection.offer_options()
    await desk.settle()
    assert [call for call in desk.connection.calls if call[0] == "option"] == [
        ("option", "old", "style", "minimal")
    ]


async def test_a_conversation_that_gets_its_first_title_joins_the_list(desk: Desk) -> None:
    await desk.connect()
    desk.connection.known = [SessionInfo(session_id="new1", cwd="/", title="Install GIMP")]
    desk.controller.session_updated("unlisted", SessionInfoUpdate(title="Install GIMP"))
    await desk.settle()
    assert [one.title for one in desk.controller.sessions] == ["Install GIMP"]


async def test_news_of_another_conversation_is_not_shown_here(desk: Desk) -> None:
    await desk.connect(OLD, OTHER, last="old")
    desk.connection.say("hello", "other")
    assert desk.screen.all_told("apply_update") == []
    desk.connection.say("hello", "old")
    assert len(desk.screen.all_told("apply_update")) == 1


async def test_a_new_title_is_shown_in_the_list(desk: Desk) -> None:
    await desk.connect(OLD, OTHER, last="old")
    desk.connection.update(SessionInfoUpdate(title="Renamed"), "other")
    assert [one.title for one in desk.controller.sessions] == ["Old", "Renamed"]


async def test_answers_are_the_options_of_the_request(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    for allow, option in ((True, "yes"), (False, "no")):
        question = desk.connection.ask("p1", "old")
        await asyncio.sleep(0)
        desk.controller.answer_plan("p1", allow=allow)
        assert await question == Selected(option_id=option)
    assert desk.screen.all_told("withdraw_permission") == [("p1",), ("p1",)]


async def test_asking_the_same_plan_again_drops_the_first_question(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    first = desk.connection.ask("p1", "old")
    await asyncio.sleep(0)
    second = desk.connection.ask("p1", "old")
    assert await first == Cancelled()
    assert desk.screen.all_told("withdraw_permission") == []
    desk.controller.answer_plan("p1", allow=True)
    assert await second == Selected(option_id="yes")


async def test_an_answer_to_a_plan_that_nobody_asks_about_does_nothing(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.controller.answer_plan("p9", allow=True)
    assert desk.screen.all_told("withdraw_permission") == []


async def test_a_conversation_that_cannot_be_opened_leaves_the_present_one(desk: Desk) -> None:
    await desk.connect(OLD, OTHER, last="old")
    desk.connection.refusal = UserError("settings-newer", path="x")
    desk.controller.open_conversation("other")
    await desk.settle()
    assert desk.controller.current_session == "old"
    assert desk.screen.all_told("show_problem") == [(Message("settings-newer", {"path": "x"}),)]


async def test_of_two_conversations_picked_quickly_the_second_is_shown(desk: Desk) -> None:
    third = SessionInfo(session_id="third", cwd="/")
    await desk.connect(OLD, OTHER, third, last="old")
    desk.controller.open_conversation("other")
    desk.controller.open_conversation("third")
    await desk.settle()
    assert desk.controller.current_session == "third"
    assert desk.screen.remembered == "third"


async def test_deleting_the_only_conversation_begins_another(desk: Desk) -> None:
    await desk.connect(OLD, last="old")
    desk.controller.delete_conversation("old")
    await desk.controller.finish(5)
    assert desk.controller.current_session == "new1"


async def test_words_that_still_wait_from_the_last_time_can_be_stopped(desk: Desk) -> None:
    desk.connection.outbox = ["left-over"]
    desk.connection.become = lambda state: desk.controller.connection_changed(state)  # type: ignore[method-assign]
    await desk.connect(OLD, last="old")
    await asyncio.sleep(0)
    desk.controller.connection_changed(connected())
    await desk.settle()
    assert desk.controller.busy
    desk.controller.prompt_ended("old", "left-over", "end_turn")
    assert not desk.controller.busy
