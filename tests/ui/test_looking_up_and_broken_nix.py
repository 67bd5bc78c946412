"""The line below the conversation says what is looked up; the first page warns of a broken Nix."""

from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nixforhumanity.protocol.messages import ToolCall, ToolCallUpdate
from nixforhumanity.ui.conversation.first_start_view import FirstStartView
from nixforhumanity.ui.conversation.looking_up import LookingUp


def test_the_newest_words_are_said_until_it_ends() -> None:
    said: list[str] = []
    looking = LookingUp(said.append)
    looking.hear(ToolCall(tool_call_id="a", title="Looking it up", kind="search", status="in_progress"))
    looking.hear(ToolCallUpdate(tool_call_id="a", title="Waiting for Nix"))
    looking.hear(ToolCallUpdate(tool_call_id="step-1", title="Install", status="in_progress"))
    looking.hear(ToolCallUpdate(tool_call_id="a", status="completed"))
    assert said == ["Looking it up", "Waiting for Nix", ""]
    looking.hear(ToolCall(tool_call_id="b", title="Again", kind="search", status="in_progress"))
    looking.forget()
    assert said[-2:] == ["Again", ""]


def shown(view: FirstStartView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.text()]


def test_a_broken_nix_is_a_warning_with_details_behind_a_click(qapp: QApplication, qtbot: QtBot) -> None:
    view = FirstStartView()
    qtbot.addWidget(view)
    view.set_host_sentences(
        ["This computer runs Test Linux."], "Nix is here but does not work.", "exit status 1"
    )
    assert "Nix is here but does not work." in shown(view)
    assert "exit status 1" not in shown(view)
    button = next(one for one in view.findChildren(QPushButton) if "details" in one.text())
    button.click()
    assert "exit status 1" in shown(view)
    view.set_short(True)
    assert "Nix is here but does not work." in shown(view)
    view.set_host_sentences(["This computer runs Test Linux."])
    qtbot.waitUntil(lambda: "Nix is here but does not work." not in shown(view))
