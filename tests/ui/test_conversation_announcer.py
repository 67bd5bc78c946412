"""What is said aloud, and what is not: a replay, a short answer, a long build."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nixforhumanity.protocol.cards import Progress
from nixforhumanity.ui.conversation import spoken_progress
from nixforhumanity.ui.conversation.announcer import Announcer
from nixforhumanity.ui.conversation.transcript_model import TranscriptModel
from ui.conversation_cards import plan_card, say


class Listening:
    """A model, what is said of it, and a clock that the test turns."""

    def __init__(self, parent: QWidget) -> None:
        self.model = TranscriptModel(parent)
        self.announcer = Announcer(self.model, parent)
        self.said: list[str] = []
        self.announcer.announced.connect(self.said.append)
        self.now = 1000.0

    def take(self) -> list[str]:
        """Return what was said since the last time."""
        said, self.said[:] = list(self.said), []
        return said

    def build(self, phase: str, done: int = 0, expected: int = 1) -> None:
        """Let the plan p1 build, in a phase."""
        text = f"{phase} ({done} of {expected})"
        progress = Progress(done=done, expected=expected, unit="builds", phase=phase, text=text)
        self.model.set_progress("p1-1", progress)

    def wait(self, seconds: float) -> None:
        """Let time pass until something is due."""
        self.now += seconds
        self.announcer._progress._timer.timeout.emit()

    def replay(self, *, known: bool) -> None:
        """Begin to send the conversation again."""
        self.announcer.begin_replay(known=known)
        self.model.clear()


@pytest.fixture
def ear(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Listening:
    parent = QWidget()
    qtbot.addWidget(parent)
    ear = Listening(parent)
    monkeypatch.setattr(spoken_progress, "monotonic", lambda: ear.now)
    return ear


def test_a_past_conversation_is_told_in_one_sentence(ear: Listening) -> None:
    ear.replay(known=False)
    ear.model.append_person("gimp")
    say(ear.model, "a", "Here it is.")
    ear.model.set_plan(plan_card(state="running"))
    ear.model.set_plan(plan_card(state="failed", state_text="It broke."))
    assert ear.take() == []
    ear.announcer.end_replay("Edit photos")
    assert ear.take() == ["Conversation Edit photos, 2 messages"]


def test_a_past_conversation_that_waits_for_an_answer_says_so(ear: Listening) -> None:
    ear.replay(known=False)
    ear.model.set_plan(plan_card())
    ear.model.ask_permission("p1")
    ear.announcer.end_replay("Edit photos")
    assert [words.split(".")[0] for words in ear.take()] == ["Edit photos", "Your decision is needed"]


def test_after_a_break_only_what_is_new_is_said(ear: Listening) -> None:
    say(ear.model, "a", "Old.")
    ear.model.set_plan(plan_card(state="running"))
    ear.model.set_plan(plan_card("p2"))
    ear.model.ask_permission("p2")
    ear.take()
    ear.replay(known=True)
    say(ear.model, "a", "Old.")
    ear.model.set_plan(plan_card(state="interrupted", state_text="It was cut off."))
    say(ear.model, "b", "New.")
    ear.model.set_plan(plan_card("p2"))
    ear.model.ask_permission("p2")
    assert ear.take() == []
    ear.announcer.end_replay(None)
    assert ear.take() == ["It was cut off.", "Answer: New."]


def test_after_a_break_without_news_nothing_is_said(ear: Listening) -> None:
    say(ear.model, "a", "Old.")
    ear.take()
    ear.replay(known=True)
    say(ear.model, "a", "Old.")
    ear.announcer.end_replay(None)
    assert ear.take() == []


def test_after_a_long_break_news_are_counted(ear: Listening) -> None:
    ear.replay(known=True)
    for number in range(9):
        say(ear.model, f"a{number}", f"News {number}.")
    ear.announcer.end_replay(None)
    assert ear.take() == ["9 new messages", "Answer: News 8."]


def test_what_comes_after_a_replay_is_said(ear: Listening) -> None:
    ear.replay(known=False)
    ear.announcer.end_replay("x")
    ear.take()
    say(ear.model, "a", "News.")
    assert ear.take() == ["Answer: News."]


def test_an_answer_that_takes_long_is_said_to_begin(ear: Listening, qtbot: QtBot) -> None:
    ear.model.begin_answer("a")
    qtbot.waitUntil(lambda: ear.said == ["The answer begins."])
    ear.model.append_text("a", "So.")
    ear.model.finish_answer("a")
    assert ear.take()[-1] == "Answer: So."


def test_a_card_that_asks_about_something_else_now_is_read_again(ear: Listening) -> None:
    ear.model.set_plan(plan_card())
    ear.model.ask_permission("p1")
    ear.model.withdraw_permission("p1")
    ear.take()
    ear.model.ask_permission("p1")
    assert ear.take() == []
    ear.model.withdraw_permission("p1")
    ear.model.set_plan(plan_card(warnings=["Something has changed."]))
    ear.model.ask_permission("p1")
    assert "Something has changed." in ear.take()[0]


def test_the_phases_of_a_build_are_said(ear: Listening) -> None:
    ear.model.set_plan(plan_card(state="running"))
    ear.build("Unpacking")
    assert ear.take() == ["Begun: Install GIMP for you", "Unpacking"]
    ear.now += 6
    ear.build("Compiling")
    ear.build("Compiling", 0, 1)
    assert ear.take() == ["Compiling"]


def test_of_phases_in_quick_succession_the_newest_is_said(ear: Listening) -> None:
    ear.model.set_plan(plan_card(state="running"))
    for phase in ("Unpacking", "Patching", "Configuring", "Compiling"):
        ear.now += 0.5
        ear.build(phase)
    ear.take()
    ear.wait(5)
    assert ear.take() == ["Compiling"]


def test_a_long_silence_is_broken_every_half_minute(ear: Listening) -> None:
    ear.model.set_plan(plan_card(state="running"))
    ear.build("Compiling")
    ear.take()
    for _ in range(4):
        assert ear.announcer._progress._timer.interval() == 30_000
        ear.wait(30)
    assert ear.take() == [
        "Still going on: Compiling, 30 seconds",
        "Still going on: Compiling, 1 minute",
        "Still going on: Compiling, 1 minute",
        "Still going on: Compiling, 2 minutes",
    ]
    ear.model.set_plan(plan_card(state="done", state_text="Done."))
    ear.take()
    assert not ear.announcer._progress._timer.isActive()
